using PublicationGate.Wording;

namespace PublicationGate.Rules;

/// <summary>
/// Beside first names the texts tell nothing that finds or identifies a person (P3, M5), on any channel. What is certain by its form (an
/// e-mail address, a telephone number, a postcode with its house number, a number whose check digits are right, a date of birth beside a
/// name) is refused; what may be something else, such as a street where a trip went, a person looks at. The school's own contacts pass.
/// </summary>
internal sealed class NoPersonalDetailsRule : IRule
{
    private static readonly Dictionary<TextFindingKind, string> ClauseOf = new()
    {
        [TextFindingKind.BirthDate] = "P3", [TextFindingKind.Age] = "P3", [TextFindingKind.Address] = "P3", [TextFindingKind.Postcode] = "P3", [TextFindingKind.Coordinates] = "P3",
        [TextFindingKind.Phone] = "P3", [TextFindingKind.Email] = "P3", [TextFindingKind.Handle] = "P3", [TextFindingKind.Iban] = "M5", [TextFindingKind.Bsn] = "M5",
    };

    public string Code => "no-personal-details";

    public IReadOnlyList<string> Clauses { get; } = ["P3", "M5"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol) =>
        from found in photo.Wording.Findings
        where ClauseOf.ContainsKey(found.Kind) && !OwnContacts.Holds(found, protocol, protocol.TermsOf(photo.Declaration.Channel))
        select new Finding(Code, ClauseOf[found.Kind], found.IsSure ? Outcome.Rejected : Outcome.Held, FoundText.Reason("detail." + found.Kind, found));
}
