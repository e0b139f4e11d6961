using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

public class FaceCounterTests
{
    private static readonly ModelManifest TwoPasses = RealModel.Manifest with
    {
        Policy = RealModel.Manifest.Policy with
        {
            Sure = 0.6f,
            Doubtful = 0.3f,
            Passes = [new DetectionPass { LongSide = 320, SmallestShortSide = 40 }, new DetectionPass { LongSide = 1280, Enlarge = 2 }],
            Settled = null,
            Escalation = null,
            Sideways = null,
            Tilted = null,
        },
    };

    private static readonly ModelManifest OnePass = TwoPasses with { Policy = TwoPasses.Policy with { Passes = [new DetectionPass { LongSide = 1280 }] } };

    [TestCase(1280, 640, "320x160 1280x640")]
    [TestCase(1000, 500, "320x160 1280x640", Description = "enlarged, but not beyond the pass")]
    [TestCase(400, 200, "320x160 800x400", Description = "enlarged to twice its size")]
    [TestCase(100, 50, "100x50 200x100", Description = "the small pass never enlarges")]
    public void Runs_each_pass_at_its_size(int width, int height, string sizes)
    {
        var detector = FakeDetector.Sees();
        Count(detector, TwoPasses, Pictures.Plain(width, height));
        Assert.That(string.Join(' ', detector.Seen.Select(seen => $"{seen.Width}x{seen.Height}")), Is.EqualTo(sizes));
    }

    [Test]
    public void Leaves_small_faces_to_the_large_pass()
    {
        var detector = new FakeDetector(image => image.Width == 320 ? [new(0, 0, 39, 60, 0.9f), new(100, 0, 40, 40, 0.9f)] : []);
        Assert.That(Count(detector, TwoPasses, Pictures.Plain(1280, 640)).Sure, Is.EqualTo(new[] { new FaceBox(400, 0, 160, 160, 0.9f) }));
    }

    [Test]
    public void A_face_that_both_passes_see_counts_once()
    {
        var detector = new FakeDetector(image => [new FaceBox(10, 10, 50, 50, 0.8f).Scaled(image.Width / 320f)]);
        Assert.That(Count(detector, TwoPasses, Pictures.Plain(1280, 640)).Sure, Has.Count.EqualTo(1));
    }

    [TestCase(0.3f, 0, 1)]
    [TestCase(0.5999f, 0, 1)]
    [TestCase(0.6f, 1, 0)]
    [TestCase(1f, 1, 0)]
    public void A_score_makes_a_face_sure_or_doubtful(float score, int sure, int doubtful)
    {
        var facts = Count(FakeDetector.Sees(new FaceBox(0, 0, 50, 50, score)), OnePass, Pictures.Plain(100, 100));
        Assert.That((facts.Sure.Count, facts.Doubtful.Count), Is.EqualTo((sure, doubtful)));
        Assert.That(facts.Known);
        Assert.That(facts.Models, Is.EqualTo(new[] { new ModelIdentity(OnePass.Name, OnePass.Sha256) }));
    }

    [Test]
    public void Boxes_are_in_pixels_of_the_original()
    {
        var facts = Count(FakeDetector.Sees(new FaceBox(10, 20, 30, 40, 0.9f)), OnePass, new ImageHeader(ImageFormat.Jpeg, 4000, 3000, 1, 1), Pictures.Plain(400, 300));
        Assert.That(facts.Sure, Is.EqualTo(new[] { new FaceBox(100, 200, 300, 400, 0.9f) }));
    }

    [Test]
    public void Boxes_are_in_reading_order()
    {
        var facts = Count(FakeDetector.Sees(new(50, 60, 9, 9, 0.9f), new(0, 60, 9, 9, 0.7f), new(90, 0, 9, 9, 0.8f)), OnePass, Pictures.Plain(100, 100));
        Assert.That(facts.Sure.Select(box => (box.X, box.Y)), Is.EqualTo(new[] { (90f, 0f), (0f, 60f), (50f, 60f) }));
    }

    [Test]
    public void The_frame_with_most_faces_counts_and_every_doubt_stays()
    {
        // Each frame says by its grey what is in it.
        var detector = new FakeDetector(image => image.Bytes[0] switch
        {
            201 => [new(0, 0, 9, 9, 0.9f), new(80, 80, 9, 9, 0.4f)],
            202 => [new(0, 0, 9, 9, 0.9f), new(40, 0, 9, 9, 0.9f)],
            _ => [new(40, 0, 9, 9, 0.5f)],
        });

        var facts = Count(detector, OnePass, Pictures.Plain(100, 100, 201), Pictures.Plain(100, 100, 202), Pictures.Plain(100, 100, 203));

        Assert.That(facts.Sure.Select(box => box.X), Is.EqualTo(new[] { 0f, 40f }));
        Assert.That(facts.Doubtful.Select(box => box.X), Is.EqualTo(new[] { 40f, 80f }), "the face that one frame is sure of stays a doubt of another");
    }

    [Test]
    public void Frames_are_given_back()
    {
        var frames = new[] { Pictures.Plain(10, 10), Pictures.Plain(10, 10) };
        Count(FakeDetector.Sees(), OnePass, frames);
        Assert.That(frames.Select(frame => frame.IsClosed), Is.All.True);
    }

    /// <summary>The pages of a TIFF may differ in size: behind a first page of a few pixels stands a whole photo.</summary>
    [Test]
    public void A_large_page_behind_a_tiny_one_is_looked_at_in_its_own_size()
    {
        var detector = FakeDetector.Sees();
        Count(detector, TwoPasses, new ImageHeader(ImageFormat.Tiff, 10, 10, 2, 1), Pictures.Plain(10, 10), Pictures.Plain(1280, 1280));
        Assert.That(detector.Seen, Does.Contain((1280, 1280)).And.Contain((320, 320)));
    }

    private static FaceFacts Count(IFaceDetector detector, ModelManifest manifest, params PixelImage[] frames) =>
        Count(detector, manifest, new ImageHeader(ImageFormat.Jpeg, frames[0].Width, frames[0].Height, frames.Length, 1), frames);

    private static FaceFacts Count(IFaceDetector detector, ModelManifest manifest, ImageHeader header, params PixelImage[] frames) =>
        new FaceCounter([new FaceModel(manifest, detector)]).Count(header, _ => frames, CancellationToken.None);
}
