using PublicationGate.Imaging;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

/// <summary>The three rules that need no more than one kind of metadata to be there.</summary>
public class MetadataRulesTests
{
    private static readonly (IRule Rule, MetadataKind Kind, string Finding)[] Rules =
    [
        (new MetadataNamesNobodyRule(), MetadataKind.Person, "Held P3"),
        (new MetadataPlacesNobodyRule(), MetadataKind.Location, "Held P3"),
        (new NothingIsHiddenInTheFileRule(), MetadataKind.Hidden, "Held C2"),
    ];

    [Test]
    public void Each_holds_its_own_kind_once_and_no_other([Range(0, 2)] int index, [Values] MetadataKind kind, [Values("website", "app")] string channel)
    {
        var (rule, own, finding) = Rules[index];
        var photo = Some.Photo.On(channel) with { Metadata = new() { Entries = [new(kind, "a", "x"), new(kind, "b", "y")] } };
        Assert.That(Some.Judge(rule, photo), Is.EqualTo(kind == own ? finding : ""));
    }

    [Test]
    public void Reasons_name_tags_and_never_values()
    {
        var photo = Some.Photo with { Metadata = new() { Entries = [.. Enumerable.Range(0, 6).Select(i => new MetadataEntry(MetadataKind.Person, $"tag{i}\u001b", "Fenna Proef"))] } };
        var reason = new MetadataNamesNobodyRule().Judge(photo, Some.Protocol).Single().Reason;
        Assert.That(reason.Nl, Does.Contain("(tag0\uFFFD, tag1\uFFFD, tag2\uFFFD, tag3\uFFFD (+2))").And.Not.Contains("Fenna"));
    }
}
