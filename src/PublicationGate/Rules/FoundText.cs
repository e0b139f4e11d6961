using PublicationGate.Wording;

namespace PublicationGate.Rules;

/// <summary>The sentence about something found in a text: which text, the words as they stand there, and what to do.</summary>
internal static class FoundText
{
    // A quotation may be long; its beginning is enough to find it.
    private const int LongestShown = 80;

    public static Text Reason(string key, TextFinding found, params (string Name, object Value)[] values) =>
        Texts.Get(key, [("field", FieldName(found.Field)), .. values, ("span", Shown(found.Span))]);

    private static Text FieldName(string field) =>
        Texts.Entries.ContainsKey("field." + field) ? Texts.Get("field." + field) : Texts.Get("field.metadata", ("tag", Printable.Of(field)));

    private static string Shown(string span)
    {
        var line = Printable.Of(span.ReplaceLineEndings(" "));
        return line.Length <= LongestShown ? line : line[..LongestShown] + "…";
    }
}
