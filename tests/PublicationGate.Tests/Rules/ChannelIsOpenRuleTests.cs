using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class ChannelIsOpenRuleTests
{
    private readonly ChannelIsOpenRule rule = new();

    [TestCase("website", "")]
    [TestCase("app", "")]
    [TestCase("instagram", "Rejected P2")]
    [TestCase("tv", "Rejected P2")]
    public void Rejects_a_channel_that_the_school_has_not_opened(string channel, string expected) =>
        Assert.That(Some.Judge(rule, Some.Photo.On(channel)), Is.EqualTo(expected));

    [Test]
    public void Every_channel_can_be_judged() =>
        Assert.That(() => Channels.All.Select(channel => Some.Judge(rule, Some.Photo.On(channel))).ToList(), Throws.Nothing);

    [Test]
    public void Rejects_what_was_open_once_the_protocol_shuts_it()
    {
        var shut = Some.Protocol with { Channels = new Dictionary<string, ChannelTerms> { ["website"] = new() { IsPublic = true, IsOpen = false } } };
        Assert.That(Some.Judge(rule, Some.Photo, shut), Is.EqualTo("Rejected P2"));
    }
}
