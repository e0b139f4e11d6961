using PublicationGate.Recordings;
using PublicationGate.Rules;
using PublicationGate.TakenBack;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class TakenBackPicturesStayAwayRuleTests
{
    [TestCase(MatchedBy.Content, "Rejected V2")]
    [TestCase(MatchedBy.Picture, "Rejected V2")]
    [TestCase(MatchedBy.DoubtfulPicture, "Held V2")]
    public void A_picture_that_was_taken_back_stays_away(MatchedBy by, string found) => Assert.That(Judge(new() { Matches = [Match(1, by)] }), Is.EqualTo(found));

    [TestCase("website")]
    [TestCase("app")]
    [TestCase("training")]
    public void On_every_channel(string channel) =>
        Assert.That(Some.Judge(new TakenBackPicturesStayAwayRule(), Some.Photo.On(channel) with { TakenBack = new() { Matches = [Match(1, MatchedBy.Content)] } }), Is.EqualTo("Rejected V2"));

    [Test]
    public void Each_match_is_told() => Assert.That(Judge(new() { Matches = [Match(1, MatchedBy.DoubtfulPicture), Match(2, MatchedBy.Picture)] }), Is.EqualTo("Held V2, Rejected V2"));

    [Test]
    public void A_picture_that_was_not_taken_back_passes() => Assert.That(Judge(new()), Is.Empty);

    [Test]
    public void A_list_that_could_not_be_asked_holds() => Assert.That(Judge(new() { Known = false }), Is.EqualTo("Held V2"));

    [Test]
    public void A_list_that_nobody_asked_holds() => Assert.That(Judge(null), Is.EqualTo("Held V2"));

    private static TakenBackMatch Match(long id, MatchedBy by) => new(id, TakenBackFor.Family, new(2026, 3, 1), by, by == MatchedBy.Content ? null : new(3, 9));

    private static string Judge(TakenBackFacts? facts) => Some.Judge(new TakenBackPicturesStayAwayRule(), Some.Photo with { TakenBack = facts });
}
