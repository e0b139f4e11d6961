using PublicationGate.Rules;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;

namespace PublicationGate.Tests.Rules;

public class OnlyFirstNamesRuleTests
{
    private readonly OnlyFirstNamesRule rule = new();

    [Test]
    public void Passes_texts_without_names() => Assert.That(Some.Judge(rule, Some.Photo), Is.Empty);

    [TestCase(TextFindingKind.FullName, "Rejected P3")]
    [TestCase(TextFindingKind.Surname, "Held P3")]
    [TestCase(TextFindingKind.PossibleFullName, "Held P3")]
    [TestCase(TextFindingKind.FirstName, "")]
    [TestCase(TextFindingKind.Phone, "")]
    public void Refuses_a_full_name_and_holds_what_may_be_one(TextFindingKind kind, string expected) =>
        Assert.That(Some.Judge(rule, Some.Saying(kind)), Is.EqualTo(expected));

    [TestCase("caption", "het bijschrift")]
    [TestCase("title", "de titel")]
    [TestCase("folder-name", "de mapnaam")]
    [TestCase("XMP-dc:description", "de gegevens in het bestand (XMP-dc:description)")]
    public void Tells_in_which_text_and_shows_the_words(string field, string named)
    {
        var photo = Some.Photo with { Wording = new WordingFacts { Findings = [new(TextFindingKind.FullName, field, 0, "Noor Proef")] } };
        Assert.That(rule.Judge(photo, Some.Protocol).Single().Reason.Nl, Does.Contain(named).And.Contain("'Noor Proef'"));
    }
}
