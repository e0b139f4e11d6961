using System.Security.Cryptography;
using System.Text;
using PublicationGate.Intake;

namespace PublicationGate.Rules;

/// <summary>Reads a protocol file whole, or refuses it with all its mistakes.</summary>
public static class ProtocolReader
{
    private static readonly string[] Keys = ["school", "minimum-group", "dominant-face", "channels"];

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
            return Parse(File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new InputErrorsException([new InputError(path, 0, null, Texts.Get("protocol.unreadable"))]);
        }
    }

    /// <summary>Reads the text of a protocol file; <paramref name="file"/> is the name that mistakes give.</summary>
    /// <exception cref="InputErrorsException">The text holds mistakes; all are listed.</exception>
    public static Protocol Parse(string yaml, string file)
    {
        var section = ProtocolSection.Of(yaml, file);
        section.Expect(Keys, "folder-names");
        var dominant = section.Section("dominant-face");
        dominant.Expect(["times-next", "share", "times-sharper"]);
        var protocol = new Protocol
        {
            School = section.Text("school"),
            MinimumGroup = section.WholeNumber("minimum-group", 2, 100),
            DominantFaceTimesNext = dominant.Number("times-next", 1.1, 1000),
            DominantFaceShare = dominant.Number("share", 0, 1),
            DominantFaceTimesSharper = dominant.Number("times-sharper", 1.1, 1000),
            Channels = ReadChannels(section.Section("channels")),
            FolderNames = ReadFolderNames(section),
            Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml))),
            Yaml = yaml,
        };
        return section.Errors.Count == 0 ? protocol : throw new InputErrorsException([.. section.Errors.OrderBy(error => error.Line)]);
    }

    private static FolderNames ReadFolderNames(ProtocolSection section)
    {
        try
        {
            return section.Has("folder-names") ? new FolderNames(section.Texts("folder-names")) : FolderNames.Default;
        }
        catch (FormatException mistake)
        {
            section.Refuse("folder-names", "protocol.folder-name", ("pattern", mistake.Message));
            return FolderNames.None;
        }
    }

    private static Dictionary<string, ChannelTerms> ReadChannels(ProtocolSection section)
    {
        section.Allow(Channels.All);
        return section.Keys.ToDictionary(channel => channel, channel =>
        {
            var terms = section.Section(channel);
            terms.Expect(["audience", "open"]);
            return new ChannelTerms { IsPublic = terms.Choice("audience", ["public", "closed"]) != "closed", IsOpen = terms.Choice("open", ["yes", "no"]) == "yes" };
        });
    }
}
