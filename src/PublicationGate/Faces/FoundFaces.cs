namespace PublicationGate.Faces;

/// <summary>What one look at one picture found, in pixels of that picture.</summary>
internal sealed record FoundFaces(IReadOnlyList<FaceBox> Sure, IReadOnlyList<FaceBox> Doubtful)
{
    /// <summary>
    /// What two models agree on: a face that both see, and one of them surely, is sure. Whatever only one of them sees is doubtful. A box
    /// of one is matched with one box of the other at most, those that share most first: two heads that the other takes for one are not
    /// both confirmed.
    /// </summary>
    public FoundFaces Agree(FoundFaces other)
    {
        var (mine, theirs) = (All().ToList(), other.All().ToList());
        // The later keys are only there so that it does not matter who is asked first.
        var meeting = (from my in mine from their in theirs where my.Face.Shares(their.Face) select (My: my, Their: their))
            .OrderByDescending(pair => pair.My.Face.IntersectionOverUnion(pair.Their.Face)).ThenByDescending(pair => pair.My.Face.Score + pair.Their.Face.Score)
            .ThenBy(pair => pair.My.Face.X + pair.Their.Face.X).ThenBy(pair => pair.My.Face.Y + pair.Their.Face.Y);
        var (sure, doubtful) = (new List<FaceBox>(), new List<FaceBox>());
        foreach (var (my, their) in meeting.ToList())
        {
            if (mine.Contains(my) && theirs.Contains(their))
            {
                mine.Remove(my);
                theirs.Remove(their);
                (my.IsSure || their.IsSure ? sure : doubtful).Add(their.IsSure && !my.IsSure ? their.Face : my.Face);
            }
        }

        return new FoundFaces(sure, [.. doubtful, .. mine.Concat(theirs).Select(alone => alone.Face)]);
    }

    private IEnumerable<(FaceBox Face, bool IsSure)> All() => Sure.Select(face => (face, true)).Concat(Doubtful.Select(face => (face, false)));
}
