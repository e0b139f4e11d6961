using PublicationGate.Consent;
using PublicationGate.Imaging;

namespace PublicationGate.Rules;

/// <summary>Which names of pupils a channel's texts may hold.</summary>
public enum NamesAllowed
{
    /// <summary>No name of a pupil at all.</summary>
    None,

    /// <summary>First names only of pupils with a recorded yes for their name.</summary>
    WithPermission,

    /// <summary>First names, unless a guardian said no to the name.</summary>
    FirstNames,
}

/// <summary>How one channel may be used.</summary>
public sealed record ChannelTerms
{
    /// <summary>Anyone can see it, so that P4 applies.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>The school opened it.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Kinds of media that may be posted there; default photographs, film and sound.</summary>
    public IReadOnlyList<MediaKind> Kinds { get; init; } = [MediaKind.Photo, MediaKind.Film, MediaKind.Sound];

    /// <summary>
    /// Pupils that must be visible at least; null for the protocol's own minimum on a public channel, and for none on a closed one. 2 or more.
    /// </summary>
    public int? MinimumGroup { get; init; }

    /// <summary>A pupil may be shown alone, with permission; otherwise never. Default true.</summary>
    public bool AllowsPortraits { get; init; } = true;

    /// <summary>Names that its texts may hold; default first names.</summary>
    public NamesAllowed Names { get; init; } = NamesAllowed.FirstNames;

    /// <summary>The school's accounts on this channel, as <see cref="AccountName.Fold"/> writes them; empty when none is listed.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>How long a yes counts; default until it is taken back.</summary>
    public ConsentLifetime ConsentLifetime { get; init; } = ConsentLifetime.Unlimited;

    /// <summary>How many days before a yes runs out its guardians are asked again; null for no reminder.</summary>
    public int? Reminder { get; init; }

    /// <summary>Size and quality of the copies that leave for it; default 2048 pixels at quality 85.</summary>
    public CleanCopyOptions Copy { get; init; } = new();

    /// <summary>The recorded agreement with a platform, which a social-media channel needs to be open; null for none.</summary>
    public PlatformAgreement? Agreement { get; init; }
}

/// <summary>The school's recorded agreement with a social-media platform.</summary>
/// <param name="By">Who agreed for the school.</param>
/// <param name="On">When.</param>
/// <param name="Text">What was agreed.</param>
public sealed record PlatformAgreement(string By, DateOnly On, string Text);
