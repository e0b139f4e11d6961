using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class LogoIsAsDesignedRuleTests
{
    [TestCase(false, "", "")]
    [TestCase(false, "M15", "")]
    [TestCase(true, "", "Held M15")]
    [TestCase(true, "M6", "Held M15")]
    [TestCase(true, "M6 M15", "")]
    public void A_logo_that_is_shown_is_confirmed_or_a_person_looks(bool logo, string confirms, string expected)
    {
        var photo = Some.Photo with { Declaration = Some.Photo.Declaration with { Logo = logo, Confirms = confirms.Length == 0 ? null : confirms.Split(' ') } };
        Assert.That(Some.Judge(new LogoIsAsDesignedRule(), photo), Is.EqualTo(expected));
    }
}
