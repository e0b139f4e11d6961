namespace PublicationGate.Rules;

/// <summary>
/// No more faces than people declared (C2): a face too many is someone whose permission nobody looked up. Where the register does not
/// know who was declared, their number is not known either, and the photo is held for that.
/// </summary>
internal sealed class EveryFaceIsAccountedForRule : IRule
{
    public string Code => "every-face-is-accounted-for";

    public IReadOnlyList<string> Clauses { get; } = ["C2"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var faces = photo.Faces.Sure.Count;
        var isCertain = photo.Declaration.SaysWhoIsInIt && photo.Consent is { Known: true, NotFound.Count: 0, Ambiguous.Count: 0 };
        if (isCertain && faces > photo.DeclaredPeople)
        {
            yield return new Finding(Code, "C2", Outcome.Held,
                photo.Declaration.NobodyRecognisable && photo.DeclaredPeople == 0
                    ? Texts.Get("faces.nobody-declared", ("faces", faces))
                    : Texts.Get("faces.too-many", ("faces", faces), ("people", photo.DeclaredPeople)));
        }
    }
}
