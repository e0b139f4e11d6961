using PublicationGate.Wording;

namespace PublicationGate.Rules;

/// <summary>
/// Texts that go out with a photo hold first names only (P3). A full name of the register is refused; a surname alone may also be a
/// bakery or a street, and a first name with an unknown surname somebody else, so a person looks at those.
/// </summary>
internal sealed class OnlyFirstNamesRule : IRule
{
    public string Code => "only-first-names";

    public IReadOnlyList<string> Clauses { get; } = ["P3"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol) =>
        from found in photo.Wording.Findings
        let key = found.Kind switch
        {
            TextFindingKind.FullName => "names.full",
            TextFindingKind.Surname => "names.surname",
            TextFindingKind.PossibleFullName => "names.possible",
            _ => null,
        }
        where key is not null
        select new Finding(Code, "P3", found.Kind == TextFindingKind.FullName ? Outcome.Rejected : Outcome.Held, FoundText.Reason(key, found));
}
