using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;

namespace PublicationGate.Tests.Rules;

public class NamesHaveConsentRuleTests
{
    private readonly NamesHaveConsentRule rule = new();

    [TestCase(NamesAllowed.FirstNames, ConsentState.Silent, "")]
    [TestCase(NamesAllowed.FirstNames, ConsentState.Yes, "")]
    [TestCase(NamesAllowed.FirstNames, ConsentState.No, "Rejected P2")]
    [TestCase(NamesAllowed.FirstNames, null, "")]
    [TestCase(NamesAllowed.WithPermission, ConsentState.Yes, "")]
    [TestCase(NamesAllowed.WithPermission, ConsentState.Silent, "Rejected P2")]
    [TestCase(NamesAllowed.WithPermission, ConsentState.No, "Rejected P2")]
    [TestCase(NamesAllowed.WithPermission, null, "Held P2")]
    [TestCase(NamesAllowed.None, ConsentState.Yes, "Rejected P3")]
    [TestCase(NamesAllowed.None, null, "Held P3")]
    public void A_first_name_stands_as_the_channel_allows_and_the_guardians_answered(NamesAllowed allowed, ConsentState? answer, string expected)
    {
        var protocol = Some.Protocol with { Channels = new Dictionary<string, ChannelTerms> { ["website"] = new() { IsPublic = true, IsOpen = true, Names = allowed } } };
        var photo = Some.Saying(TextFindingKind.FirstName, "Noor", pupil: answer is null ? null : "p1").WithPupils(Some.Pupil("p1") with { Name = answer ?? default });
        Assert.That(Some.Judge(rule, photo, protocol), Is.EqualTo(expected));
    }
}
