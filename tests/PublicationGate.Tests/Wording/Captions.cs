using PublicationGate.Consent;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;
using YamlDotNet.RepresentationModel;

namespace PublicationGate.Tests.Wording;

/// <summary>A caption with what must be found in it.</summary>
/// <param name="Text">The caption.</param>
/// <param name="Kind">Kind in kebab-case, all offences as <c>offence</c>; null for a clean one.</param>
/// <param name="Span">Words that the finding must touch.</param>
internal sealed record Caption(string Text, string? Kind, string Span);

/// <summary>The labelled captions and the invented register that they are about.</summary>
internal static class Captions
{
    private static readonly string Folder = TestFiles.InRepository("tests/PublicationGate.Tests/Wording/captions");

    public static IReadOnlyList<RegisteredName> Register { get; } =
        [.. File.ReadAllLines(Path.Combine(Folder, "register.csv")).Skip(1).Select(line => line.Split(',')).Select(cells => new RegisteredName(cells[0], cells[1], cells[2], cells[3]))];

    public static IReadOnlyList<Caption> Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Folder, file))));
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode).Children.Cast<YamlMappingNode>().Select(entry => new Caption(Of(entry, "text")!, Of(entry, "kind"), Of(entry, "span") ?? ""))];
    }

    /// <summary>What stands in <see cref="Caption.Kind"/> for a finding.</summary>
    public static string KindOf(TextFinding found) => found.Kind switch
    {
        TextFindingKind.Swearing or TextFindingKind.Insult or TextFindingKind.Obscenity or TextFindingKind.Discrimination => "offence",
        _ => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(found.Kind.ToString()),
    };

    private static string? Of(YamlMappingNode entry, string key) => entry.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;
}
