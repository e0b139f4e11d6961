using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>One model over one picture: the closer look at crowds, and turned pictures. The passes are in <see cref="FaceCounterTests"/>.</summary>
public class FaceFinderTests
{
    private static readonly DetectionPolicy Policy = RealModel.Manifest.Policy with
    {
        Sure = 0.6f,
        Doubtful = 0.3f,
        Passes = [new DetectionPass { LongSide = 400, Enlarge = 2 }],
        Escalation = new Escalation { LongSide = 600, Faces = 10, MedianShortSide = 24 },
        Sideways = new SidewaysPolicy { LongSide = 200, Sure = 0.9f, Doubtful = 0.7f },
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

    [TestCase(0f, true, 4, Description = "upright, and three turns")]
    [TestCase(0.59f, true, 4, Description = "a doubt upright is no face")]
    [TestCase(0.6f, true, 1)]
    [TestCase(0f, false, 1, Description = "the photo says which side is up")]
    public void Is_turned_only_when_nothing_says_which_side_is_up_and_no_face_is_sure(float upright, bool mayLieSideways, int looks)
    {
        var detector = FakeDetector.Sees(new FaceBox(10, 10, 20, 20, upright));
        Find(detector, Pictures.Plain(400, 200), mayLieSideways);
        Assert.That(detector.Seen, Is.EqualTo(new[] { (400, 200), (100, 200), (200, 100), (100, 200) }.Take(looks)));
    }

    [Test]
    public void Is_never_turned_without_a_policy_for_it()
    {
        var detector = FakeDetector.Sees();
        using var picture = Pictures.Plain(400, 200);
        new FaceFinder(new FaceModel(Manifest with { Policy = Policy with { Sideways = null } }, detector)).Find(picture, true, _ => null, default);
        Assert.That(detector.Seen, Has.Count.EqualTo(1));
    }

    [TestCase(1, null)]
    [TestCase(2, null)]
    [TestCase(3, null)]
    [TestCase(1, 6)]
    public void The_header_says_whether_a_photo_may_lie_sideways(int turn, int? orientation)
    {
        var detector = FakeDetector.Sees();
        using var counter = new FaceCounter([new FaceModel(Manifest, detector)]);
        counter.Count(new ImageHeader(PublicationGate.Intake.ImageFormat.Jpeg, 400, 200, 1, orientation), _ => [Pictures.Plain(400, 200)], default);
        Assert.That(detector.Seen, orientation is null ? Has.Count.GreaterThan(turn) : Has.Count.EqualTo(1));
    }

    /// <summary>A white patch is the face, seen in one of the turned pictures only: it must come back to where it is.</summary>
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void A_face_in_a_turned_picture_is_told_where_it_is_upright(int turn)
    {
        var looks = 0;
        var detector = new FakeDetector(image => looks++ == turn ? [Patch(image)] : []);
        using var picture = Pictures.Plain(200, 120);
        for (var at = 0; at < 30 * 15; at++)
        {
            picture.Set(10 + (at % 30), 20 + (at / 30), 255, 255, 255);
        }

        Assert.That(Find(detector, picture, mayLieSideways: true, oneToOne: true).Sure, Is.EqualTo(new[] { new FaceBox(10, 20, 30, 15, 0.95f) }));
    }

    [TestCase(0.69f, 0, 0)]
    [TestCase(0.7f, 0, 1)]
    [TestCase(0.89f, 0, 1)]
    [TestCase(0.9f, 1, 0)]
    public void A_face_in_a_turned_picture_needs_a_higher_score(float score, int sure, int doubtful)
    {
        var looks = 0;
        var found = Find(new FakeDetector(_ => looks++ == 1 ? [new FaceBox(10, 10, 20, 20, score)] : []), Pictures.Plain(200, 100), mayLieSideways: true);
        Assert.That((found.Sure.Count, found.Doubtful.Count), Is.EqualTo((sure, doubtful)));
    }

    [Test]
    public void Of_the_turned_pictures_the_one_with_most_faces_counts_and_every_doubt_elsewhere_stays()
    {
        var looks = 0;
        var found = Find(new FakeDetector(_ => looks++ switch
        {
            0 => [new(380, 180, 10, 10, 0.4f)],
            1 => [new(10, 10, 20, 20, 0.95f)],
            2 => [new(10, 10, 20, 20, 0.95f), new(60, 10, 20, 20, 0.95f)],
            _ => [new(20, 150, 20, 20, 0.75f)],
        }), Pictures.Plain(400, 200), mayLieSideways: true);
        Assert.That(found.Sure, Has.Count.EqualTo(2));
        Assert.That(found.Doubtful, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_doubt_where_a_turned_picture_is_sure_is_settled()
    {
        var looks = 0;
        // Turned by half, the patch at the left is at the right.
        var found = Find(new FakeDetector(_ => looks++ switch { 0 => [new(10, 10, 20, 20, 0.4f)], 2 => [new(170, 70, 20, 20, 0.95f)], _ => [] }), Pictures.Plain(200, 100), mayLieSideways: true, oneToOne: true);
        Assert.That((found.Sure.Count, found.Doubtful.Count), Is.EqualTo((1, 0)));
    }

    private static ModelManifest Manifest => RealModel.Manifest with { Policy = Policy };

    private static IEnumerable<FaceBox> Crowd(int faces, int side, int top = 0) => Enumerable.Range(0, faces).Select(i => new FaceBox(i * 36, top, side, side, 0.9f));

    private FoundFaces Find(FakeDetector detector, PixelImage picture, bool mayLieSideways = false, Func<int, PixelImage?>? larger = null, bool oneToOne = false)
    {
        using (picture)
        {
            var policy = oneToOne ? Policy with { Passes = [new DetectionPass { LongSide = 200 }] } : Policy;
            return new FaceFinder(new FaceModel(Manifest with { Policy = policy }, detector)).Find(picture, mayLieSideways, side =>
            {
                largerAsked++;
                return larger?.Invoke(side);
            }, default);
        }
    }

    private static FaceBox Patch(PixelImage image)
    {
        var white = Enumerable.Range(0, image.Width * image.Height).Where(at => image.Bytes[at * 3] == 255).Select(at => (X: at % image.Width, Y: at / image.Width)).ToList();
        var (left, top) = (white.Min(at => at.X), white.Min(at => at.Y));
        return new FaceBox(left, top, white.Max(at => at.X) - left + 1, white.Max(at => at.Y) - top + 1, 0.95f);
    }
}
