using PublicationGate.Rules;

namespace PublicationGate.Retention;

/// <summary>What is over its period.</summary>
/// <param name="Originals">Originals in the store.</param>
/// <param name="Looks">Photos, by content hash, of which it is kept what was seen in them.</param>
/// <param name="Verdicts">Ids of verdicts.</param>
/// <param name="LeftPupils">Pupils to be erased; no run does that by itself.</param>
/// <param name="Doubt">Why the clock is not believed; null when it is.</param>
public sealed record RetentionPlan(
    IReadOnlyList<DueOriginal> Originals, IReadOnlyList<string> Looks, IReadOnlyList<string> Verdicts, IReadOnlyList<DuePupil> LeftPupils, Text? Doubt)
{
    /// <summary>When it was made.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How many letters.</summary>
    public int Letters { get; init; }

    /// <summary>How many there are of a class, by its key in the protocol file.</summary>
    public int CountOf(string key) => key switch
    {
        "rejected-originals" => Originals.Count(original => original.Outcome == Outcome.Rejected),
        "held-originals" => Originals.Count(original => original.Outcome == Outcome.Held),
        "approved-originals" => Originals.Count(original => original.Outcome == Outcome.Approved),
        "looks" => Looks.Count,
        "verdicts" => Verdicts.Count,
        "letters" => Letters,
        _ => LeftPupils.Count,
    };
}

/// <summary>An original that is over its period.</summary>
/// <param name="Sha256">Hash of its content.</param>
/// <param name="Outcome">That of the newest verdict on it.</param>
public sealed record DueOriginal(string Sha256, Outcome Outcome);

/// <summary>A pupil who left longer ago than pupils are kept.</summary>
/// <param name="Key">Key in the register.</param>
/// <param name="FirstName">First name.</param>
/// <param name="LeftOn">Day on which the pupil left.</param>
public sealed record DuePupil(string Key, string FirstName, DateOnly LeftOn);
