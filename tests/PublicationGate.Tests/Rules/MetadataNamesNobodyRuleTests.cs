using PublicationGate.Imaging;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class MetadataNamesNobodyRuleTests
{
    private readonly MetadataNamesNobodyRule rule = new();

    [TestCase(MetadataKind.Person, "Held P3")]
    [TestCase(MetadataKind.Location, "")]
    [TestCase(MetadataKind.Maker, "")]
    [TestCase(MetadataKind.Text, "")]
    [TestCase(MetadataKind.Hidden, "")]
    public void Holds_its_own_kind_once_and_no_other(MetadataKind kind, string expected)
    {
        foreach (var channel in new[] { "website", "app" })
        {
            var photo = Some.Photo.On(channel) with { Metadata = new() { Entries = [new(kind, "a", "x"), new(kind, "b", "y")] } };
            Assert.That(Some.Judge(rule, photo), Is.EqualTo(expected), channel);
        }
    }

    [Test]
    public void Reasons_name_tags_and_never_values()
    {
        var photo = Some.Photo with { Metadata = new() { Entries = [.. Enumerable.Range(0, 6).Select(i => new MetadataEntry(MetadataKind.Person, $"tag{i}\u001b", "Fenna Proef"))] } };
        Assert.That(rule.Judge(photo, Some.Protocol).Single().Reason.Nl, Does.Contain("(tag0\uFFFD, tag1\uFFFD, tag2\uFFFD, tag3\uFFFD (+2))").And.Not.Contains("Fenna"));
    }
}
