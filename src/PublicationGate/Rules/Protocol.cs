namespace PublicationGate.Rules;

/// <summary>What one school decided, as far as its protocol leaves it a choice. What the law fixes is no setting.</summary>
public sealed record Protocol
{
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

    /// <summary>The terms of each channel; every id of <see cref="Intake.Channels"/> is there.</summary>
    public required IReadOnlyDictionary<string, ChannelTerms> Channels { get; init; }

    /// <summary>What names of folders in a watched inbox declare.</summary>
    public Intake.FolderNames FolderNames { get; init; } = Intake.FolderNames.Default;

    /// <summary>SHA-256 of the file's text: the version that verdicts name.</summary>
    public required string Version { get; init; }

    /// <summary>The file's text, kept with the verdicts that were made under it.</summary>
    public required string Yaml { get; init; }

    /// <summary>The terms of a channel; of one that the protocol does not know: public and shut.</summary>
    public ChannelTerms TermsOf(string channel) => Channels.GetValueOrDefault(channel) ?? new ChannelTerms { IsPublic = true, IsOpen = false };
}
