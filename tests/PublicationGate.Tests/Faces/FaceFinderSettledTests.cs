using PublicationGate.Faces;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>A small photo is only enlarged when its own size leaves a question.</summary>
public class FaceFinderSettledTests
{
    private const string OwnSize = "100x50 200x100";
    private const string Enlarged = OwnSize + " 400x200";

    private static readonly ModelManifest Manifest = RealModel.Manifest with
    {
        Policy = RealModel.Manifest.Policy with
        {
            Sure = 0.6f,
            Doubtful = 0.3f,
            Passes = [new DetectionPass { LongSide = 100, SmallestShortSide = 10 }, new DetectionPass { LongSide = 1280, Enlarge = 2 }],
            Settled = new SettledPolicy { LongSide = 200, Sure = 0.8f, Doubtful = 0.1f, Faces = 2, ShortSide = 24 },
            Escalation = null,
            Sideways = null,
            Tilted = null,
        },
    };

    private static readonly FaceBox Clear = new(10, 10, 24, 30, 0.8f);

    [TestCase(200, OwnSize)]
    [TestCase(202, "100x50 404x202", Description = "not small")]
    [TestCase(80, "80x40 80x40", Description = "smaller than any pass")]
    public void A_small_photo_with_one_clear_face_is_not_enlarged(int width, string sizes) => Assert.That(Sizes(width, Clear), Is.EqualTo(sizes));

    [TestCase(0, Enlarged, Description = "nobody is believed only after a closer look")]
    [TestCase(1, OwnSize)]
    [TestCase(2, OwnSize)]
    [TestCase(3, Enlarged, Description = "a crowd")]
    public void The_number_of_faces_decides(int faces, string sizes) =>
        Assert.That(Sizes(200, [.. Enumerable.Range(0, faces).Select(i => Clear with { X = i * 50 })]), Is.EqualTo(sizes));

    [TestCase(0.79f, Enlarged)]
    [TestCase(0.1f, Enlarged)]
    [TestCase(0.09f, OwnSize)]
    public void A_face_that_is_not_clear_is_looked_at_enlarged(float score, string sizes) =>
        Assert.That(Sizes(200, Clear, Clear with { X = 100, Score = score }), Is.EqualTo(sizes));

    [Test]
    public void A_small_face_is_looked_at_enlarged() => Assert.That(Sizes(200, Clear, new FaceBox(100, 10, 23, 40, 0.9f)), Is.EqualTo(Enlarged));

    [Test]
    public void What_is_found_is_what_the_passes_found()
    {
        Assert.That(Find(FakeDetector.SeesInPhotoOf(200, Clear)).Sure, Is.EqualTo(new[] { Clear }));
        // Only enlarged, a second face is seen; what was unlikely in its own size is left out.
        var detector = new FakeDetector(image => image.Width == 400 ? [Clear.Scaled(2), new FaceBox(200, 20, 40, 40, 0.7f)] : [Clear with { Score = 0.2f }]);
        var found = Find(detector);
        Assert.That(found.Sure, Is.EquivalentTo(new[] { Clear, new FaceBox(100, 10, 20, 20, 0.7f) }));
        Assert.That(found.Doubtful, Is.Empty);
    }

    /// <summary>Over all photographs at hand, made small: what leaves out the enlarged look counts what the enlarged look counts.</summary>
    [Test]
    public void A_settled_photo_counts_as_if_it_had_been_enlarged([Values("retinaface", "yunet")] string model)
    {
        var real = RealModel.Named(model);
        var settling = new FaceFinder(real);
        var enlarging = new FaceFinder(real with { Manifest = real.Manifest with { Policy = real.Manifest.Policy with { Settled = null } } });
        var photos = LabelledPhotos.Read(TestFiles.Shared("faces/labels.json")).Select(photo => photo.Path)
            .Concat(RealFacesTests.Portraits.Select(name => TestFiles.InRepository($"node_modules/soft-ui-design-system/assets/img/{name}.jpg")));
        var different = new List<string>();
        foreach (var path in photos)
        {
            foreach (var longSide in new[] { 800, 640, 320 })
            {
                using var small = Edits.Open(File.ReadAllBytes(path), longSide);
                var (settled, enlarged) = (Count(settling), Count(enlarging));
                if (settled != enlarged)
                {
                    different.Add($"{Path.GetFileName(path)} at {longSide}: {settled}, enlarged {enlarged}");
                }

                int Count(FaceFinder finder) => finder.Find(small, mayLieSideways: false, _ => null, default).Sure.Count;
            }
        }

        Assert.That(different, Is.Empty);
    }

    private static string Sizes(int width, params FaceBox[] faces)
    {
        var detector = FakeDetector.SeesInPhotoOf(width, faces);
        Find(detector, width);
        return string.Join(' ', detector.Seen.Select(seen => $"{seen.Width}x{seen.Height}"));
    }

    private static FoundFaces Find(FakeDetector detector, int width = 200)
    {
        using var picture = Pictures.Plain(width, width / 2);
        return new FaceFinder(new FaceModel(Manifest, detector)).Find(picture, mayLieSideways: false, _ => null, default);
    }
}
