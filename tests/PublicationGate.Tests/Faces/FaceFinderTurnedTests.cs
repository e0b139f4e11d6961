using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>One model over a picture that may lie on its side. A red corner tells the detector which turn it is looking at.</summary>
public class FaceFinderTurnedTests
{
    private const int Width = 400, Height = 200;

    private static readonly DetectionPolicy Policy = RealModel.Manifest.Policy with
    {
        Sure = 0.6f,
        Doubtful = 0.3f,
        Passes = [new DetectionPass { LongSide = Width }],
        Escalation = null,
        Settled = null,
        Tilted = null,
        Sideways = new SidewaysPolicy { LongSide = 200, Sure = 0.9f, Doubtful = 0.7f },
    };

    // Four places that share nothing.
    private static readonly FaceBox A = new(60, 20, 40, 30, 0), B = new(160, 20, 40, 30, 0), C = new(260, 20, 40, 30, 0), D = new(260, 120, 40, 30, 0);

    private readonly HashSet<int> turnsSeen = [];

    [SetUp]
    public void ForgetTurns() => turnsSeen.Clear();

    [TestCase(0, 0, true, true)]
    [TestCase(0, 1, true, true, Description = "a doubt is no face")]
    [TestCase(1, 0, true, false)]
    [TestCase(2, 1, true, true, Description = "half as many doubts as faces")]
    [TestCase(3, 1, true, false)]
    [TestCase(0, 0, false, false, Description = "the photo says which side is up")]
    [TestCase(2, 1, false, false)]
    public void Is_turned_only_when_nothing_says_which_side_is_up_and_upright_leaves_doubt(int sure, int doubtful, bool mayLieSideways, bool isTurned)
    {
        FaceBox[] places = [A, B, C, D];
        FaceBox[] upright = [.. places.Take(sure).Select(face => face with { Score = 0.6f }), .. places.Skip(sure).Take(doubtful).Select(face => face with { Score = 0.59f })];
        var found = Find(Sees((turn, _) => turn == 0 ? upright : []), mayLieSideways);
        Assert.That(turnsSeen, Is.EquivalentTo(isTurned ? new[] { 0, 90, 180, 270 } : [0]));
        Assert.That((found.Sure.Count, found.Doubtful.Count), Is.EqualTo((sure, doubtful)), "what upright shows stays");
    }

    [TestCase(400, 200, 100)]
    [TestCase(150, 150, 100, Description = "never enlarged")]
    public void Each_turn_is_looked_at_in_two_sizes(int longSide, int large, int small)
    {
        var detector = FakeDetector.Sees();
        using var picture = Marked(longSide, longSide);
        Find(detector, picture);
        Assert.That(detector.Seen.Select(seen => seen.Width), Is.EqualTo(new[] { longSide }.Concat(Enumerable.Repeat(new[] { large, small }, 3).SelectMany(sizes => sizes))));
    }

    [Test]
    public void Is_never_turned_without_a_policy_for_it()
    {
        using var picture = Marked(Width, Height);
        new FaceFinder(new FaceModel(Manifest with { Policy = Policy with { Sideways = null } }, Sees((_, _) => []))).Find(picture, true, _ => null, default);
        Assert.That(turnsSeen, Is.EqualTo(new[] { 0 }));
    }

    [TestCase(null, 4)]
    [TestCase(1, 1)]
    [TestCase(6, 1)]
    public void The_header_says_whether_a_photo_may_lie_sideways(int? orientation, int turns)
    {
        using var counter = new FaceCounter([new FaceModel(Manifest, Sees((_, _) => []))]);
        counter.Count(new ImageHeader(ImageFormat.Jpeg, Width, Height, 1, orientation), _ => [Marked(Width, Height)], default);
        Assert.That(turnsSeen, Has.Count.EqualTo(turns));
    }

