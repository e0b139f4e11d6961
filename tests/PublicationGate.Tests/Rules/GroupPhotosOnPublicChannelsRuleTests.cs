using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class GroupPhotosOnPublicChannelsRuleTests
{
    private static readonly PupilConsent NotAlone = Some.Pupil("p1", ConsentState.Yes, ConsentState.Silent);
    private static readonly PhotoFacts Photo = Some.Photo.WithPupils(NotAlone, Some.Pupil("p2"));
    private readonly GroupPhotosOnPublicChannelsRule rule = new();

    [TestCase(2, 1, "Rejected P4")]
    [TestCase(2, 2, "")]
    [TestCase(3, 2, "Rejected P4")]
    [TestCase(3, 3, "")]
    [TestCase(2, 0, "", Description = "held as unknown by another rule")]
    public void A_public_channel_needs_the_minimum_of_visible_pupils(int minimum, int faces, string expected) =>
        Assert.That(Some.Judge(rule, Photo.WithFaces(faces), Some.Protocol with { MinimumGroup = minimum }), Is.EqualTo(expected));

    [TestCase("app", "")]
    [TestCase("newsletter", "")]
    [TestCase("school-guide", "Rejected P4")]
    [TestCase("instagram", "Rejected P4")]
    public void Closed_channels_need_no_group(string channel, string expected) => Assert.That(Some.Judge(rule, Photo.WithFaces(1).On(channel)), Is.EqualTo(expected));

    [TestCase(2, 1, "Rejected P4")]
    [TestCase(3, 1, "")]
    [TestCase(3, 2, "Rejected P4")]
    public void Faces_of_adults_make_no_group_of_pupils(int faces, int adults, string expected) =>
        Assert.That(Some.Judge(rule, Photo.WithFaces(faces) with { Declaration = Photo.Declaration with { AdultCount = adults } }), Is.EqualTo(expected));

    [TestCase("website", 3, "Rejected P4")]
    [TestCase("website", 4, "")]
    [TestCase("school-guide", 3, "", Description = "the protocol's own minimum is 2")]
    [TestCase("app", 4, "Rejected P4", Description = "closed, with a minimum of its own")]
    [TestCase("app", 5, "")]
    [TestCase("newsletter", 1, "", Description = "closed, without")]
    public void A_channel_may_have_a_minimum_of_its_own(string channel, int faces, string expected)
    {
        var protocol = Some.Protocol.With("website", terms => terms with { MinimumGroup = 4 }).With("app", terms => terms with { MinimumGroup = 5 });
        Assert.That(Some.Judge(rule, Photo.WithFaces(faces).On(channel), protocol), Is.EqualTo(expected));
    }

    [Test]
    public void Permission_to_be_shown_alone_is_no_way_around_where_no_portraits_are_allowed() =>
        Assert.That(Some.Judge(rule, Some.Photo.WithFaces(1), Some.Protocol.With("website", terms => terms with { AllowsPortraits = false })), Is.EqualTo("Rejected P4"));

    [Test]
    public void Passes_when_each_pupil_may_be_shown_alone() => Assert.That(Some.Judge(rule, Some.Photo.WithFaces(1)), Is.Empty);

    [Test]
    public void Passes_a_photo_of_adults_alone() =>
        Assert.That(Some.Judge(rule, Some.Photo.WithFaces(1) with { Consent = new ConsentFacts { Adults = [Some.Adult("s1")] } }), Is.Empty);
}
