using PublicationGate.Consent;
using PublicationGate.Imaging;
using PublicationGate.Intake;

namespace PublicationGate.Rules;

/// <summary>Holds whatever the gate does not know for certain: an unknown never approves.</summary>
internal sealed class NothingIsUnknownRule : IRule
{
    private const string Faces = "C2";
    private const string Answers = "P2";
    private const string Names = "P3";

    public string Code => "nothing-is-unknown";

    public IReadOnlyList<string> Clauses { get; } = ["C2", "P2", "P3"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var obstacles = (photo.Obstacles ?? []).Select(reason => new Finding(Code, Faces, Outcome.Held, reason));
        if (photo.IntakeProblem != IntakeProblem.None)
        {
            return [.. obstacles, Held(Faces, "intake." + photo.IntakeProblem, ("limit", IntakeOptions.DefaultMegabytes))];
        }

        return obstacles.Concat(OfThePicture(photo)).Concat(OfThePeople(photo));
    }

    private IEnumerable<Finding> OfThePicture(PhotoFacts photo)
    {
        if (photo.ImageProblem != ImageProblem.None)
        {
            yield return Held(Faces, "unknown.image." + photo.ImageProblem);
            yield break;
        }

        if (photo.DecodedWithWarnings)
        {
            yield return Held(Faces, "unknown.decoded-with-warnings");
        }

        if (!photo.Metadata.Known)
        {
            yield return Held(Names, "unknown.metadata");
        }

        if (!photo.Faces.Known)
        {
            yield return Held(Faces, "unknown.faces");
        }

        if (photo.Faces.Doubtful.Count > 0)
        {
            yield return Held(Faces, "unknown.doubtful-faces", ("count", photo.Faces.Doubtful.Count));
        }

        if (photo.Faces.Known && photo.Faces.Sure.Count == 0 && SaysThatSomeoneIsInIt(photo))
        {
            yield return Held(Faces, "unknown.no-face-seen");
        }
        else if (photo.Faces is { Known: true, Sure.Count: 0, IsClearEnough: false })
        {
            yield return Held(Faces, "unknown.not-clear");
        }
    }

    private IEnumerable<Finding> OfThePeople(PhotoFacts photo)
    {
        if (!photo.Declaration.SaysWhoIsInIt)
        {
            yield return Held(Faces, "unknown.nobody-declared");
        }

        else if (IsBothPresentAndAbsent(photo.Declaration))
        {
            yield return Held(Answers, "unknown.present-and-absent");
        }
        else if (photo.Declaration is { Group: not null, People: null or { Count: 0 } } && photo.Consent is { Known: true, Pupils.Count: 0, NotFound.Count: 0, Ambiguous.Count: 0 })
        {
            yield return Held(Answers, "unknown.nobody-left-of-group");
        }

        if (!photo.Consent.Known)
        {
            yield return Held(Answers, "unknown.register");
        }

        if (!photo.Wording.Known)
        {
            yield return Held(Names, "unknown.wording");
        }

        foreach (var name in photo.Consent.NotFound)
        {
            yield return Held(Answers, "unknown.not-in-register", ("name", name));
        }

        foreach (var name in photo.Consent.Ambiguous)
        {
            yield return Held(Answers, "unknown.ambiguous", ("name", name));
        }
    }

    private static bool IsBothPresentAndAbsent(Declaration declaration) =>
        declaration.People is { } people && declaration.Absent.Select(NameFolding.Fold).Intersect(people.Select(NameFolding.Fold)).Any();

    // "Nobody recognisable, and one adult" says that someone is to be seen.
    private static bool SaysThatSomeoneIsInIt(PhotoFacts photo) =>
        photo.DeclaredPeople > 0 || (photo.Declaration.SaysWhoIsInIt && !photo.Declaration.NobodyRecognisable);

    private Finding Held(string clause, string key, params (string Name, object Value)[] values) =>
        new(Code, clause, Outcome.Held, Texts.Get(key, values));
}
