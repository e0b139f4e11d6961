namespace PublicationGate.Consent;

/// <summary>What a school's protocol says of consent, as far as answers are weighed by it.</summary>
public sealed record ConsentTerms
{
    /// <summary>Any text, no end to a yes, and no channel to fall back on.</summary>
    public static ConsentTerms Lenient { get; } = new();

    /// <summary>Version of the consent text in force: a yes to another text does not count; null when any text will do.</summary>
    public string? TextVersion { get; init; }

    /// <summary>How long a yes counts, by channel id; unlimited on a channel that is not named.</summary>
    public IReadOnlyDictionary<string, ConsentLifetime> Lifetimes { get; init; } = new Dictionary<string, ConsentLifetime>();

    /// <summary>Ids of the channels that the school has opened, in the order in which people see them.</summary>
    public IReadOnlyList<string> OpenChannels { get; init; } = [];

    /// <summary>How long a yes counts on a channel.</summary>
    public ConsentLifetime LifetimeOn(string channel) => Lifetimes.GetValueOrDefault(channel) ?? ConsentLifetime.Unlimited;
}

/// <summary>What is asked when the answers of one pupil are weighed.</summary>
/// <param name="Channel">Channel id.</param>
/// <param name="AsOf">The instant of looking: what was answered later does not count.</param>
/// <param name="BirthDate">The pupil's, where it is known.</param>
/// <param name="Terms">What the school's protocol says.</param>
public sealed record ConsentQuestion(string Channel, DateTimeOffset AsOf, DateOnly? BirthDate, ConsentTerms Terms)
{
    /// <summary>From this birthday on the pupil decides (article 5 of the Dutch GDPR implementation act).</summary>
    public const int AgeOfDeciding = 16;

    /// <summary>The day of looking, in UTC.</summary>
    public DateOnly Day => AsOf.Day();

    /// <summary>The first day on which the pupil decides; null where the birth date is not known.</summary>
    public DateOnly? DecidesFrom => BirthDate?.AddYears(AgeOfDeciding);

    /// <summary>The pupil decides, not the guardians.</summary>
    public bool PupilDecides => DecidesFrom <= Day;
}

/// <summary>What a pupil's answers come to.</summary>
/// <param name="State">Yes, no or silent.</param>
/// <param name="Cause">Why it is silent; null when it is not.</param>
public readonly record struct WeighedConsent(ConsentState State, SilenceCause? Cause = null);
