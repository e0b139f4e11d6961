using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Screening;

public class ProtocolConsentTests
{
    [Test]
    public void The_register_weighs_by_what_the_protocol_says()
    {
        var channels = new Dictionary<string, ChannelTerms>
        {
            ["app"] = new() { IsPublic = false, IsOpen = true, ConsentLifetime = new(ConsentLifetimeKind.SchoolYear) },
            ["website"] = new() { IsPublic = true, IsOpen = true },
            ["facebook"] = new() { IsPublic = true, IsOpen = false },
        };
        var terms = (Some.Protocol with { ConsentText = "2026", Channels = channels }).ConsentTerms();
        Assert.That(terms.TextVersion, Is.EqualTo("2026"));
        Assert.That(terms.OpenChannels, Is.EqualTo(new[] { "website", "app" }));
        Assert.That((terms.LifetimeOn("app").Kind, terms.LifetimeOn("website").Kind, terms.LifetimeOn("tv").Kind),
            Is.EqualTo((ConsentLifetimeKind.SchoolYear, ConsentLifetimeKind.Unlimited, ConsentLifetimeKind.Unlimited)));
    }
}
