using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;

namespace PublicationGate.Tests.Rules;

/// <summary>The rules over what the texts say, each with what it is about and what it leaves to others.</summary>
public class WordingRulesTests
{
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
        Assert.That(Some.Judge(new NoPersonalDetailsRule(), Some.Saying(kind, isSure: isSure)), Is.EqualTo(expected));

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
        Assert.That(Some.Judge(new NoPersonalDetailsRule(), Some.Saying(kind, span), Some.Protocol with { OwnContacts = [own] }), passes ? Is.Empty : Is.Not.Empty);

    [Test]
    public void The_channels_account_passes()
    {
        var protocol = Some.Protocol with { Channels = new Dictionary<string, ChannelTerms> { ["website"] = new() { IsPublic = true, IsOpen = true, Accounts = ["de wegwijzer"] } } };
        Assert.That(Some.Judge(new NoPersonalDetailsRule(), Some.Saying(TextFindingKind.Handle, "@DeWegwijzer"), protocol), Is.Empty);
    }

    [TestCase(TextFindingKind.Swearing, "Held L3")]
    [TestCase(TextFindingKind.Insult, "Held L4")]
    [TestCase(TextFindingKind.Obscenity, "Held M4")]
    [TestCase(TextFindingKind.Discrimination, "Held L5")]
    [TestCase(TextFindingKind.Surname, "")]
    public void Holds_words_that_hurt(TextFindingKind kind, string expected) => Assert.That(Some.Judge(new RespectfulWordsRule(), Some.Saying(kind)), Is.EqualTo(expected));

    [TestCase(TextFindingKind.AboutAPerson, "Held M5")]
    [TestCase(TextFindingKind.AboutTheSchool, "Held M12")]
    [TestCase(TextFindingKind.Quote, "")]
    public void Holds_what_may_be_confidential(TextFindingKind kind, string expected) => Assert.That(Some.Judge(new NothingConfidentialRule(), Some.Saying(kind)), Is.EqualTo(expected));

    [TestCase(null, "Held M14")]
    [TestCase(PermissionSubject.Work, "Held M14")]
    [TestCase(PermissionSubject.Repost, "Held M14")]
    [TestCase(PermissionSubject.Quote, "")]
    public void A_quotation_needs_a_permission_to_quote(PermissionSubject? subject, string expected)
    {
        var photo = Some.Saying(TextFindingKind.Quote, new string('x', 500));
        photo = photo with { Consent = photo.Consent with { Permission = subject is { } on ? new PermissionOnFile("t1", on, "ouder") : null } };
        Assert.That(Some.Judge(new QuotesHavePermissionRule(), photo), Is.EqualTo(expected));
        Assert.That(new QuotesHavePermissionRule().Judge(photo, Some.Protocol).Select(finding => finding.Reason.Nl.Length), Is.All.LessThan(300), "a long quotation is shown by its beginning");
    }

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
        Assert.That(Some.Judge(new NamesHaveConsentRule(), photo, protocol), Is.EqualTo(expected));
    }
}
