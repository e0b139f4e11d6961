using PublicationGate.Consent;
using PublicationGate.Imaging;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class OriginIsTheSchoolsRuleTests
{
    private static readonly Protocol WithCamera = Some.Protocol with { Cameras = [new("Canon", "EOS 90D", "12345", null), new(null, null, null, "Schoolcamera")] };
    private readonly OriginIsTheSchoolsRule rule = new();

    [TestCase("school-camera", "")]
    [TestCase("staff", "")]
    [TestCase("third-party", "Held M7")]
    [TestCase("repost", "Held M14")]
    [TestCase(null, "", Description = "a school without registered cameras cannot tell")]
    public void Holds_what_others_made(string? origin, string expected) => Assert.That(Some.Judge(rule, From(origin)), Is.EqualTo(expected));

    [TestCase(1, 1, "website", "Held P5")]
    [TestCase(2, 1, "website", "Rejected P5")]
    [TestCase(1, 2, "website", "Rejected P5")]
    [TestCase(0, 0, "website", "Held P5", Description = "nobody knows who is in it")]
    [TestCase(2, 2, "app", "Held P5")]
    public void A_parents_photo_shows_only_its_own_child(int pupils, int faces, string channel, string expected)
    {
        var photo = From("parent").WithFaces(faces).WithPupils([.. Enumerable.Range(0, pupils).Select(i => Some.Pupil($"p{i}"))]).On(channel);
        Assert.That(Some.Judge(rule, photo), Is.EqualTo(expected));
    }

    [TestCase("third-party", PermissionSubject.Work, "")]
    [TestCase("third-party", PermissionSubject.Repost, "Held M7")]
    [TestCase("repost", PermissionSubject.Repost, "")]
    [TestCase("repost", PermissionSubject.Quote, "Held M14")]
    [TestCase("parent", PermissionSubject.Work, "Rejected P5", Description = "no permission of a maker speaks for other children")]
    public void Passes_with_the_permission_that_is_about_it(string origin, PermissionSubject subject, string expected)
    {
        var photo = From(origin);
        Assert.That(Some.Judge(rule, photo with { Consent = photo.Consent with { Permission = new("t1", subject, "Proef") } }), Is.EqualTo(expected));
    }

    [TestCase("school-camera", "canon", "EOS 90D", "12345", "")]
    [TestCase("school-camera", "Canon", "EOS 90D", "99999", "Held P5")]
    [TestCase("school-camera", "Canon", "EOS 90D", null, "Held P5", Description = "the number that is registered is missing")]
    [TestCase("school-camera", "Apple", "iPhone 15", null, "Held P5")]
    [TestCase("school-camera", null, null, null, "", Description = "a file without metadata contradicts nothing")]
    [TestCase("staff", "Apple", "iPhone 15", null, "")]
    [TestCase(null, "Canon", "EOS 90D", "12345", "")]
    [TestCase(null, "Apple", "iPhone 15", null, "Held P5")]
    [TestCase(null, null, null, null, "Held P5")]
    public void Holds_what_is_said_of_the_school_camera_against_the_file(string? origin, string? make, string? model, string? serial, string expected)
    {
        var photo = From(origin) with { Metadata = new() { Camera = make is null ? null : new CameraIdentity(make, model, serial) } };
        Assert.That(Some.Judge(rule, photo, WithCamera), Is.EqualTo(expected));
    }

    [TestCase("website", "Held P5")]
    [TestCase("app", "")]
    public void Only_a_public_channel_asks_where_a_photo_comes_from(string channel, string expected) => Assert.That(Some.Judge(rule, From(null).On(channel), WithCamera), Is.EqualTo(expected));

    [TestCase("schoolcamera", "")]
    [TestCase("WhatsApp", "Held P5")]
    public void The_folder_may_tell(string folder, string expected) =>
        Assert.That(Some.Judge(rule, From(null) with { FolderName = folder, Metadata = new() { Camera = new("Apple", "iPhone 15", null) } }, WithCamera), Is.EqualTo(expected));

    [Test]
    public void A_camera_without_any_mark_is_no_photos_camera() => Assert.That(Some.Judge(rule, From(null), Some.Protocol with { Cameras = [new(null, null, null, null)] }), Is.EqualTo("Held P5"));

    private static PhotoFacts From(string? origin) => Some.Photo with { Declaration = Some.Photo.Declaration with { Origin = origin } };
}
