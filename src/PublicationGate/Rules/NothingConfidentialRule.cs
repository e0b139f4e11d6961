using PublicationGate.Wording;

namespace PublicationGate.Rules;

/// <summary>
/// Nothing confidential about pupils, their families or staff (M5), nor about the school's policy, finance and passwords (M12). Only a
/// person can tell whether something is out already, so what is found is held.
/// </summary>
internal sealed class NothingConfidentialRule : IRule
{
    public string Code => "nothing-confidential";

    public IReadOnlyList<string> Clauses { get; } = ["M5", "M12"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol) =>
        from found in photo.Wording.Findings
        where found.Kind is TextFindingKind.AboutAPerson or TextFindingKind.AboutTheSchool
        let isOfAPerson = found.Kind == TextFindingKind.AboutAPerson
        select new Finding(Code, isOfAPerson ? "M5" : "M12", Outcome.Held, FoundText.Reason(isOfAPerson ? "confidential.person" : "confidential.school", found));
}
