using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class OriginIsTheSchoolsRuleTests
{
    [TestCase("school-camera", "")]
    [TestCase("staff", "")]
    [TestCase("parent", "Held P5")]
    [TestCase("third-party", "Held M7")]
    [TestCase("repost", "Held M14")]
    [TestCase(null, "", Description = "not asked for yet")]
    public void Holds_what_others_made(string? origin, string expected) =>
        Assert.That(Some.Judge(new OriginIsTheSchoolsRule(), Some.Photo with { Declaration = Some.Photo.Declaration with { Origin = origin } }), Is.EqualTo(expected));
}
