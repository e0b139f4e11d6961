using System.Text.Json.Serialization;
using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Rounds;
using PublicationGate.TakenBack;
using PublicationGate.Wording;

namespace PublicationGate.Rules;

/// <summary>Everything that the rules may know of a photo. Kept with the verdict, so that it can be judged again.</summary>
public sealed record PhotoFacts
{
    /// <summary>Name of the file as it came in, without folders.</summary>
    public required string FileName { get; init; }

    /// <summary>Name of the folder it came from; null when it came from none.</summary>
    public string? FolderName { get; init; }

    /// <summary>SHA-256 of the file; null when it could not be read to its end.</summary>
    public required string? ContentSha256 { get; init; }

    /// <summary>What the submitter says of it.</summary>
    public required Declaration Declaration { get; init; }

    /// <summary>Why the file could not be taken in.</summary>
    public IntakeProblem IntakeProblem { get; init; }

    /// <summary>Why the picture could not be looked at.</summary>
    public ImageProblem ImageProblem { get; init; }

    /// <summary>What its header says; null when that could not be read.</summary>
    public ImageHeader? Image { get; init; }

    /// <summary>The decoder had remarks: what is seen may not be all there is.</summary>
    public bool DecodedWithWarnings { get; init; }

    /// <summary>What travels inside the file beside its picture.</summary>
    public MetadataFacts Metadata { get; init; } = new();

    /// <summary>Faces counted.</summary>
    public FaceFacts Faces { get; init; } = new() { Known = false };

    /// <summary>Who was declared, with their answers.</summary>
    public ConsentFacts Consent { get; init; } = new() { Known = false };

    /// <summary>What it looks like: the first frame that shows anything; null when it could not be decoded, or is too plain to be known again.</summary>
    public PictureHash? PictureHash { get; init; }

    /// <summary>Recordings with a purpose that it is, or may be a copy of.</summary>
    public RecordingFacts Recordings { get; init; } = new() { Known = false };

    /// <summary>Pictures that were taken back, of which it is, or may be, a copy; null when nobody asked: verdicts from before there was such a list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TakenBackFacts? TakenBack { get; init; }

    /// <summary>What the declared round says; null where the photo needs none, and in verdicts from before there were rounds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoundFacts? Rounds { get; init; }

    /// <summary>What the texts say.</summary>
    public WordingFacts Wording { get; init; } = new() { Known = false };

    /// <summary>What kept the photo from being judged as it should: mistakes in its declaration, attempts that failed. Null for nothing; anything holds it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Text>? Obstacles { get; init; }

    /// <summary>What a reviewer found or decided; <see cref="Faces"/> heeds its marks already. Null while nobody reviewed it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReviewFacts? Review { get; init; }

    /// <summary>
    /// True when the gate could find out all that it asks: picture, faces, answers, rounds, recordings, pictures taken back and texts. A reviewer may settle findings only then, since nobody can
    /// answer for what was not looked up.
    /// </summary>
    public bool IsLookedUp => this is { IntakeProblem: IntakeProblem.None, ImageProblem: ImageProblem.None, Image: not null, Faces.Known: true, Consent.Known: true, Recordings.Known: true, Wording.Known: true } && TakenBack is null or { Known: true } && Rounds is null or { Known: true };

    /// <summary>How many people were declared by name or number: pupils and adults.</summary>
    public int DeclaredPeople => Consent.Pupils.Count + DeclaredAdults;

    /// <summary>How many adults were declared by name or number, or pointed out by a reviewer where those are more: an adult pointed out may be the one declared.</summary>
    public int DeclaredAdults => Math.Max(Consent.Adults.Count + Declaration.AdultCount, Review?.MarkedAdults ?? 0);

    /// <summary>Sure faces that are not accounted for by a declared adult: at least this many children are visible.</summary>
    public int PupilFaces => Math.Max(0, Faces.Sure.Count - DeclaredAdults);
}
