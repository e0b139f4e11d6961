using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;

namespace PublicationGate.Tests.Rules;

public class QuotesHavePermissionRuleTests
{
    private readonly QuotesHavePermissionRule rule = new();

    [TestCase(null, "Held M14")]
    [TestCase(PermissionSubject.Work, "Held M14")]
    [TestCase(PermissionSubject.Repost, "Held M14")]
    [TestCase(PermissionSubject.Quote, "")]
    public void A_quotation_needs_a_permission_to_quote(PermissionSubject? subject, string expected)
    {
        var photo = Some.Saying(TextFindingKind.Quote, new string('x', 500));
        photo = photo with { Consent = photo.Consent with { Permission = subject is { } on ? new PermissionOnFile("t1", on, "ouder") : null } };
        Assert.That(Some.Judge(rule, photo), Is.EqualTo(expected));
        Assert.That(rule.Judge(photo, Some.Protocol).Select(finding => finding.Reason.Nl.Length), Is.All.LessThan(300), "a long quotation is shown by its beginning");
    }
}
