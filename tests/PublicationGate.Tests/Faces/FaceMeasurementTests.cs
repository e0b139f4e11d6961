using PublicationGate.Faces;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>Every figure worked out by hand, with a detector that sees what the test says.</summary>
public class FaceMeasurementTests
{
    private const int Side = 500;
    private readonly List<string> unreadable = [];
    private TemporaryFolder folder = null!;

    [SetUp]
    public void CreateFolder()
    {
        folder = new();
        unreadable.Clear();
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Counts_are_exact_or_off_by_one_or_more()
    {
        // Seen 2 of 2, 3 of 2, 0 of 3, 14 of 14, 10 of 15, 0 of 0.
        var measures = Measure((2, 2), (2, 3), (3, 0), (14, 14), (15, 10), (0, 0));
        Assert.Multiple(() =>
        {
            Assert.That(measures.Photos, Is.EqualTo(6));
            Assert.That(measures.ExactShare, Is.EqualTo(3 / 6.0));
            Assert.That(measures.WithinOneShare, Is.EqualTo(4 / 6.0));
            Assert.That(measures.MeanError, Is.EqualTo((0 + 1 + 3 + 0 + 5 + 0) / 6.0));
            Assert.That(measures.MeanErrorFrom14, Is.EqualTo((0 + 5) / 2.0));
            Assert.That(measures.MissedShare, Is.EqualTo(1 / 5.0), "of the photos that hold a face");
            Assert.That(measures.FalsePerPhoto, Is.EqualTo(1 / 6.0), "without boxes: beyond the number known");
            Assert.That((measures.Recall20, measures.Recall10to20), Is.EqualTo(((double?)null, (double?)null)), "no boxes are known");
        });
    }

    [Test]
    public void What_a_set_has_nothing_to_measure_by_is_not_a_number()
    {
        Assert.That(Measure((0, 0), (0, 1)), Has.Property("MissedShare").Null.And.Property("MeanErrorFrom14").Null.And.Property("FalsePerPhoto").EqualTo(0.5));
        Assert.That(Measure(), Has.Property("Photos").Zero.And.Property("ExactShare").Null.And.Property("P95Ms").Null.And.Property("PhotosPerSecond").Null);
    }

    [Test]
    public void Recall_is_by_the_size_of_the_labelled_face_and_a_box_on_none_is_false()
    {
        FaceBox[] labelled = [new(0, 0, 20, 30, 0), new(100, 0, 40, 40, 0), new(200, 0, 19, 40, 0), new(300, 0, 10, 10, 0), new(400, 0, 9, 9, 0)];
        FaceBox[] seen = [new(0, 0, 20, 30, 0.9f), new(200, 0, 19, 40, 0.9f), new(300, 200, 10, 10, 0.9f), new(400, 0, 9, 9, 0.9f)];
        var measures = Measure([new(Photo(50), 5, labelled)], _ => seen);
        Assert.That((measures.Recall20, measures.Recall10to20, measures.FalsePerPhoto), Is.EqualTo((1 / 2.0, 1 / 2.0, 1.0)));
        Assert.That(measures.ExactShare, Is.Zero);
    }

    [TestCase(8, 1, 0, Description = "12 of 28: 0.43")]
    [TestCase(9, 0, 1, Description = "11 of 29: 0.38")]
    public void A_box_meets_a_face_from_an_intersection_over_union_of_four_tenths(int offset, int met, int isFalse)
    {
        var measures = Measure([new(Photo(50), 1, [new(0, 0, 20, 20, 0)])], _ => [new(offset, 0, 20, 20, 0.9f)]);
        Assert.That((measures.Recall20, measures.FalsePerPhoto), Is.EqualTo(((double)met, (double)isFalse)));
        Assert.That(measures.ExactShare, Is.EqualTo(1), "one is counted, wherever it is");
    }

    [Test]
    public void Doubtful_faces_do_not_count()
    {
        var measures = Measure([new(Photo(50), 1, [new(0, 0, 20, 20, 0)])], _ => [new(0, 0, 20, 20, 0.5f)]);
        Assert.That((measures.ExactShare, measures.Recall20, measures.MissedShare, measures.FalsePerPhoto), Is.EqualTo((0.0, 0.0, 1.0, 0.0)));
    }

    [Test]
    public void A_photo_that_cannot_be_decoded_is_told_and_left_out()
    {
        var broken = folder.Text("broken.jpg", "no photo")["broken.jpg"];
        var measures = Measure([new(broken, 1, null), new(Photo(50), 1, null)], _ => [new(0, 0, 20, 20, 0.9f)]);
        Assert.That((measures.Photos, measures.ExactShare), Is.EqualTo((1, 1.0)));
        Assert.That(unreadable, Is.EqualTo(new[] { broken }));
    }

    [Test]
    public void A_photo_that_is_not_there_is_told_and_left_out()
    {
        var measures = Measure([new(folder["weg.jpg"], 1, null), new(Photo(50), 1, null)], _ => [new(0, 0, 20, 20, 0.9f)]);
        Assert.That((measures.Photos, unreadable.Single()), Is.EqualTo((1, folder["weg.jpg"])));
    }

    [Test]
    public void Times_are_told_of_decoding_and_detecting_apart()
    {
        var measures = Measure([.. Enumerable.Repeat(new LabelledPhoto(Photo(50), 0, null), 5)], _ =>
        {
            Task.Delay(30).Wait();
            return [];
        });
        Assert.Multiple(() =>
        {
            Assert.That(measures.DetectMs, Is.GreaterThanOrEqualTo(29).And.LessThan(1000));
            Assert.That(measures.DecodeMs, Is.Positive.And.LessThan(measures.DetectMs!.Value));
            Assert.That(measures.P50Ms, Is.GreaterThan(measures.DetectMs - 1).And.LessThanOrEqualTo(measures.P95Ms!.Value));
            Assert.That(measures.PhotosPerSecond, Is.Positive.And.LessThan(1000 / 29.0));
            Assert.That(measures.DetectMsPerMegapixel, Is.GreaterThan(29 * 1e6 / (Side * Side)));
            Assert.That(measures.PeakMegabytes, Is.GreaterThan(10));
        });
    }

    [Test]
    public void The_first_photo_is_looked_at_once_before_so_that_loading_is_not_measured()
    {
        var looks = 0;
        Measure([new(Photo(50), 0, null), new(Photo(60), 0, null)], _ =>
        {
            looks++;
            return [];
        });
        Assert.That(looks, Is.EqualTo(3));
    }

    [Test]
    public void Ends_when_cancelled() =>
        Assert.That(() => FaceMeasurement.Run([new(Photo(50), 0, null)], Photos.Decoder, RealCounter(), unreadable.Add, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    private static FaceCounter RealCounter() => new([RealModel.Named(RealModel.RetinaFace)]);

    private FaceMeasures Measure(params (int Count, int Seen)[] photos)
    {
        // The grey of a photo says which one it is.
        var labelled = photos.Select((photo, at) => new LabelledPhoto(Photo((byte)(150 + at)), photo.Count, null)).ToList();
        return Measure(labelled, grey => [.. Enumerable.Range(0, photos[grey - 150].Seen).Select(face => new FaceBox(face * 30, 0, 20, 20, 0.9f))]);
    }

    private FaceMeasures Measure(IReadOnlyList<LabelledPhoto> photos, Func<byte, IReadOnlyList<FaceBox>> see)
    {
        var policy = RealModel.Manifest.Policy with { Passes = [new DetectionPass { LongSide = Side }], Settled = null, Escalation = null, Sideways = null, Tilted = null };
        using var counter = new FaceCounter([new FaceModel(RealModel.Manifest with { Policy = policy }, new FakeDetector(image => see(image.Bytes[0])))]);
        return FaceMeasurement.Run(photos, Photos.Decoder, counter, unreadable.Add, default);
    }

    private string Photo(byte grey)
    {
        folder.Write($"{grey}.png", Pictures.Png(Side, Side, Pictures.Grey, 8, [.. Enumerable.Repeat((byte)(grey < 112 ? grey + 120 : grey), Side * Side)]));
        return folder[$"{grey}.png"];
    }
}
