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

    /// <summary>All sets.</summary>
    public static readonly string[] Sets = ["first-school", "first-school-held-back", "second-school-held-back"];

    /// <summary>The register of a set's school.</summary>
    public static IReadOnlyList<RegisteredName> RegisterOf(string set) =>
        [.. File.ReadAllLines(Path.Combine(Folder, set.Replace("-held-back", "", StringComparison.Ordinal) + ".csv")).Skip(1).Select(line => line.Split(',')).Select(cells => new RegisteredName(cells[0], cells[1], cells[2], cells[3]))];

    /// <summary>The captions of a set.</summary>
    public static IReadOnlyList<Caption> Of(string set)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Folder, set + ".yaml"))));
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode).Children.Cast<YamlMappingNode>().Select(entry => new Caption(Value(entry, "text")!, Value(entry, "kind"), Value(entry, "span") ?? ""))];
    }

    /// <summary>What stands in <see cref="Caption.Kind"/> for a finding.</summary>
    public static string KindOf(TextFinding found) => found.Kind switch
    {
        TextFindingKind.Swearing or TextFindingKind.Insult or TextFindingKind.Obscenity or TextFindingKind.Discrimination => "offence",
        _ => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(found.Kind.ToString()),
    };

    private static string? Value(YamlMappingNode entry, string key) => entry.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;
}
