using PublicationGate.Imaging;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

/// <summary>What the rules have in common that hold one kind of metadata each.</summary>
public abstract class OneKindOfMetadataTests(IRule rule, MetadataKind own, string held)
{
    [Test]
    public void Holds_its_own_kind_once_and_no_other([Values] MetadataKind kind, [Values("website", "app")] string channel)
    {
        var photo = Some.Photo.On(channel) with { Metadata = new() { Entries = [new(kind, "a", "x"), new(kind, "b", "y")] } };
        Assert.That(Some.Judge(rule, photo), Is.EqualTo(kind == own ? held : ""));
    }

    [Test]
    public void Reasons_name_tags_and_never_values()
    {
        var photo = Some.Photo with { Metadata = new() { Entries = [.. Enumerable.Range(0, 6).Select(i => new MetadataEntry(own, $"tag{i}\u001b", "Fenna Proef"))] } };
        Assert.That(rule.Judge(photo, Some.Protocol).Single().Reason.Nl, Does.Contain("(tag0\uFFFD, tag1\uFFFD, tag2\uFFFD, tag3\uFFFD (+2))").And.Not.Contains("Fenna"));
    }
}
