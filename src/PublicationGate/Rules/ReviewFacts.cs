using System.Text.Json.Serialization;
using PublicationGate.Faces;
using PublicationGate.Imaging;

namespace PublicationGate.Rules;

/// <summary>What people found out about a photo, or decided of it, after the gate had judged: facts like any other, so that a verdict on them can be made again.</summary>
public sealed record ReviewFacts
{
    /// <summary>Code of the rule whose findings no reviewer settles: what it asks for is the yes of parents in a round.</summary>
    public const string AnsweredByParents = "parents-agreed-in-the-round";

    /// <summary>What a reviewer says of places in the picture; in the order in which they were said.</summary>
    public IReadOnlyList<FaceMark> Marks { get; init; } = [];

    /// <summary>The faces as the detector counted them, where marks changed that; null where none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FaceFacts? Counted { get; init; }

    /// <summary>The reviewer's approval; null while there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReviewApproval? Approval { get; init; }

    /// <summary>The reviewer's refusal; null while there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReviewRefusal? Refusal { get; init; }

    /// <summary>How many faces the reviewer says are adults with permission.</summary>
    public int MarkedAdults => Marks.Count(mark => mark.Kind == FaceMarkKind.Adult);

    /// <summary>What must be made unrecognisable in every copy, in pixels of the upright original.</summary>
    public IReadOnlyList<ConcealedRegion> Concealed => [.. Marks.Where(mark => mark.IsConcealed).Select(mark =>
        new ConcealedRegion(mark.Kind == FaceMarkKind.ConcealPerson ? ConcealedKind.Person : ConcealedKind.Face, mark.Box.X, mark.Box.Y, mark.Box.Width, mark.Box.Height))];

    /// <summary>
    /// Whether the approval settles a finding: one that held the photo when the reviewer looked, word for word. What was found since, or found
    /// otherwise, is not settled, and what rejects never is; nor is what only parents can answer.
    /// </summary>
    public bool Settles(Finding finding) => finding.Outcome == Outcome.Held && finding.Rule != AnsweredByParents && Approval?.Settles.Contains(finding.Key) == true;

    /// <summary>The faces that count when the marks are heeded; <paramref name="counted"/> itself when it is unknown or nothing is marked.</summary>
    /// <param name="counted">As the detector counted them.</param>
    /// <param name="image">The picture that they are in.</param>
    public FaceFacts Correct(FaceFacts counted, ImageHeader? image)
    {
        if (!counted.Known || Marks.Count == 0 || image is null)
        {
            return counted;
        }

        var seen = counted.Sure.Select((box, index) => (Box: box, Sharpness: counted.Geometry.ElementAtOrDefault(index)?.Sharpness ?? 0)).Where(face => !IsTakenAway(face.Box)).ToList();
        // Faces that only a person saw have no measured focus: none, so that they never hide that another stands out.
        foreach (var mark in Marks.Where(mark => mark.IsSomeone))
        {
            if (!seen.Exists(face => face.Box.Shares(mark.Box)))
            {
                seen.Add((mark.Box, 0));
            }
        }

        return counted with
        {
            Sure = [.. seen.Select(face => face.Box)],
            Doubtful = [.. counted.Doubtful.Where(box => !IsTakenAway(box) && !Marks.Any(mark => mark.IsSomeone && mark.Box.Shares(box)))],
            Geometry = FaceGeometry.Of([.. seen], image.Width, image.Height),
        };
    }

    private bool IsTakenAway(FaceBox box) => Marks.Any(mark => mark.TakesAway(box));
}

/// <summary>What a reviewer says of one place in the picture.</summary>
/// <param name="Box">The place, in pixels of the upright original; its score says nothing.</param>
/// <param name="Kind">What is there.</param>
public sealed record FaceMark(FaceBox Box, FaceMarkKind Kind)
{
    /// <summary>A face is there.</summary>
    public bool IsSomeone => Kind is FaceMarkKind.Face or FaceMarkKind.Adult;

    /// <summary>What is there is made unrecognisable.</summary>
    public bool IsConcealed => Kind is FaceMarkKind.ConcealFace or FaceMarkKind.ConcealPerson;

    /// <summary>Whether a box of the detector's no longer counts: it is around no face, or its middle lies in what is made unrecognisable.</summary>
    public bool TakesAway(FaceBox box) => Kind switch
    {
        FaceMarkKind.NoFace => Box.Shares(box),
        FaceMarkKind.ConcealFace or FaceMarkKind.ConcealPerson => Box.Contains(box.X + (box.Width / 2), box.Y + (box.Height / 2)),
        _ => false,
    };
}

/// <summary>What can be marked in a picture.</summary>
public enum FaceMarkKind
{
    /// <summary>A face of a pupil, which the detector missed or doubted.</summary>
    Face,

    /// <summary>No face, whatever the detector says.</summary>
    NoFace,

    /// <summary>The face of an adult with permission.</summary>
    Adult,

    /// <summary>A face whose head is made unrecognisable in every copy.</summary>
    ConcealFace,

    /// <summary>A whole person, made unrecognisable in every copy.</summary>
    ConcealPerson,
}

/// <summary>A reviewer's approval of a photo that the gate held.</summary>
/// <param name="By">Id of the account.</param>
/// <param name="Ground">Why, in the reviewer's words.</param>
/// <param name="Settles"><see cref="Finding.Key"/> of each finding that the reviewer saw and answers for.</param>
public sealed record ReviewApproval(string By, string Ground, IReadOnlyList<string> Settles);

/// <summary>A reviewer's refusal.</summary>
/// <param name="By">Id of the account.</param>
/// <param name="Ground">Why, in the reviewer's words.</param>
public sealed record ReviewRefusal(string By, string Ground);
