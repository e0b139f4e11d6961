using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class ConsentIsOnFileRuleTests
{
    private readonly ConsentIsOnFileRule rule = new();

    [TestCase(ConsentState.Yes, "")]
    [TestCase(ConsentState.No, "Rejected P2")]
    [TestCase(ConsentState.Silent, "Rejected P2", Description = "silence is no")]
    public void In_a_group_photo_each_pupils_group_answer_counts(ConsentState answer, string expected) =>
        Assert.That(Some.Judge(rule, Some.Photo.WithPupils(Some.Pupil("p1"), Some.Pupil("p2", answer))), Is.EqualTo(expected));

    [TestCase(ConsentState.Yes, ConsentState.Yes, "")]
    [TestCase(ConsentState.No, ConsentState.Yes, "", Description = "who may be shown alone may be shown")]
    [TestCase(ConsentState.Yes, ConsentState.No, "Rejected P2")]
    [TestCase(ConsentState.Yes, ConsentState.Silent, "", Description = "another rule's question")]
    [TestCase(ConsentState.No, ConsentState.Silent, "Rejected P2")]
    [TestCase(ConsentState.Silent, ConsentState.Silent, "Rejected P2")]
    public void In_a_shot_of_one_pupil_the_individual_answer_goes_first(ConsentState inGroup, ConsentState individually, string expected) =>
        Assert.That(Some.Judge(rule, Some.Photo.WithFaces(1).WithPupils(Some.Pupil("p1", inGroup, individually))), Is.EqualTo(expected));

    [Test]
    public void Calling_a_photo_of_several_individual_takes_no_guardians_no_away()
    {
        var photo = Some.Photo.WithPupils(Some.Pupil("p1"), Some.Pupil("p2", ConsentState.No, ConsentState.Yes));
        Assert.That(Some.Judge(rule, photo with { Declaration = photo.Declaration with { Situation = "individual" } }), Is.EqualTo("Rejected P2"));
    }

    [TestCase(ConsentState.No, null, "a 'no' is on file")]
    [TestCase(ConsentState.Silent, null, "silence is no")]
    [TestCase(ConsentState.Silent, SilenceCause.NeverAnswered, "silence is no")]
    [TestCase(ConsentState.Silent, SilenceCause.RanOut, "has run out")]
    [TestCase(ConsentState.Silent, SilenceCause.TextChanged, "another text")]
    [TestCase(ConsentState.Silent, SilenceCause.PupilDecides, "is 16 and decides now")]
    public void Says_why_there_is_no_yes(ConsentState state, SilenceCause? cause, string saying) =>
        Assert.That(Reason(Some.Photo.WithPupils(Some.Pupil("p1"), Some.Pupil("p2", state) with { InGroupPhotoCause = cause })), Does.Contain(saying).And.Contain("the website"));

    [Test]
    public void Offers_ways_out_that_are_ways_for_this_pupil()
    {
        var pupil = Some.Pupil("p2", ConsentState.No, ConsentState.No) with { OtherChannels = ["app", "newsletter"], OtherChannelsAlone = ["website-closed"] };
        Assert.That(Reason(Some.Photo.WithPupils(Some.Pupil("p1"), pupil)), Does.Contain("a photo without Noorp2").And.Contain("unrecognisable").And.Contain("a yes is on file: the parents' app, the newsletter."));
        Assert.That(Reason(Some.Photo.WithFaces(1).WithPupils(pupil)), Does.Contain("a yes is on file: the closed part of the website."), "shown alone, there must be a yes to that");
        Assert.That(Reason(Some.Photo.WithPupils(Some.Pupil("p1"), Some.Pupil("p2", ConsentState.No))), Does.EndWith("Choose a photo without Noorp2 or make Noorp2 unrecognisable."));
    }

    [Test]
    public void Names_every_pupil_without_consent() =>
        Assert.That(Some.Judge(rule, Some.Photo.WithPupils(Some.Pupil("p1", ConsentState.No), Some.Pupil("p2", ConsentState.Silent))), Is.EqualTo("Rejected P2, Rejected P2"));

    [Test]
    public void Permission_to_be_shown_alone_is_no_consent_to_a_group_photo() =>
        Assert.That(Some.Judge(rule, Some.Photo.WithPupils(Some.Pupil("p1"), Some.Pupil("p2", ConsentState.Silent, ConsentState.Yes))), Is.EqualTo("Rejected P2"));

    [TestCase(ConsentState.Yes, "")]
    [TestCase(ConsentState.Silent, "Held C2")]
    [TestCase(ConsentState.No, "Rejected C2")]
    public void An_adult_needs_a_permission_on_file(ConsentState permission, string expected) =>
        Assert.That(Some.Judge(rule, Some.Photo with { Consent = Some.Photo.Consent with { Adults = [Some.Adult("s1", permission)] } }), Is.EqualTo(expected));

    private string Reason(PhotoFacts photo) => rule.Judge(photo, Some.Protocol).Single().Reason.En;
}
