using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

public class LabelledPhotosTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void CreateFolder() => folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Reads_files_counts_and_boxes_beside_the_labels()
    {
        var photos = Read("""
            {
              "note": "counted by hand",
              "images": [
                { "file": "a.jpg", "count": 2, "boxes": [{ "x": 1.5, "y": 2, "width": 3, "height": 4, "by": "hand" }], "year": 1927 },
                { "file": "sub/b.png", "count": 0, "boxes": [] },
                { "file": "c.jpg", "count": 7 }
              ]
            }
            """);
        Assert.That(photos.Select(photo => (photo.Path, photo.Count)), Is.EqualTo(new[] { (folder["a.jpg"], 2), (folder["sub/b.png"], 0), (folder["c.jpg"], 7) }));
        Assert.That(photos.Select(photo => photo.Boxes?.Count), Is.EqualTo(new int?[] { 1, 0, null }));
        Assert.That(photos[0].Boxes!.Single() with { Score = 0 }, Is.EqualTo(new FaceBox(1.5f, 2, 3, 4, 0)));
    }

    [Test]
    public void No_images_are_no_mistake() => Assert.That(Read("""{ "images": [] }"""), Is.Empty);

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{ "images": null }""")]
    [TestCase("""{ "images": [null] }""")]
    [TestCase("""{ "images": [{ "count": 1 }] }""", Description = "no file")]
    [TestCase("""{ "images": [{ "file": "a.jpg" }] }""", Description = "nobody counted: that is not none")]
    [TestCase("""{ "images": [{ "file": "a.jpg", "count": "two" }] }""")]
    [TestCase("""{ "images": [{ "file": "a.jpg", "count": 1, "boxes": [{ "x": "left" }] }] }""")]
    public void What_is_no_labels_file_is_refused_by_name(string json) =>
        Assert.That(Assert.Throws<InputErrorsException>(() => Read(json))!.Errors.Single().In("en"), Does.Contain(folder["labels.json"]));

    [Test]
    public void A_missing_file_is_refused_by_name() =>
        Assert.That(Assert.Throws<InputErrorsException>(() => LabelledPhotos.Read(folder["weg.json"]))!.Errors.Single().In("nl"), Does.Contain("weg.json"));

    [Test]
    public void Every_photo_in_a_folder_holds_as_many_as_is_said()
    {
        folder.Write("a.png", Pictures.PngWithoutPixels(1, 1)).Write("sub/b.png", Pictures.PngWithoutPixels(1, 1));
        var photos = LabelledPhotos.InFolder(folder.Path, 3);
        Assert.That(photos.Select(photo => (Path.GetFileName(photo.Path), photo.Count, photo.Boxes)), Is.EqualTo(new[] { ("a.png", 3, (IReadOnlyList<FaceBox>?)null), ("b.png", 3, null) }));
    }

    [Test]
    public void A_missing_folder_is_refused() => Assert.That(() => LabelledPhotos.InFolder(folder["weg"], 0), Throws.InstanceOf<InputErrorsException>());

    private IReadOnlyList<LabelledPhoto> Read(string json) => LabelledPhotos.Read(folder.Text("labels.json", json)["labels.json"]);
}
