using PublicationGate.Removal.Requests;

namespace PublicationGate.Tests.Removal.Requests;

public class RequestOptionsTests
{
    [TestCase("2026-11-23", "2026-11-26", Description = "Monday")]
    [TestCase("2026-11-26", "2026-12-01", Description = "Thursday: Saturday and Sunday are no school days")]
    [TestCase("2026-11-28", "2026-12-02", Description = "Saturday")]
    public void Weekends_do_not_count(string asked, string by) => Assert.That(new RequestOptions().AnswerBy(DateOnly.Parse(asked)), Is.EqualTo(DateOnly.Parse(by)));

    [TestCase("ouder@voorbeeld.example", true)]
    [TestCase("06 - 12 34 56 78", true)]
    [TestCase("+31 (0)30 123 4567", true)]
    [TestCase("bel me", false)]
    [TestCase("1234", false)]
    [TestCase("Ouder <ouder@voorbeeld.example>", false)]
    [TestCase("a@b.example\r\nBcc: c@d.example", false)]
    [TestCase("", false)]
    public void A_contact_is_an_address_of_mail_or_a_number(string written, bool isKnown) => Assert.That(FamilyContact.IsKnown(written), Is.EqualTo(isKnown));
}
