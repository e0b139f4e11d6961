namespace PublicationGate.Rules;

/// <summary>No more faces than people declared (C2): a face too many is someone whose permission nobody looked up.</summary>
internal sealed class EveryFaceIsAccountedForRule : IRule
{
    public string Code => "every-face-is-accounted-for";

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var faces = photo.Faces.Sure.Count;
        if (photo.Declaration.SaysWhoIsInIt && faces > photo.DeclaredPeople)
        {
            yield return new Finding(Code, "C2", Outcome.Held,
                photo.DeclaredPeople == 0 && photo.Declaration.NobodyRecognisable
                    ? Texts.Get("faces.nobody-declared", ("faces", faces))
                    : Texts.Get("faces.too-many", ("faces", faces), ("people", photo.DeclaredPeople)));
        }
    }
}
