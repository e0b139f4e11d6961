using System.Security.Cryptography;
using System.Text;
using PublicationGate.Intake;

namespace PublicationGate.Rules;

/// <summary>Reads a protocol file whole, or refuses it with all its mistakes.</summary>
public static class ProtocolReader
{
    /// <summary>Fewest pupils that make a group: the protocol asks "several at once" (P4), and leaves no choice below.</summary>
    public const int SmallestGroup = 2;

    /// <summary>Largest minimum group that a school may set.</summary>
    public const int LargestGroup = 100;

    /// <summary>Largest protocol file in bytes: 256 KiB, some hundred times the largest that makes sense.</summary>
    public const int MaximumBytes = 256 * 1024;

    /// <summary>The keys that every file has.</summary>
    internal static IReadOnlyList<string> Required { get; } = ["school", "minimum-group", "dominant-face", "channels"];

    /// <summary>The keys that a file may have.</summary>
    internal static IReadOnlyList<string> Optional { get; } = ["clauses", "consent-text", "cameras", "makers", "own-contacts", "folder-names", "retention", "round-channels"];

    /// <summary>The keys of <c>dominant-face</c>, all of them needed.</summary>
    internal static IReadOnlyList<string> OfDominantFace { get; } = ["times-next", "share", "times-sharper"];

    /// <summary>The keys of a camera; a serial number comes with make and model, a folder alone.</summary>
    internal static IReadOnlyList<string> OfCamera { get; } = ["make", "model", "serial", "folder"];

    /// <summary>The protocol of a school that has decided nothing yet.</summary>
    public static Protocol BuiltIn()
    {
        using var reader = new StreamReader(typeof(ProtocolReader).Assembly.GetManifestResourceStream("DefaultProtocol.yaml")!);
        return Parse(reader.ReadToEnd(), "DefaultProtocol.yaml");
    }

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <exception cref="InputErrorsException">The file cannot be read or holds mistakes; all are listed.</exception>
    public static Protocol Read(string path)
    {
        try
        {
            return new FileInfo(path).Length > MaximumBytes
                ? throw new InputErrorsException([new InputError(path, 0, null, Texts.Get("protocol.too-large", ("limit", MaximumBytes / 1024)))])
                : Parse(File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or DecoderFallbackException or ArgumentException)
        {
            throw new InputErrorsException([new InputError(path, 0, null, Texts.Get("protocol.unreadable"))]);
        }
    }

    /// <summary>Reads the text of a protocol file; <paramref name="file"/> is the name that mistakes give.</summary>
    /// <exception cref="InputErrorsException">The text holds mistakes; all are listed.</exception>
    public static Protocol Parse(string yaml, string file) => Parse(yaml, file, isKept: false);

    /// <summary>
    /// Reads a text that was accepted before and is kept with the verdicts made under it: what is demanded of a new file only, an
    /// agreement with each open platform, may be missing.
    /// </summary>
    /// <exception cref="InputErrorsException">The text was never a protocol file.</exception>
    public static Protocol ParseKept(string yaml, string version) => Parse(yaml, version, isKept: true);

    private static Protocol Parse(string yaml, string file, bool isKept)
    {
        var mistakes = new ProtocolMistakes(file);
        var syntax = new ProtocolSyntax(yaml, mistakes);
        var section = new ProtocolSection(syntax.Read(), mistakes);
        if (syntax.IsBroken)
        {
            throw new InputErrorsException(mistakes.All);
        }

        section.Expect(Required, Optional);
        var dominant = section.Section("dominant-face");
        if (section.Has("dominant-face"))
        {
            dominant.Expect(OfDominantFace);
        }

        var protocol = new Protocol
        {
            School = section.Text("school"),
            ConsentText = section.Has("consent-text") ? section.Text("consent-text") : null,
            MinimumGroup = section.WholeNumber("minimum-group", SmallestGroup, LargestGroup),
            DominantFaceTimesNext = dominant.Number("times-next", 1.1, 1000),
            DominantFaceShare = dominant.Number("share", 0, 1),
            DominantFaceTimesSharper = dominant.Number("times-sharper", 1.1, 1000),
            Channels = ReadChannels(section.Section("channels"), isKept),
            Clauses = ReadClauses(section.Section("clauses")),
            Cameras = [.. section.Sections("cameras").Select(ReadCamera)],
            Makers = section.Texts("makers"),
            OwnContacts = section.Texts("own-contacts"),
            FolderNames = ReadFolderNames(section),
            RoundChannels = section.Has("round-channels") ? section.Choices("round-channels", Channels.All) : [Protocol.AlwaysByRounds, "tv"],
            Retention = RetentionTerms.Read(section.Section("retention")),
            Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml))),
            Yaml = yaml,
        };
        return mistakes.All.Count == 0 ? protocol : throw new InputErrorsException(mistakes.All);
    }

    private static FolderNames ReadFolderNames(ProtocolSection section)
    {
        try
        {
            return section.Has("folder-names") ? new FolderNames(section.Texts("folder-names", mayBeEmpty: true)) : FolderNames.Default;
        }
        catch (FormatException mistake)
        {
            section.Refuse("folder-names", "protocol.folder-name", ("pattern", mistake.Message));
            return FolderNames.None;
        }
    }

    private static Dictionary<string, ChannelTerms> ReadChannels(ProtocolSection section, bool isKept)
    {
        section.Allow(Channels.All);
        return section.Keys.ToDictionary(
            channel => channel,
            channel => ChannelTermsReader.Read(section.Section(channel), !isKept && ChannelTermsReader.SocialMedia.Contains(channel)));
    }

    private static Dictionary<string, Text> ReadClauses(ProtocolSection section)
    {
        section.Allow([.. Clause.All.Select(clause => clause.Id)]);
        return section.Keys.ToDictionary(id => id, id =>
        {
            var text = section.Section(id);
            text.Expect(["nl", "en"]);
            return new Text(text.Text("nl"), text.Text("en"));
        });
    }

    private static SchoolCamera ReadCamera(ProtocolSection section)
    {
        section.Allow(OfCamera);
        var camera = new SchoolCamera(section.OptionalText("make"), section.OptionalText("model"), section.OptionalText("serial"), section.OptionalText("folder"));
        var isWhole = camera.Folder is null ? camera is { Make: not null, Model: not null } : camera is { Make: null, Model: null, Serial: null };
        if (section.IsMapping && !isWhole)
        {
            section.Refuse("protocol.camera");
        }

        return camera;
    }
}
