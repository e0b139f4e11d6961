using PublicationGate.Consent;
using PublicationGate.Imaging;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class OthersWorkHasPermissionRuleTests
{
    private static readonly Protocol Protocol = Some.Protocol with { School = "De Wegwijzer", Makers = ["Juf Ama", "Zoë Proef"] };
    private readonly OthersWorkHasPermissionRule rule = new();

    [TestCase("Jannie Proef Fotografie", "Held M7")]
    [TestCase("© 2026 Jannie Proef", "Held M7")]
    [TestCase("Juf Ama en Jannie Proef", "Held M7", Description = "one of two")]
    [TestCase("juf ama", "")]
    [TestCase("Copyright 2024-2026 Zoe Proef. All rights reserved.", "")]
    [TestCase("(c) De Wegwijzer", "")]
    [TestCase("Foto: Juf Ama", "")]
    [TestCase("Unknown", "")]
    [TestCase("© 2026", "")]
    [TestCase("Canon EOS 90D", "")]
    [TestCase("All rights reserved", "")]
    public void Holds_a_maker_that_is_not_the_schools(string maker, string expected) => Assert.That(Some.Judge(rule, By(maker), Protocol), Is.EqualTo(expected));

    [TestCase(PermissionSubject.Work, "")]
    [TestCase(PermissionSubject.Repost, "Held M7")]
    public void Passes_with_the_makers_permission(PermissionSubject subject, string expected)
    {
        var photo = By("Jannie Proef");
        Assert.That(Some.Judge(rule, photo with { Consent = photo.Consent with { Permission = new("t1", subject, "Jannie") } }, Protocol), Is.EqualTo(expected));
    }

    [Test]
    public void Tells_it_once_however_often_the_file_does() =>
        Assert.That(Some.Judge(rule, Some.Photo with { Metadata = new() { Entries = [new(MetadataKind.Maker, "EXIF:Artist", "J"), new(MetadataKind.Maker, "IPTC:By-line", "J"), new(MetadataKind.Text, "x", "J")] } }), Is.EqualTo("Held M7"));

    private static PhotoFacts By(string maker) =>
        Some.Photo with { Metadata = new() { Entries = [new(MetadataKind.Maker, "EXIF:Artist", maker)], Camera = new("Canon", "EOS 90D", null) } };
}
