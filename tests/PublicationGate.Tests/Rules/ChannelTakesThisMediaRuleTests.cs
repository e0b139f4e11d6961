using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class ChannelTakesThisMediaRuleTests
{
    private readonly ChannelTakesThisMediaRule rule = new();

    [TestCase("", MediaKind.Photo)]
    [TestCase("", MediaKind.Film, MediaKind.Photo)]
    [TestCase("Rejected P2", MediaKind.Film)]
    [TestCase("Rejected P2", MediaKind.Film, MediaKind.Sound)]
    [TestCase("Rejected P2")]
    public void Rejects_a_photo_where_the_school_posts_none(string expected, params MediaKind[] kinds) =>
        Assert.That(Some.Judge(rule, Some.Photo, Some.Protocol.With("website", terms => terms with { Kinds = kinds })), Is.EqualTo(expected));

    [Test]
    public void Other_channels_do_not_matter() =>
        Assert.That(Some.Judge(rule, Some.Photo.On("app"), Some.Protocol.With("website", terms => terms with { Kinds = [] })), Is.Empty);
}
