using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class OnlyFirstNamesRuleTests
{
    private readonly OnlyFirstNamesRule rule = new();

    [Test]
    public void Passes_texts_without_names() => Assert.That(Some.Judge(rule, Some.Photo), Is.Empty);

    [TestCase("caption", true, "Rejected P3")]
    [TestCase("caption", false, "Held P3")]
    [TestCase("alt", true, "Rejected P3")]
    [TestCase("activity", false, "Held P3")]
    [TestCase("file-name", true, "Rejected P3")]
    public void Rejects_a_full_name_and_holds_a_surname_in_any_text(string field, bool isFullName, string expected) =>
        Assert.That(Some.Judge(rule, Some.Photo with { Names = [new NameInText(field, 3, "Noor Proef", isFullName)] }), Is.EqualTo(expected));

    [Test]
    public void Shows_each_name_where_it_stands()
    {
        var photo = Some.Photo with { Names = [new("caption", 0, "Noor Proef", true), new("alt", 0, "Proef", false)] };
        var reasons = rule.Judge(photo, Some.Protocol).Select(finding => finding.Reason.Nl).ToList();
        Assert.That(reasons, Has.Count.EqualTo(2));
        Assert.That(reasons[0], Does.Contain("Noor Proef").And.Contain(Texts.Get("field.caption").Nl));
        Assert.That(reasons[1], Does.Contain("Proef").And.Contain(Texts.Get("field.alt").Nl));
    }
}
