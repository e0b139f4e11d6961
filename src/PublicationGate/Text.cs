using System.Text.RegularExpressions;

namespace PublicationGate;

/// <summary>One sentence for a person, in both languages of the gate.</summary>
/// <param name="Nl">The Dutch sentence.</param>
/// <param name="En">The English sentence.</param>
public sealed partial record Text(string Nl, string En)
{
    /// <summary>The sentence as a person reads it in <paramref name="language"/>: English for <c>en</c>, else Dutch, the default. Of "1 plek(ken)" it has the form that fits the number.</summary>
    public string In(string language) => OneOrMore().Replace(language == "en" ? En : Nl, found => found.Groups["one"].Value + (found.Groups["number"].Value == "1" ? "" : found.Groups["more"].Value));

    // Files and programs have the sentence with its brackets: what stands in verdicts must not change.
    [GeneratedRegex(@"(?<one>\b(?<number>[0-9]+)(?: \p{L}+)? \p{L}+)\((?<more>en|ken|'s|s)\)", RegexOptions.CultureInvariant)]
    private static partial Regex OneOrMore();
}
