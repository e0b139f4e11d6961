using PublicationGate.Links;

namespace PublicationGate.Mailing;

/// <summary>A letter to be written.</summary>
/// <param name="Key">What it is about: a second letter of the same key is not written. No name of a person.</param>
/// <param name="To">Address that it goes to.</param>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
/// <param name="Kind">Which letter: its sentences are <c>mail.KIND.subject</c> and <c>mail.KIND.body</c>.</param>
public sealed record LetterDraft(string Key, string To, string Language, string Kind)
{
    /// <summary>What its sentences name; both languages of a value that is a sentence itself are the caller's choice.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>The link in it, <c>{link}</c> in its body; null for none.</summary>
    public LinkDraft? Link { get; init; }
}
