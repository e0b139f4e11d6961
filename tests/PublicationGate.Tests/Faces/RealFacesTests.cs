using System.Text.Json;
using PublicationGate.Tests.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>The real model on real photographs.</summary>
public class RealFacesTests
{
    [TestCase("team-1")]
    [TestCase("team-2")]
    [TestCase("team-3")]
    [TestCase("team-4")]
    [TestCase("ivana")]
    [TestCase("ivana-square")]
    [TestCase("kal-visuals")]
    [TestCase("kal-visuals-square")]
    [TestCase("charles")]
    [TestCase("brooke")]
    [TestCase("marie")]
    [TestCase("jordan")]
    [TestCase("bruce-mars")]
    [TestCase("ivancik")]
    public void A_portrait_has_one_face(string name) => Assert.That(RealModel.Count(TestFiles.Photo(name + ".jpg")).Sure, Has.Count.EqualTo(1));

    [Test]
    public void Places_without_people_and_backs_of_heads_have_at_most_one_face_in_all()
    {
        string[] names = ["anastasia", "blog7-1", "blog7-2", "blog7-3", "card-2", "card-3", "nastuh"];
        var seen = names.ToDictionary(name => name, name => RealModel.Count(TestFiles.Photo(name + ".jpg")).Sure.Count);
        Assert.That(seen.Values.Sum(), Is.AtMost(1), string.Join(", ", seen));
    }

    [Test]
    public void Nothing_is_seen_in_a_plain_picture() =>
        Assert.That(RealModel.Count(Pictures.Png(64, 64, Pictures.Grey, 8, [.. Enumerable.Repeat((byte)90, 64 * 64)])), Has.Property("Sure").Empty.And.Property("Doubtful").Empty);

    [Test]
    public void A_photo_stored_in_any_of_eight_ways_shows_the_same_face([Range(1, 8)] int orientation)
    {
        var upright = RealModel.Count(TestFiles.Photo("team-2.jpg")).Sure.Single();
        var face = RealModel.Count(OrientationTests.StoredFor(orientation)).Sure.Single();
        Assert.That(upright.Intersection(face), Is.GreaterThan(0.9 * Math.Max(upright.Area, face.Area)));
    }

    [Test]
    public void Counts_of_labelled_photographs_are_exact_and_boxes_are_where_the_faces_are()
    {
        var labels = JsonSerializer.Deserialize<Labels>(File.ReadAllText(TestFiles.Shared("faces/labels.json")), JsonSerializerOptions.Web)!;
        var (exact, found) = (0, 0);
        foreach (var photo in labels.Images)
        {
            var sure = RealModel.Count(File.ReadAllBytes(TestFiles.Shared("faces/" + photo.File))).Sure;
            exact += sure.Count == photo.Count ? 1 : 0;
            found += photo.Boxes.Count(label => sure.Any(box => box.Intersection(new(label.X, label.Y, label.Width, label.Height, 1)) > 0.35 * label.Width * label.Height));
            TestContext.Out.WriteLine($"{photo.File}: {sure.Count} of {photo.Count}");
        }

        Assert.That((double)exact / labels.Images.Count, Is.AtLeast(0.95));
        Assert.That((double)found / labels.Images.Sum(photo => photo.Boxes.Count), Is.AtLeast(0.98));
    }

    private sealed record Labels(IReadOnlyList<Photo> Images);

    private sealed record Photo(string File, int Count, IReadOnlyList<Label> Boxes);

    private sealed record Label(float X, float Y, float Width, float Height);
}
