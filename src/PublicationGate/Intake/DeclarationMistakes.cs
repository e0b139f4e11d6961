namespace PublicationGate.Intake;

/// <summary>Collects what is wrong with one declaration file among the mistakes of all of them.</summary>
internal sealed class DeclarationMistakes(string shownPath, ICollection<InputError> all)
{
    public void Add(int line, string? key, string text, params (string Name, object Value)[] values) =>
        all.Add(new(shownPath, line, key, Texts.Get(text, values)));

    /// <summary>What a person wrote, short and harmless enough to stand in a sentence.</summary>
    public static string Quote(string written) =>
        string.Concat(written.Take(40).Select(c => char.IsControl(c) ? ' ' : c)) + (written.Length > 40 ? "…" : "");
}