    /// <summary>A white patch is the face, seen in one of the turns only: it must come back to where it is.</summary>
    [Test]
    public void A_face_in_a_turn_is_told_where_it_is_upright([Values(90, 180, 270)] int angle)
    {
        using var picture = Marked(Width, Height);
        Paint(picture, new FaceBox(70, 20, 60, 30, 0), green: 255);
        var found = Find(new FakeDetector(image => TurnOf(image) == angle ? [Patch(image)] : []), picture);
        Assert.That(found.Sure, Is.EqualTo(new[] { new FaceBox(70, 20, 60, 30, 0.95f) }));
    }

    [Test]
    public void A_doubt_in_a_turn_is_told_where_it_is_upright([Values(90, 180, 270)] int angle)
    {
        var doubt = A with { Score = 0.8f };
        Assert.That(Find(Sees((turn, _) => turn == angle ? [doubt] : [])).Doubtful, Is.EqualTo(new[] { doubt }));
    }

    [TestCase(0.69f, 0, 0)]
    [TestCase(0.7f, 0, 1)]
    [TestCase(0.89f, 0, 1)]
    [TestCase(0.9f, 1, 0)]
    public void A_face_in_a_turn_needs_a_higher_score(float score, int sure, int doubtful)
    {
        var found = Find(Sees((turn, _) => turn == 90 ? [A with { Score = score }] : []));
        Assert.That((found.Sure.Count, found.Doubtful.Count), Is.EqualTo((sure, doubtful)));
    }

    [TestCase(100, Description = "a large face")]
    [TestCase(200)]
    public void One_of_the_two_sizes_is_enough(int longSide)
    {
        var face = A with { Score = 0.95f };
        Assert.That(Find(Sees((turn, at) => turn == 180 && (at == longSide || at == Width) ? [face] : [])).Sure, Is.EqualTo(new[] { face }));
    }

    [TestCase(0.95f, 1, 0, Description = "as many as upright; seen at both sizes it counts once")]
    [TestCase(0.95f, 2, 270)]
    [TestCase(0.89f, 1, 270, Description = "upright nothing is beyond doubt")]
    public void A_turn_must_show_more_faces_beyond_doubt_than_upright(float upright, int inTurn, int right)
    {
        FaceBox[] turned = [.. new[] { C, D }.Take(inTurn).Select(face => face with { Score = 0.95f })];
        FaceBox[] asItLies = [A with { Score = upright }, B with { Score = 0.4f }];
        var found = Find(Sees((turn, _) => turn switch { 0 => asItLies, 270 => turned, _ => [] }));
        Assert.That(found.Sure.Concat(found.Doubtful), Is.EquivalentTo(right == 0 ? asItLies : turned));
    }

    [Test]
    public void The_turn_with_most_faces_wins([Values(90, 180, 270)] int most)
    {
        FaceBox[] two = [A with { Score = 0.9f }, B with { Score = 0.9f }];
        var found = Find(Sees((turn, _) => turn == 0 ? [] : turn == most ? two : [C with { Score = 0.99f }]));
        Assert.That(found.Sure, Is.EquivalentTo(two));
    }

    [Test]
    public void The_full_look_at_the_turn_that_wins_counts_alone()
    {
        FaceBox[] full = [A with { Score = 0.6f }, B with { Score = 0.59f }, C with { Score = 0.29f }];
        var found = Find(Sees((turn, longSide) => turn switch
        {
            0 => [D with { Score = 0.4f }],
            90 => longSide == Width ? full : [C with { Score = 0.95f }, D with { Score = 0.8f }],
            _ => [C with { Score = 0.8f }],
        }));
        Assert.That(found.Sure, Is.EqualTo(full[..1]));
        Assert.That(found.Doubtful, Is.EqualTo(full[1..2]));
    }

