using System.Text.Json.Serialization;

namespace PublicationGate.Faces;

/// <summary>How a model is run over a picture and which of its boxes count. All of it stands in the model's manifest, with how it was chosen in docs/performance.md.</summary>
public sealed record DetectionPolicy
{
    /// <summary>Score from which a box counts as a face.</summary>
    public required float Sure { get; init; }

    /// <summary>Score from which a box may be a face, so that a person must look; below <see cref="Sure"/>.</summary>
    public required float Doubtful { get; init; }

    /// <summary>Intersection over union above which two boxes are the same face.</summary>
    public required float IntersectionOverUnion { get; init; }

    /// <summary>Intersection over the smaller box above which two boxes are the same face.</summary>
    public required float IntersectionOverSmaller { get; init; }

    /// <summary>The runs over one picture, whose boxes are merged.</summary>
    public required IReadOnlyList<DetectionPass> Passes { get; init; }

    /// <summary>When a small photo needs no run that enlarges it; null for never.</summary>
    public SettledPolicy? Settled { get; init; }

    /// <summary>One more run for crowds of small faces; null for none.</summary>
    public Escalation? Escalation { get; init; }

    /// <summary>What to try when few faces or none are seen and nothing says which side of the photo is up; null for nothing.</summary>
    public SidewaysPolicy? Sideways { get; init; }

    /// <summary>How to look again at doubts where no face is sure; null for not at all.</summary>
    public TiltedPolicy? Tilted { get; init; }

    /// <summary>The largest picture that the passes ask for: what is decoded.</summary>
    [JsonIgnore]
    public int LongSide => Passes.Max(pass => pass.LongSide);

    /// <summary>The lowest score that any run keeps.</summary>
    [JsonIgnore]
    public float LowestScore => Math.Min(Doubtful, Math.Min(Sideways?.Doubtful ?? Doubtful, Settled?.Doubtful ?? Doubtful));
}

/// <summary>One run of the detector over a picture.</summary>
public sealed record DetectionPass
{
    /// <summary>Long side of the picture in this run, in pixels.</summary>
    public required int LongSide { get; init; }

    /// <summary>How many times its own size a small picture may be enlarged to; default 1, not at all.</summary>
    public float Enlarge { get; init; } = 1;

    /// <summary>Boxes whose short side is less than this, in pixels of this run, are left to the other passes; default 0, none.</summary>
    public float SmallestShortSide { get; init; }

    /// <summary>The long side that a picture of <paramref name="longSide"/> pixels gets in this run.</summary>
    public int LongSideFor(int longSide) => Math.Min(LongSide, (int)(longSide * Enlarge));
}

/// <summary>
/// A small photo is looked at in its own size before any run enlarges it. That shows all that the file holds; enlarged, only small or unclear
/// faces are easier to see. Where there are faces, none of them small or unclear, and nothing else looks like one, the photo is settled.
/// </summary>
public sealed record SettledPolicy
{
    /// <summary>Photos of up to this long side, in pixels, can be settled.</summary>
    public required int LongSide { get; init; }

    /// <summary>Every face must have at least this score.</summary>
    public required float Sure { get; init; }

    /// <summary>A box from this score up that is no sure face leaves a question.</summary>
    public required float Doubtful { get; init; }

    /// <summary>More faces than this are a crowd, in which one is easily overlooked.</summary>
    public required int Faces { get; init; }

    /// <summary>A face with a shorter side than this, in pixels of the photo, may have others around that are smaller yet.</summary>
    public required float ShortSide { get; init; }

    /// <summary>Whether <paramref name="faces"/>, all boxes from <see cref="Doubtful"/> up after suppression, leave no question.</summary>
    public bool IsSettledBy(IReadOnlyCollection<FaceBox> faces) =>
        faces.Count > 0 && faces.Count <= Faces && faces.All(face => face.Score >= Sure && face.ShortSide >= ShortSide);
}

/// <summary>A crowd of small faces is looked at once more, larger.</summary>
public sealed record Escalation
{
    /// <summary>Long side of the picture in this run, in pixels.</summary>
    public required int LongSide { get; init; }

    /// <summary>At least so many faces, sure and doubtful, make a crowd.</summary>
    public required int Faces { get; init; }

    /// <summary>The crowd's faces are small when the median of their short sides, in pixels of the largest pass, is below this.</summary>
    public required float MedianShortSide { get; init; }
}

/// <summary>
/// A quick look at the picture turned by 90, 180 and 270 degrees. Three more looks give three times the false alarms, so only a high score
/// says that a turn is the right one.
/// </summary>
public sealed record SidewaysPolicy
{
    /// <summary>Long side of the picture in these runs, in pixels.</summary>
    public required int LongSide { get; init; }

    /// <summary>Score from which a face is beyond doubt: a turn that shows more of them than the picture as it lies is the right one.</summary>
    public required float Sure { get; init; }

    /// <summary>Score from which a box in a turn may be a face, where the picture as it lies shows none.</summary>
    public required float Doubtful { get; init; }
}

/// <summary>Where no face is sure, what may be one is looked at tilted by up to 45 degrees.</summary>
public sealed record TiltedPolicy
{
    /// <summary>Long side that a doubtful box is brought to in these runs, in pixels.</summary>
    public required float FaceSide { get; init; }

    /// <summary>Score that two tilts must reach.</summary>
    public required float Sure { get; init; }

    /// <summary>Of how many boxes in a picture this is tried, those with the highest scores.</summary>
    public required int Doubts { get; init; }
}
