using PublicationGate.Rules;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;

namespace PublicationGate.Tests.Rules;

public class NoPersonalDetailsRuleTests
{
    private readonly NoPersonalDetailsRule rule = new();

    [TestCase(TextFindingKind.Email, true, "Rejected P3")]
    [TestCase(TextFindingKind.Phone, true, "Rejected P3")]
    [TestCase(TextFindingKind.Phone, false, "Held P3")]
    [TestCase(TextFindingKind.Address, true, "Rejected P3")]
    [TestCase(TextFindingKind.Address, false, "Held P3")]
    [TestCase(TextFindingKind.Postcode, false, "Held P3")]
    [TestCase(TextFindingKind.Coordinates, false, "Held P3")]
    [TestCase(TextFindingKind.Handle, false, "Held P3")]
    [TestCase(TextFindingKind.Age, false, "Held P3")]
    [TestCase(TextFindingKind.BirthDate, true, "Rejected P3")]
    [TestCase(TextFindingKind.Iban, true, "Rejected M5")]
    [TestCase(TextFindingKind.Bsn, true, "Rejected M5")]
    [TestCase(TextFindingKind.Bsn, false, "Held M5")]
    [TestCase(TextFindingKind.FullName, true, "")]
    public void Refuses_certain_personal_details_and_holds_what_may_be_one(TextFindingKind kind, bool isSure, string expected) =>
        Assert.That(Some.Judge(rule, Some.Saying(kind, isSure: isSure)), Is.EqualTo(expected));

    [TestCase(TextFindingKind.Phone, "+31 20 123 45 67", "020-1234567", true)]
    [TestCase(TextFindingKind.Phone, "020-1234568", "020-1234567", false)]
    [TestCase(TextFindingKind.Email, "Info@School.nl", "info@school.nl", true)]
    [TestCase(TextFindingKind.Email, "juf.noor@school.nl", "@school.nl", true)]
    [TestCase(TextFindingKind.Email, "a@nepschool.nl", "@school.nl", false)]
    [TestCase(TextFindingKind.Handle, "@DeWegwijzer", "dewegwijzer", true)]
    [TestCase(TextFindingKind.Handle, "https://facebook.com/dewegwijzer/", "@DeWegwijzer", true)]
    [TestCase(TextFindingKind.Handle, "@dewegwijzer_fans", "dewegwijzer", false)]
    [TestCase(TextFindingKind.Iban, "NL91 ABNA 0417 1643 00", "NL91ABNA0417164300", true)]
    [TestCase(TextFindingKind.Address, "Dorpsstraat 1", "dorpsstraat 1", true)]
    public void The_schools_own_contacts_pass(TextFindingKind kind, string span, string own, bool passes) =>
        Assert.That(Some.Judge(rule, Some.Saying(kind, span), Some.Protocol with { OwnContacts = [own] }), passes ? Is.Empty : Is.Not.Empty);

    [Test]
    public void The_channels_account_passes()
    {
        var protocol = Some.Protocol with { Channels = new Dictionary<string, ChannelTerms> { ["website"] = new() { IsPublic = true, IsOpen = true, Accounts = ["de wegwijzer"] } } };
        Assert.That(Some.Judge(rule, Some.Saying(TextFindingKind.Handle, "@DeWegwijzer"), protocol), Is.Empty);
    }
}
