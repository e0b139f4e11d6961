using PublicationGate.Links;

namespace PublicationGate.Mailing;

/// <summary>A letter to be written.</summary>
/// <param name="Key">What it is about: a second letter of the same key is not written. No name of a person.</param>
/// <param name="To">Address that it goes to.</param>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
/// <param name="Kind">Which letter: its sentences are <c>mail.KIND.subject</c> and <c>mail.KIND.body</c>.</param>
public sealed record LetterDraft(string Key, string To, string Language, string Kind)
{
    /// <summary>What its sentences name.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>What its sentences name that has a form in each language, such as channels; those of <see cref="Language"/> are added to <see cref="Values"/>.</summary>
    public IReadOnlyDictionary<string, Text> Spoken { get; init; } = new Dictionary<string, Text>();

    /// <summary>The link in it, <c>{link}</c> in its body; null for none.</summary>
    public LinkDraft? Link { get; init; }
}
