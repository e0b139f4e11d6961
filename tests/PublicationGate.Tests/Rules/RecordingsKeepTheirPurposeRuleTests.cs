using PublicationGate.Recordings;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class RecordingsKeepTheirPurposeRuleTests
{
    private static readonly RecordingMatch Match = new() { Id = 7, Purpose = RecordingPurpose.Training, By = MatchedBy.Content, ParentsWereTold = true, IsOverdue = false, IsDestroyed = false };

    [Test]
    public void A_photo_that_is_no_recording_is_fine() => Assert.That(Judge(), Is.Empty);

    [TestCase(RecordingPurpose.Training, "training", "")]
    [TestCase(RecordingPurpose.PupilHelp, "pupil-help", "")]
    [TestCase(RecordingPurpose.Training, "pupil-help", "Rejected V3")]
    [TestCase(RecordingPurpose.PupilHelp, "training", "Rejected V4")]
    [TestCase(RecordingPurpose.Training, "website", "Rejected V3")]
    [TestCase(RecordingPurpose.Training, "information-evening", "Rejected V3")]
    [TestCase(RecordingPurpose.PupilHelp, "app", "Rejected V4")]
    public void A_recording_is_for_its_own_channel_only(RecordingPurpose purpose, string channel, string expected) =>
        Assert.Multiple(() =>
        {
            Assert.That(Judge(channel, Match with { Purpose = purpose }), Is.EqualTo(expected));
            Assert.That(Judge(channel, Match with { Purpose = purpose, By = MatchedBy.Picture }), Is.EqualTo(expected));
        });

    [TestCase("website", "Held V3")]
    [TestCase("training", "")]
    public void What_may_be_a_copy_is_held_elsewhere(string channel, string expected) =>
        Assert.That(Judge(channel, Match with { By = MatchedBy.DoubtfulPicture }), Is.EqualTo(expected));

    [TestCase(MatchedBy.Content, "website", "Rejected V3")]
    [TestCase(MatchedBy.Content, "training", "Rejected V3")]
    [TestCase(MatchedBy.Picture, "training", "Rejected V3")]
    [TestCase(MatchedBy.DoubtfulPicture, "training", "Held V3")]
    public void What_was_destroyed_may_be_nowhere(MatchedBy by, string channel, string expected) =>
        Assert.That(Judge(channel, Match with { By = by, IsDestroyed = true, IsOverdue = true }), Is.EqualTo(expected));

    [Test]
    public void Its_own_channel_waits_until_the_parents_were_told() => Assert.That(Judge("training", Match with { ParentsWereTold = false }), Is.EqualTo("Held V3"));

    [Test]
    public void Its_own_channel_is_held_once_it_should_have_been_destroyed() => Assert.That(Judge("training", Match with { IsOverdue = true }), Is.EqualTo("Held V3"));

    [Test]
    public void A_register_that_cannot_be_read_holds() =>
        Assert.That(Some.Judge(new RecordingsKeepTheirPurposeRule(), Some.Photo with { Recordings = new() { Known = false } }), Is.EqualTo("Held V3"));

    [Test]
    public void Facts_that_say_nothing_of_recordings_are_unknown() =>
        Assert.That(new PhotoFacts { FileName = "a", ContentSha256 = null, Declaration = Some.Photo.Declaration }.Recordings.Known, Is.False);

    [Test]
    public void Each_recording_that_it_may_be_counts() =>
        Assert.That(Judge("training", Match, Match with { Id = 8, Purpose = RecordingPurpose.PupilHelp, By = MatchedBy.DoubtfulPicture }), Is.EqualTo("Held V4"));

    private static string Judge(string channel = "website", params RecordingMatch[] matches) =>
        Some.Judge(new RecordingsKeepTheirPurposeRule(), Some.Photo.On(channel) with { Recordings = new() { Matches = matches } });
}
