using System.Globalization;
using System.Text.Json;

namespace PublicationGate;

/// <summary>Every sentence that a person reads, Dutch and English, from the one resource file <c>Texts.json</c>.</summary>
public static class Texts
{
    private static readonly Lazy<Dictionary<string, Text>> All = new(Load);

    /// <summary>All keys of the resource file, for the test that holds both languages against each other.</summary>
    public static IReadOnlyDictionary<string, Text> Entries => All.Value;

    /// <summary>The sentence under <paramref name="key"/> with each <c>{name}</c> replaced by its value.</summary>
    /// <exception cref="KeyNotFoundException">The key is not in the resource file: a mistake in code, not in input.</exception>
    public static Text Get(string key, params (string Name, object Value)[] values)
    {
        var text = All.Value[key];
        foreach (var (name, value) in values)
        {
            text = value is Text part
                ? new Text(Fill(text.Nl, name, part.Nl), Fill(text.En, name, part.En))
                : new Text(Fill(text.Nl, name, value), Fill(text.En, name, value));
        }

        return text;
    }

    /// <summary>What people call a channel.</summary>
    public static Text ChannelName(string channel) => Get("channel.name." + channel);

    private static string Fill(string sentence, string name, object value) =>
        sentence.Replace("{" + name + "}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static Dictionary<string, Text> Load()
    {
        using var file = typeof(Texts).Assembly.GetManifestResourceStream("Texts.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Text>>(file, JsonSerializerOptions.Web)!;
    }
}
