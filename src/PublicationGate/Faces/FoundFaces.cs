namespace PublicationGate.Faces;

/// <summary>What one look at one picture found, in pixels of that picture.</summary>
internal sealed record FoundFaces(IReadOnlyList<FaceBox> Sure, IReadOnlyList<FaceBox> Doubtful)
{
    /// <summary>
    /// What two models agree on: a sure face that the other one sees too, be it doubtfully, stays sure. Whatever only one of them sees is
    /// doubtful.
    /// </summary>
    public FoundFaces Agree(FoundFaces other)
    {
        var mine = Sure.ToLookup(face => other.Sure.Concat(other.Doubtful).Any(face.Shares));
        var theirs = other.Sure.Where(face => !Sure.Concat(Doubtful).Any(face.Shares));
        // One face that both see may be sure to the other model only; it counts once.
        var confirmed = other.Sure.Where(face => Doubtful.Any(face.Shares) && !Sure.Any(face.Shares)).ToList();
        var doubts = Doubtful.Where(face => !confirmed.Exists(face.Shares)).Concat(other.Doubtful.Where(face => !Sure.Concat(Doubtful).Any(face.Shares)));
        return new FoundFaces([.. mine[true], .. confirmed], [.. mine[false], .. theirs, .. doubts]);
    }
}