    [Test]
    public void Where_nobody_is_sure_the_doubts_of_all_turns_are_kept_each_place_once()
    {
        var found = Find(Sees((turn, _) => turn switch
        {
            0 => [A with { Score = 0.4f }],
            90 => [B with { Score = 0.75f }, D with { Score = 0.69f }],
            180 => [C with { Score = 0.8f }],
            _ => [B with { Score = 0.85f }, A with { Score = 0.75f }],
        }));
        Assert.That(found.Sure, Is.Empty);
        Assert.That(found.Doubtful, Is.EquivalentTo(new[] { A with { Score = 0.75f }, B with { Score = 0.85f }, C with { Score = 0.8f } }));
    }

    [Test]
    public void Where_upright_is_sure_of_a_face_the_doubts_of_turns_are_none()
    {
        FaceBox[] upright = [A with { Score = 0.8f }, B with { Score = 0.4f }];
        var found = Find(Sees((turn, _) => turn == 0 ? upright : [C with { Score = 0.89f }]));
        Assert.That(found.Sure.Concat(found.Doubtful), Is.EquivalentTo(upright));
        Assert.That(turnsSeen, Has.Count.EqualTo(4));
    }

    private static ModelManifest Manifest => RealModel.Manifest with { Policy = Policy };

    /// <summary>Sees faces by turn and by long side of the look; they are given where they are upright, in 400 x 200.</summary>
    private FakeDetector Sees(Func<int, int, FaceBox[]> see) => new(image =>
    {
        var (turn, longSide) = (TurnOf(image), Math.Max(image.Width, image.Height));
        turnsSeen.Add(turn);
        return [.. see(turn, longSide).Select(face => Turned(face, turn).Scaled((float)longSide / Width))];
    });

    private static FoundFaces Find(FakeDetector detector, bool mayLieSideways = true)
    {
        using var picture = Marked(Width, Height);
        return Find(detector, picture, mayLieSideways);
    }

    private static FoundFaces Find(FakeDetector detector, PixelImage picture, bool mayLieSideways = true) =>
        new FaceFinder(new FaceModel(Manifest, detector)).Find(picture, mayLieSideways, _ => null, default);

    private static PixelImage Marked(int width, int height)
    {
        var picture = Pictures.Plain(width, height);
        Paint(picture, new FaceBox(0, 0, width / 10, width / 10, 0), green: 0);
        return picture;
    }

    // Red, or with all of green and blue white.
    private static void Paint(PixelImage picture, FaceBox place, byte green)
    {
        for (var at = 0; at < (int)place.Area; at++)
        {
            picture.Set((int)place.X + (at % (int)place.Width), (int)place.Y + (at / (int)place.Width), 255, green, green);
        }
    }

    /// <summary>By how much the picture was turned clockwise: where its red corner is.</summary>
    private static int TurnOf(PixelImage image)
    {
        var (right, bottom) = (image.Width - 3, image.Height - 3);
        return new[] { (0, 2, 2), (90, right, 2), (180, right, bottom), (270, 2, bottom) }.Single(corner => image.Bytes[((corner.Item3 * image.Width) + corner.Item2) * 3] > 200).Item1;
    }

    private static FaceBox Turned(FaceBox box, int angle) => angle switch
    {
        0 => box,
        90 => new(Height - box.Y - box.Height, box.X, box.Height, box.Width, box.Score),
        180 => new(Width - box.X - box.Width, Height - box.Y - box.Height, box.Width, box.Height, box.Score),
        _ => new(box.Y, Width - box.X - box.Width, box.Height, box.Width, box.Score),
    };

    private static FaceBox Patch(PixelImage image)
    {
        var white = Enumerable.Range(0, image.Width * image.Height).Where(at => image.Bytes[(at * 3) + 1] > 250).Select(at => (X: at % image.Width, Y: at / image.Width)).ToList();
        var (left, top) = (white.Min(at => at.X), white.Min(at => at.Y));
        return new FaceBox(left, top, white.Max(at => at.X) - left + 1, white.Max(at => at.Y) - top + 1, 0.95f);
    }
}
