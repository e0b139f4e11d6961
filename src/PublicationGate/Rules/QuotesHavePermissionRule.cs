using PublicationGate.Consent;
using PublicationGate.Wording;

namespace PublicationGate.Rules;

/// <summary>Nobody is quoted without permission (M14): words attributed to somebody need one on file, which the declaration refers to.</summary>
internal sealed class QuotesHavePermissionRule : IRule
{
    public string Code => "quotes-have-permission";

    public IReadOnlyList<string> Clauses { get; } = ["M14"];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol) =>
        from found in photo.Wording.Findings
        where found.Kind == TextFindingKind.Quote && photo.Consent.Permission is not { Subject: PermissionSubject.Quote }
        select new Finding(Code, "M14", Outcome.Held, FoundText.Reason("quote.no-permission", found));
}
