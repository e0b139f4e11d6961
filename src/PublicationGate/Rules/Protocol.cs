namespace PublicationGate.Rules;

/// <summary>What one school decided, as far as its protocol leaves it a choice. What the law fixes is no setting.</summary>
public sealed record Protocol
{
    /// <summary>The channel that works by rounds in every school (V1).</summary>
    public const string AlwaysByRounds = "external-pr";

    /// <summary>Name of the school.</summary>
    public required string School { get; init; }

    /// <summary>Faces of pupils that a public channel needs at least (P4); 2 or more.</summary>
    public required int MinimumGroup { get; init; }

    /// <summary>A face dominates when its area is at least this many times that of the next; more than 1.</summary>
    public required double DominantFaceTimesNext { get; init; }

    /// <summary>A face dominates only from this share of the picture's area up; 0 to 1.</summary>
    public required double DominantFaceShare { get; init; }

    /// <summary>The largest face dominates, too, when it is at least this many times as sharp as every other; more than 1.</summary>
    public required double DominantFaceTimesSharper { get; init; }

    /// <summary>Addresses, numbers and accounts of the school itself, which its texts may hold: whole, or <c>@domain</c> for all e-mail addresses of a domain.</summary>
    public IReadOnlyList<string> OwnContacts { get; init; } = [];

    /// <summary>The terms of each channel; those that the file names; see <see cref="TermsOf"/> for the others.</summary>
    public required IReadOnlyDictionary<string, ChannelTerms> Channels { get; init; }

    /// <summary>Version of the consent text in force, under which a yes must have been given; null when any text will do.</summary>
    public string? ConsentText { get; init; }

    /// <summary>Short texts of clauses in the school's own words, by id; where one is missing, <see cref="Clause.Asks"/> holds.</summary>
    public IReadOnlyDictionary<string, Text> Clauses { get; init; } = new Dictionary<string, Text>();

    /// <summary>The school's cameras; empty when none is registered.</summary>
    public IReadOnlyList<SchoolCamera> Cameras { get; init; } = [];

    /// <summary>Names that are the school's own where a file names its maker or who holds the rights, beside <see cref="School"/>; as written.</summary>
    public IReadOnlyList<string> Makers { get; init; } = [];

    /// <summary>What names of folders in a watched inbox declare.</summary>
    public Intake.FolderNames FolderNames { get; init; } = Intake.FolderNames.Default;

    /// <summary>Channels on which a pupil is shown only by the yes of a round; <see cref="AlwaysByRounds"/> is one of them whatever the file says. Default external PR and television.</summary>
    public IReadOnlyList<string> RoundChannels { get; init; } = [AlwaysByRounds, "tv"];

    /// <summary>How long each class of data is kept.</summary>
    public RetentionTerms Retention { get; init; } = new();

    /// <summary>SHA-256 of the file's text: the version that verdicts name.</summary>
    public required string Version { get; init; }

    /// <summary>The file's text, kept with the verdicts that were made under it.</summary>
    public required string Yaml { get; init; }

    /// <summary>What a clause asks, in the school's own words where it gave them.</summary>
    /// <exception cref="KeyNotFoundException">There is no such clause.</exception>
    public Text ShortTextOf(string clause) => Clauses.GetValueOrDefault(clause) ?? Clause.Of(clause).Asks;

    /// <summary>Whether a pupil is shown on a channel only by the yes of a round.</summary>
    public bool WorksByRounds(string channel) => channel == AlwaysByRounds || RoundChannels.Contains(channel);

    /// <summary>Pupils that a photo on a channel must show at least; 0 where the channel asks for no group.</summary>
    public int MinimumGroupOn(string channel)
    {
        var terms = TermsOf(channel);
        return terms.MinimumGroup ?? (terms.IsPublic ? MinimumGroup : 0);
    }

    /// <summary>The terms of a channel; of one that the protocol does not know: public and shut.</summary>
    public ChannelTerms TermsOf(string channel) => Channels.GetValueOrDefault(channel) ?? new ChannelTerms { IsPublic = true, IsOpen = false };
}
