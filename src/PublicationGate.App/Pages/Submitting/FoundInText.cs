using PublicationGate.Consent;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Wording;

namespace PublicationGate.App.Pages.Submitting;

/// <summary>What the gate has against one text of a form, while it is being written.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Parts">The text, cut at what was found.</param>
/// <param name="Findings">What was found, in reading order.</param>
internal sealed record FoundInText(string Field, IReadOnlyList<(string Text, bool IsFound)> Parts, IReadOnlyList<Finding> Findings)
{
    // The rules that look at nothing but the texts, and at who is declared.
    private static readonly string[] OfTexts = ["only-first-names", "names-have-consent", "no-personal-details", "respectful-words", "quotes-have-permission", "nothing-confidential"];

    /// <summary>Looks at the texts of what would be declared, with the very search and rules that judge the photo later.</summary>
    /// <returns>Nothing for texts without objections; null when the texts could not be searched.</returns>
    public static async Task<IReadOnlyList<FoundInText>?> LookAsync(
        Declaration declaration, TextInspection inspection, ConsentRegister register, Protocol protocol, RuleList rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var consent = await register.LookUpAsync(declaration, protocol.ConsentTerms(), now, cancellationToken);
        var wording = await inspection.InspectAsync(new PhotoTexts(declaration, "", null, new MetadataFacts()), consent.Pupils, cancellationToken);
        if (!wording.Known)
        {
            return null;
        }

        var facts = new PhotoFacts { FileName = "", ContentSha256 = null, Declaration = declaration, Consent = consent };
        IReadOnlyList<Finding> Judge(TextFinding one) => rules.Only(OfTexts).Judge(facts with { Wording = new WordingFacts { Findings = [one] } }, protocol);
        var objected = wording.Findings.Select(one => (Place: one, Findings: Judge(one))).Where(one => one.Findings.Count > 0).ToLookup(one => one.Place.Field);
        return [.. from field in new[] { ("activity", declaration.Activity), ("title", declaration.Title), ("caption", declaration.Caption), ("alt", declaration.Alt) }
            where field.Item2 is not null && objected.Contains(field.Item1)
            select new FoundInText(field.Item1, Cut(field.Item2!, objected[field.Item1].Select(one => one.Place)), [.. objected[field.Item1].SelectMany(one => one.Findings).DistinctBy(finding => finding.Key)])];
    }

    private static List<(string Text, bool IsFound)> Cut(string text, IEnumerable<TextFinding> found)
    {
        var parts = new List<(string, bool)>();
        var at = 0;
        foreach (var one in found.OrderBy(one => one.Start))
        {
            var (start, end) = (Math.Clamp(one.Start, at, text.Length), Math.Clamp(one.Start + one.Span.Length, at, text.Length));
            parts.Add((text[at..start], false));
            parts.Add((text[start..end], true));
            at = end;
        }

        return [.. parts.Append((text[at..], false)).Where(part => part.Item1.Length > 0)];
    }
}
