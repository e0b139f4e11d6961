using System.CommandLine;
using System.Text.RegularExpressions;

namespace PublicationGate.App.Commands;

/// <summary>What is wrong with a command line, in the language of the rest. The library that reads it has no Dutch, and no codes: its sentences are known by their shape.</summary>
internal static partial class UsageMistakes
{
    private static readonly (Regex Shape, string Key)[] Known =
    [
        (MissingArgument(), "cli.mistake.argument"), (MissingValue(), "cli.mistake.value"), (MissingOption(), "cli.mistake.option"), (Unknown(), "cli.mistake.unknown"),
        (OneOf(), "cli.mistake.one-of"), (NotOfItsType(), "cli.mistake.type"),
    ];

    /// <summary>A sentence for each mistake, and where a verb lacks its second word, the words that there are.</summary>
    public static IEnumerable<string> Of(ParseResult parsed, string language)
    {
        foreach (var error in parsed.Errors.Where(error => error.Message != "Required command was not provided."))
        {
            yield return Said(error.Message)?.In(language) ?? error.Message;
        }

        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Where(verb => !verb.Hidden).ToList() is { Count: > 0 } verbs && command.Action is null)
        {
            yield return Texts.Get("cli.mistake.verbs", ("verbs", string.Join(", ", verbs.Select(verb => verb.Name)))).In(language);
        }
    }

    private static Text? Said(string message) => Known.Select(known => (known.Key, Match: known.Shape.Match(message))).FirstOrDefault(known => known.Match.Success) is { Key: { } key, Match: var match }
        ? Texts.Get(key, ("what", match.Groups[1].Value), ("among", string.Join(", ", match.Groups[2].Value.Split('\n').Select(word => word.Trim(' ', '\t', '\r', '\'')).Where(word => word.Length > 0))))
        : null;

    [GeneratedRegex(@"^Required argument '([^']+)' missing for command: ")]
    private static partial Regex MissingArgument();

    [GeneratedRegex(@"^Required argument missing for option: '([^']+)'")]
    private static partial Regex MissingValue();

    [GeneratedRegex(@"^Option '([^']+)' is required\.$")]
    private static partial Regex MissingOption();

    [GeneratedRegex(@"^Unrecognized command or argument '(.*)'\.$")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"^Argument '(.*)' not recognized\. Must be one of:([\s\S]*)$")]
    private static partial Regex OneOf();

    [GeneratedRegex(@"^Cannot parse argument '(.*)' for (?:command|option) '")]
    private static partial Regex NotOfItsType();
}
