using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>
/// One model over one picture: the closer look at crowds. The passes are in <see cref="FaceCounterTests"/>, turned pictures in
/// <see cref="FaceFinderTurnedTests"/>.
/// </summary>
public class FaceFinderTests
{
    private static readonly DetectionPolicy Policy = RealModel.Manifest.Policy with
    {
        Sure = 0.6f,
        Doubtful = 0.3f,
        Passes = [new DetectionPass { LongSide = 400, Enlarge = 2 }],
        Settled = null,
        Escalation = new Escalation { LongSide = 600, Faces = 10, MedianShortSide = 24 },
        Sideways = null,
        Tilted = null,
    };

    private int largerAsked;

    [SetUp]
    public void StartCounting() => largerAsked = 0;

    [TestCase(10, 23, 1)]
    [TestCase(9, 23, 0, Description = "no crowd")]
    [TestCase(10, 24, 0, Description = "no small faces")]
    public void Only_a_crowd_of_small_faces_is_decoded_once_more_and_looked_at_larger(int faces, int side, int closerLooks)
    {
        var detector = FakeDetector.SeesInPhotoOf(400, [.. Crowd(faces, side)]);
        var found = Find(detector, Pictures.Plain(400, 200), larger: longSide => Pictures.Plain(longSide, longSide / 2));
        Assert.That(largerAsked, Is.EqualTo(closerLooks));
        Assert.That(detector.Seen, Is.EqualTo(new[] { (400, 200), (600, 300) }.Take(1 + closerLooks)));
        Assert.That(found.Sure, Has.Count.EqualTo(faces), "the same faces, seen twice, count once");
    }

    [TestCase(13, 0, Description = "26 pixels in the pass, which enlarges")]
    [TestCase(11, 1)]
    public void Faces_are_small_or_not_as_the_largest_pass_sees_them(int side, int closerLooks)
    {
        Find(FakeDetector.SeesInPhotoOf(200, [.. Crowd(10, side)]), Pictures.Plain(200, 100), larger: longSide => Pictures.Plain(longSide, longSide / 2));
        Assert.That(largerAsked, Is.EqualTo(closerLooks));
    }

    [Test]
    public void Half_of_the_faces_decide_whether_they_are_small()
    {
        Find(FakeDetector.SeesInPhotoOf(400, [.. Crowd(5, 20), .. Crowd(6, 30, 100)]), Pictures.Plain(400, 200), larger: _ => null);
        Assert.That(largerAsked, Is.Zero);
        Find(FakeDetector.SeesInPhotoOf(400, [.. Crowd(6, 20), .. Crowd(5, 30, 100)]), Pictures.Plain(400, 200), larger: _ => null);
        Assert.That(largerAsked, Is.EqualTo(1));
    }

    [Test]
    public void Doubtful_faces_make_a_crowd_too()
    {
        Find(FakeDetector.SeesInPhotoOf(400, [.. Crowd(10, 20).Select(face => face with { Score = 0.4f })]), Pictures.Plain(400, 200), larger: _ => null);
        Assert.That(largerAsked, Is.EqualTo(1));
    }

    [Test]
    public void What_the_closer_look_adds_is_in_pixels_of_the_picture()
    {
        var detector = new FakeDetector(image => image.Width == 600 ? [new FaceBox(300, 150, 30, 30, 0.9f)] : [.. Crowd(10, 20)]);
        Assert.That(Find(detector, Pictures.Plain(400, 200), larger: longSide => Pictures.Plain(longSide, longSide / 2)).Sure, Does.Contain(new FaceBox(200, 100, 20, 20, 0.9f)).And.Count.EqualTo(11));
    }

    [Test]
    public void The_larger_picture_is_given_back()
    {
        PixelImage? larger = null;
        Find(FakeDetector.SeesInPhotoOf(400, [.. Crowd(10, 20)]), Pictures.Plain(400, 200), larger: longSide => larger = Pictures.Plain(longSide, longSide / 2));
        Assert.That(larger!.IsClosed);
    }

    [TestCase(4000, 1, 1)]
    [TestCase(400, 1, 0, Description = "the file holds no more pixels than were seen")]
    [TestCase(4000, 2, 0, Description = "an animation")]
    public void A_larger_picture_is_only_asked_for_where_there_is_one(int longSide, int frames, int asked)
    {
        var sizes = new List<int>();
        using var counter = new FaceCounter([new FaceModel(Manifest, FakeDetector.SeesInPhotoOf(400, [.. Crowd(10, 20)]))]);
        counter.Count(new ImageHeader(PublicationGate.Intake.ImageFormat.Jpeg, longSide, longSide / 2, frames, 1), side =>
        {
            sizes.Add(side);
            return Enumerable.Range(0, frames).Select(_ => Pictures.Plain(Math.Min(side, longSide), Math.Min(side, longSide) / 2));
        }, default);
        Assert.That(sizes, Is.EqualTo(new[] { 400, 600 }.Take(1 + asked)));
    }

    private static ModelManifest Manifest => RealModel.Manifest with { Policy = Policy };

    private static IEnumerable<FaceBox> Crowd(int faces, int side, int top = 0) => Enumerable.Range(0, faces).Select(i => new FaceBox(i * 36, top, side, side, 0.9f));

    private FoundFaces Find(FakeDetector detector, PixelImage picture, Func<int, PixelImage?> larger)
    {
        using (picture)
        {
            return new FaceFinder(new FaceModel(Manifest, detector)).Find(picture, mayLieSideways: false, side =>
            {
                largerAsked++;
                return larger(side);
            }, default);
        }
    }
}
