using PublicationGate.Faces;
using PublicationGate.Tests.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>The real model on real photographs.</summary>
public class RealFacesTests
{
    /// <summary>Photographs of one person each, in the sample package.</summary>
    internal static readonly string[] Portraits =
        ["team-1", "team-2", "team-3", "team-4", "ivana", "ivana-square", "kal-visuals", "kal-visuals-square", "charles", "brooke", "marie", "jordan", "bruce-mars", "ivancik"];

    [Test]
    public void A_portrait_has_one_face([ValueSource(nameof(Portraits))] string name, [Values("retinaface", "yunet")] string model) =>
        Assert.That(RealModel.Count(TestFiles.Photo(name + ".jpg"), model).Sure, Has.Count.EqualTo(1));

    [TestCase("retinaface")]
    [TestCase("yunet")]
    public void Places_without_people_and_backs_of_heads_have_at_most_one_face_in_all(string model)
    {
        string[] names = ["anastasia", "blog7-1", "blog7-2", "blog7-3", "card-2", "card-3", "nastuh"];
        var seen = names.ToDictionary(name => name, name => RealModel.Count(TestFiles.Photo(name + ".jpg"), model).Sure.Count);
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

    [TestCase("retinaface")]
    [TestCase("yunet")]
    public void Counts_of_labelled_photographs_are_exact_and_boxes_are_where_the_faces_are(string model)
    {
        var photos = LabelledPhotos.Read(TestFiles.Shared("faces/labels.json"));
        var (exact, found) = (0, 0);
        foreach (var photo in photos)
        {
            var sure = RealModel.Count(File.ReadAllBytes(photo.Path), model).Sure;
            exact += sure.Count == photo.Count ? 1 : 0;
            found += photo.Boxes!.Count(label => sure.Any(box => box.Intersection(label) > 0.35 * label.Area));
            if (sure.Count != photo.Count)
            {
                TestContext.Out.WriteLine($"{Path.GetFileName(photo.Path)}: {sure.Count} of {photo.Count}");
            }
        }

        Assert.That((double)exact / photos.Count, Is.AtLeast(0.95));
        Assert.That((double)found / photos.Sum(photo => photo.Count), Is.AtLeast(0.98));
    }
}
