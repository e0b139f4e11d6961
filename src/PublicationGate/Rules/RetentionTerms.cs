namespace PublicationGate.Rules;

/// <summary>How long each class of data is kept. The defaults are argued in <c>docs/operations.md</c>.</summary>
public sealed record RetentionTerms
{
    /// <summary>Originals of photos that were rejected, from the verdict; long enough to ask why, or to come with another photo.</summary>
    public RetentionPeriod RejectedOriginals { get; init; } = new(30, false);

    /// <summary>Originals of photos that a person must look at, from the verdict; longer than the summer holidays.</summary>
    public RetentionPeriod HeldOriginals { get; init; } = new(90, false);

    /// <summary>Originals of approved photos, from the verdict; a school year and the holidays after it.</summary>
    public RetentionPeriod ApprovedOriginals { get; init; } = new(14, true);

    /// <summary>What was seen in photos, from the newest verdict on them; it saves time only, and is made anew.</summary>
    public RetentionPeriod Looks { get; init; } = new(90, false);

    /// <summary>Verdicts with their evidence; five years, after which a claim for damages lapses (Dutch Civil Code, 3:310).</summary>
    public RetentionPeriod Verdicts { get; init; } = new(60, true);

    /// <summary>Letters that were sent, given up or dropped, from then; whoever asks what was written asks within a year.</summary>
    public RetentionPeriod Letters { get; init; } = new(12, true);

    /// <summary>Pupils who left, with their answers, from the day they left; two years, as pupils' files.</summary>
    public RetentionPeriod LeftPupils { get; init; } = new(24, true);

    /// <summary>The keys of <c>retention</c>, none of them needed.</summary>
    internal static IReadOnlyList<string> Keys { get; } = ["rejected-originals", "held-originals", "approved-originals", "looks", "verdicts", "letters", "left-pupils"];

    /// <summary>How long the original of a photo is kept on which that was decided.</summary>
    public RetentionPeriod OriginalsOf(Outcome outcome) => outcome switch
    {
        Outcome.Approved => ApprovedOriginals,
        Outcome.Held => HeldOriginals,
        _ => RejectedOriginals,
    };

    /// <summary>Each class by its key, in the order of the file.</summary>
    public IReadOnlyList<(string Key, RetentionPeriod Period)> All =>
        [.. Keys.Zip([RejectedOriginals, HeldOriginals, ApprovedOriginals, Looks, Verdicts, Letters, LeftPupils])];

    /// <summary>Reads the keys under <c>retention</c>; one that is missing keeps its default.</summary>
    internal static RetentionTerms Read(ProtocolSection section)
    {
        section.Allow(Keys);
        var terms = new RetentionTerms();
        return new RetentionTerms
        {
            RejectedOriginals = Period("rejected-originals", terms.RejectedOriginals),
            HeldOriginals = Period("held-originals", terms.HeldOriginals),
            ApprovedOriginals = Period("approved-originals", terms.ApprovedOriginals),
            Looks = Period("looks", terms.Looks),
            Verdicts = Period("verdicts", terms.Verdicts),
            Letters = Period("letters", terms.Letters),
            LeftPupils = Period("left-pupils", terms.LeftPupils),
        };

        RetentionPeriod Period(string key, RetentionPeriod standard)
        {
            if (section.OptionalText(key) is not { Length: > 0 } text)
            {
                return standard;
            }

            if (RetentionPeriod.Parse(text) is { } period)
            {
                return period;
            }

            section.Refuse(key, "protocol.retention", ("days", RetentionPeriod.MostDays), ("months", RetentionPeriod.MostMonths));
            return standard;
        }
    }
}
