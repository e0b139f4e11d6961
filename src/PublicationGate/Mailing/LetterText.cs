using System.Text.Json;
using System.Text.RegularExpressions;

namespace PublicationGate.Mailing;

/// <summary>The words of a letter: the sentences of its kind in its language, with what they name.</summary>
public static partial class LetterText
{
    /// <summary>What stands in a body where the link goes.</summary>
    public const string LinkName = "link";

    /// <summary>The subject, on one line; what cannot be filled in stays as it is.</summary>
    public static string SubjectOf(Letter letter) =>
        Texts.Entries.TryGetValue($"mail.{letter.Kind}.subject", out var sentence) ? Printable.Of(Fill(sentence.In(letter.Language), ValuesOf(letter), out _)) : letter.Kind;

    /// <summary>Subject and body.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="link">The address in it; null for none.</param>
    /// <param name="sentences">The sentences of all letters.</param>
    /// <exception cref="MailException">There are no such sentences, or a letter would go out with gaps.</exception>
    internal static (string Subject, string Body) Of(Letter letter, string? link, IReadOnlyDictionary<string, Text> sentences)
    {
        if (!sentences.TryGetValue($"mail.{letter.Kind}.subject", out var subject) || !sentences.TryGetValue($"mail.{letter.Kind}.body", out var body))
        {
            throw new MailException("no-text") { IsLasting = true };
        }

        var values = ValuesOf(letter);
        if (link is not null)
        {
            values[LinkName] = link;
        }

        var (filledSubject, filledBody) = (Fill(subject.In(letter.Language), values, out var missingThere), Fill(SetApart(body.In(letter.Language)), values, out var missingHere));
        // Who gets a link that the letter does not show could do nothing with it.
        return missingThere || missingHere || (link is not null && !filledBody.Contains(link, StringComparison.Ordinal))
            ? throw new MailException("no-value") { IsLasting = true }
            : (Printable.Of(filledSubject), filledBody);
    }

    // Where each line is a paragraph: mail programs show no space between them but an empty line.
    private static string SetApart(string body) => body.Contains("\n\n", StringComparison.Ordinal) ? body : body.Replace("\n", "\n\n", StringComparison.Ordinal);

    private static Dictionary<string, string> ValuesOf(Letter letter) =>
        letter.Values.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(letter.Values, JsonSerializerOptions.Web)!;

    // All at once: a value that somebody typed may look like a placeholder.
    private static string Fill(string sentence, Dictionary<string, string> values, out bool misses)
    {
        var isMissing = false;
        var filled = Placeholder().Replace(sentence, match =>
        {
            isMissing |= !values.ContainsKey(match.Groups[1].Value);
            return values.GetValueOrDefault(match.Groups[1].Value, match.Value);
        });
        misses = isMissing;
        return filled;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
