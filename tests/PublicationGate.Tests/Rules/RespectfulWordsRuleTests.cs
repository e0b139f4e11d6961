using PublicationGate.Rules;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;

namespace PublicationGate.Tests.Rules;

public class RespectfulWordsRuleTests
{
    private readonly RespectfulWordsRule rule = new();

    [TestCase(TextFindingKind.Swearing, "Held L3")]
    [TestCase(TextFindingKind.Insult, "Held L4")]
    [TestCase(TextFindingKind.Obscenity, "Held M4")]
    [TestCase(TextFindingKind.Discrimination, "Held L5")]
    [TestCase(TextFindingKind.Surname, "")]
    public void Holds_words_that_hurt(TextFindingKind kind, string expected) => Assert.That(Some.Judge(rule, Some.Saying(kind)), Is.EqualTo(expected));
}
