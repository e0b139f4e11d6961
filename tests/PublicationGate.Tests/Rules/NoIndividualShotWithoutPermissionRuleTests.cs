using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class NoIndividualShotWithoutPermissionRuleTests
{
    private static readonly PupilConsent NotAlone = Some.Pupil("p1", ConsentState.Yes, ConsentState.Silent);
    private static readonly PupilConsent NotAloneEither = Some.Pupil("p2", ConsentState.Yes, ConsentState.No);
    private static readonly PhotoFacts Two = Some.Photo.WithPupils(NotAlone, NotAloneEither);
    private readonly NoIndividualShotWithoutPermissionRule rule = new();

    [TestCase("website", "Rejected P4")]
    [TestCase("app", "Rejected V2")]
    public void Rejects_a_pupil_alone_without_permission_on_any_channel(string channel, string expected) =>
        Assert.That(Some.Judge(rule, Some.Photo.WithFaces(1).WithPupils(NotAlone).On(channel)), Is.EqualTo(expected));

    [Test]
    public void Passes_a_pupil_alone_with_permission() => Assert.That(Some.Judge(rule, Some.Photo.WithFaces(1).WithPupils(Some.Pupil("p1"))), Is.Empty);

    [TestCase("website", 1, "Rejected P4")]
    [TestCase("website", 2, "")]
    [TestCase("app", 1, "Rejected V2")]
    [TestCase("newsletter", 1, "", Description = "a channel that allows portraits")]
    public void Rejects_every_pupil_alone_where_the_school_allows_no_portraits(string channel, int faces, string expected)
    {
        var never = Some.Protocol.With("website", terms => terms with { AllowsPortraits = false }).With("app", terms => terms with { AllowsPortraits = false });
        Assert.That(Some.Judge(rule, Some.Photo.WithFaces(faces).On(channel), never), Is.EqualTo(expected));
    }

    [TestCase(0, "")]
    [TestCase(1, "Rejected P4")]
    [TestCase(2, "")]
    public void One_visible_face_of_several_declared_pupils_is_one_alone(int faces, string expected) =>
        Assert.That(Some.Judge(rule, Two.WithFaces(faces)), Is.EqualTo(expected));

    [TestCase(2, 1, "Rejected P4", Description = "a pupil beside a teacher")]
    [TestCase(3, 1, "")]
    [TestCase(1, 1, "Rejected P4", Description = "the one face may be the pupil's, with the teacher's back to the camera")]
    public void An_adults_face_is_no_company(int faces, int adults, string expected) =>
        Assert.That(Some.Judge(rule, Two.WithFaces(faces) with { Declaration = Two.Declaration with { AdultCount = adults } }), Is.EqualTo(expected));

    [Test]
    public void Holds_when_some_have_the_permission_since_nobody_knows_whose_face_it_is() =>
        Assert.That(Some.Judge(rule, Some.Photo.WithFaces(1).WithPupils(NotAlone, Some.Pupil("p2"))), Is.EqualTo("Held P4"));

    [TestCase("individual", "Rejected P4")]
    [TestCase("group", "")]
    [TestCase(null, "")]
    public void The_submitter_may_call_it_individual(string? situation, string expected) =>
        Assert.That(Some.Judge(rule, Two with { Declaration = Two.Declaration with { Situation = situation } }), Is.EqualTo(expected));

    // The other face is 100 x 100; the picture 1000 x 1000, of which 0.02 is 20,000.
    [TestCase(173.2f, 100, "")]
    [TestCase(173.3f, 100, "Rejected P4", Description = "three times the next")]
    [TestCase(100, 10, "", Description = "far larger, but no fair part of the picture")]
    [TestCase(141, 70, "")]
    [TestCase(142, 70, "Rejected P4")]
    public void A_face_that_dominates_is_a_portrait_with_bystanders(float side, float next, string expected)
    {
        var photo = Two with { Faces = new FaceFacts { Sure = [new(0, 0, next, next, 0.9f), new(300, 300, side, side, 0.9f), new(900, 0, 5, 5, 0.9f)] } };
        Assert.That(Some.Judge(rule, photo), Is.EqualTo(expected));
    }

    // Two faces of nearly one size in a protocol of three times as sharp.
    [TestCase(30, 10, "Rejected P4")]
    [TestCase(29, 10, "")]
    [TestCase(1, 0, "Rejected P4", Description = "the other is a smooth plane")]
    [TestCase(0, 0, "", Description = "nothing is in focus")]
    [TestCase(10, 90, "", Description = "the sharp one is not the largest")]
    public void The_largest_face_alone_in_focus_is_a_portrait_with_bystanders(float largest, float other, string expected) =>
        Assert.That(Some.Judge(rule, WithSharpness((0.05f, largest), (0.04f, other))), Is.EqualTo(expected));

    [TestCase(10, 10, "Rejected P4")]
    [TestCase(10, 11, "", Description = "one more in focus is company")]
    public void Every_other_face_is_out_of_focus_when_one_is_alone_in_it(float second, float third, string expected) =>
        Assert.That(Some.Judge(rule, WithSharpness((0.01f, second), (0.05f, 30), (0.01f, third))), Is.EqualTo(expected));

    [TestCase(0)]
    [TestCase(30)]
    public void A_single_face_is_one_alone_however_sharp(float sharpness) =>
        Assert.That(Some.Judge(rule, WithSharpness((0.05f, sharpness))), Is.EqualTo("Rejected P4"));

    [Test]
    public void Passes_adults_alone() => Assert.That(Some.Judge(rule, Some.Photo.WithFaces(1).WithPupils()), Is.Empty);

    private static PhotoFacts WithSharpness(params (float AreaShare, float Sharpness)[] faces)
    {
        var geometry = faces.Select(face => new FaceGeometry(face.AreaShare, TimesNext: null, face.Sharpness, DistanceFromCentre: 0)).ToList();
        return Two with { Faces = Some.FacesOf(faces.Length) with { Geometry = geometry } };
    }
}
