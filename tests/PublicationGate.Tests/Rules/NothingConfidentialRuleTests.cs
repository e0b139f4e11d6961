using PublicationGate.Rules;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;

namespace PublicationGate.Tests.Rules;

public class NothingConfidentialRuleTests
{
    private readonly NothingConfidentialRule rule = new();

    [TestCase(TextFindingKind.AboutAPerson, "Held M5")]
    [TestCase(TextFindingKind.AboutTheSchool, "Held M12")]
    [TestCase(TextFindingKind.Quote, "")]
    public void Holds_what_may_be_confidential(TextFindingKind kind, string expected) => Assert.That(Some.Judge(rule, Some.Saying(kind)), Is.EqualTo(expected));
}
