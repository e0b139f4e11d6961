using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>What may be a face, where none is sure, is looked at tilted. Whether real heads gain by it is in <see cref="TurnedPhotosTests"/>.</summary>
public class TiltedLookTests
{
    private const int Width = 400;
    private static readonly FaceBox Doubt = new(180, 80, 40, 40, 0.4f);

    private static readonly ModelManifest Manifest = RealModel.Manifest with
    {
        Policy = RealModel.Manifest.Policy with
        {
            Sure = 0.6f,
            Doubtful = 0.3f,
            Passes = [new DetectionPass { LongSide = Width }],
            Settled = null,
            Escalation = null,
            Sideways = null,
            Tilted = new TiltedPolicy { FaceSide = 96, Sure = 0.8f, Doubts = 2 },
        },
    };

    [TestCase(0, 0)]
    [TestCase(1, 0, Description = "one look can be a false alarm")]
    [TestCase(2, 1)]
    [TestCase(6, 1)]
    public void Two_tilts_must_show_a_face_beyond_doubt(int tilts, int sure)
    {
        var looks = 0;
        var found = Find([Doubt], image => looks++ < tilts ? [InTheMiddle(image, 0.8f)] : [InTheMiddle(image, 0.79f)]);
        Assert.That((found.Sure.Count, found.Doubtful.Count, looks), Is.EqualTo((sure, 1 - sure, 6)));
        Assert.That(found.Sure.Concat(found.Doubtful).Single() with { Score = Doubt.Score }, Is.EqualTo(Doubt), "the box stays where it was");
    }

    [Test]
    public void A_face_beside_the_middle_or_a_tiny_one_is_another()
    {
        Assert.That(Find([Doubt], image => [InTheMiddle(image, 0.9f) with { X = 0 }]).Sure, Is.Empty);
        Assert.That(Find([Doubt], image => [new FaceBox((image.Width / 2) - 20, (image.Height / 2) - 20, 40, 47, 0.9f)]).Sure, Is.Empty);
    }

    [Test]
    public void Where_a_face_is_sure_a_doubt_stays_one() =>
        Assert.That(Find([Doubt, new(20, 20, 40, 40, 0.9f)], image => [InTheMiddle(image, 0.9f)]).Doubtful, Is.EqualTo(new[] { Doubt }));

    [Test]
    public void Of_many_doubts_the_best_are_tried_and_those_around_a_confirmed_face_are_the_same_face()
    {
        var around = Doubt with { X = 200, Score = 0.35f };
        var found = Find([new(20, 20, 40, 40, 0.31f), around, Doubt], image => [InTheMiddle(image, 0.9f)]);
        Assert.That(found.Sure, Has.Count.EqualTo(1).And.All.Matches<FaceBox>(face => face.X == Doubt.X));
        Assert.That(found.Doubtful.Select(face => face.X), Is.EqualTo(new[] { 20f }));
    }

    private static FaceBox InTheMiddle(PixelImage image, float score) => new((image.Width / 2) - 48, (image.Height / 2) - 48, 96, 96, score);

    // The whole picture shows the boxes; what is cut out of it is some other size.
    private static FoundFaces Find(FaceBox[] boxes, Func<PixelImage, FaceBox[]> tilted)
    {
        using var picture = Pictures.Plain(Width, Width / 2);
        var detector = new FakeDetector(image => image.Width == Width ? boxes : tilted(image));
        return new FaceFinder(new FaceModel(Manifest, detector)).Find(picture, mayLieSideways: false, _ => null, default);
    }
}
