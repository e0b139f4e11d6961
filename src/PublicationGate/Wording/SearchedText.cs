namespace PublicationGate.Wording;

/// <summary>A text to search, cut into words once.</summary>
internal sealed class SearchedText
{
    private List<TextWord>? words;

    /// <param name="field">As in <see cref="TextFinding.Field"/>.</param>
    /// <param name="text">The text.</param>
    public SearchedText(string field, string text) => (Field, Text) = (field, text);

    public string Field { get; }

    public string Text { get; }

    /// <summary>A file's or folder's name: capitals say nothing there, and numbers are a camera's.</summary>
    public bool IsName => Field is "file-name" or "folder-name";

    public List<TextWord> Words => words ??= TextWords.Of(Text, splitCapitals: IsName);

    /// <summary>A finding of words: from one up to another, which is not part of it.</summary>
    public TextFinding Found(TextFindingKind kind, int from, int to, bool isSure = true) =>
        FoundAt(kind, Words[from].Start, Words[to - 1].End, isSure);

    /// <summary>A finding of characters.</summary>
    public TextFinding FoundAt(TextFindingKind kind, int start, int end, bool isSure = true) => new(kind, Field, start, Text[start..end], isSure);
}
