using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Publishing;
using PublicationGate.Tests.Faces;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Publishing;

public class ConcealedCopiesTests
{
    private static readonly FaceBox Left = new(100, 100, 60, 60, 0.9f);
    private static readonly FaceBox Right = new(200, 100, 60, 60, 0.9f);
    private static readonly byte[] Photo = Pictures.Png(640, 480, Pictures.Grey, 8, [.. Enumerable.Repeat((byte)200, 640 * 480)]);

    /// <summary>Photographs of the sample package, edited, every face concealed: none is found again. The long form is <c>conceal</c> of the benchmarks.</summary>
    [TestCase(RealModel.RetinaFace)]
    [TestCase(RealModel.YuNet)]
    public void No_concealed_face_of_the_sample_photographs_is_found_again(string model)
    {
        var counter = new FaceCounter([RealModel.Named(model)]);
        string[] names = [.. RealFacesTests.Portraits, "meeting", "toa-heftiba", "annie-spratt"];
        Func<PixelImage, PixelImage>[] edits = [photo => photo.Tilted(-25), photo => photo.Shrunk(0.4)];
        var results = (from name in names from edit in edits select (name, edit)).AsParallel().WithDegreeOfParallelism(2).Select(pair =>
        {
            using var original = Edits.Open(TestFiles.Photo(pair.name + ".jpg"), 640);
            using var edited = pair.edit(original);
            var file = edited.AsPng();
            return (pair.name, Result: Conceal(counter, file, Count(counter, file)));
        }).ToList();

        var faces = results.Sum(result => result.Result.Regions.Count);
        TestContext.Out.WriteLine($"{model}: {faces} faces, {results.Sum(result => result.Result.Regions.Count(region => region.Enlarged > 1))} enlarged");
        Assert.That(results.Where(result => result.Result.Regions.Count > 0 && result.Result.Copy is null).Select(result => result.name), Is.Empty);
        Assert.That(faces, Is.AtLeast(40));
    }

    [Test]
    public void No_concealed_face_of_the_labelled_photographs_is_found_again([Values(RealModel.RetinaFace, RealModel.YuNet)] string model)
    {
        var counter = new FaceCounter([RealModel.Named(model)]);
        var photos = LabelledPhotos.Read(TestFiles.Shared("faces/labels.json")).Where(photo => photo.Count > 0).ToList();
        var results = photos.AsParallel().WithDegreeOfParallelism(2).Select(photo =>
        {
            var file = File.ReadAllBytes(photo.Path);
            // All that is seen, since a labelled face that is not concealed would be a face that shows.
            return (photo.Path, Result: Conceal(counter, file, Count(counter, file)));
        }).ToList();

        Assert.That(results.Where(result => result.Result.Copy is null).Select(result => result.Path), Is.Empty);
        Assert.That(results.Sum(result => result.Result.Regions.Count), Is.AtLeast(320));
    }

    [Test]
    public void The_same_regions_give_the_same_bytes()
    {
        var (photo, counter) = (TestFiles.Photo("team-2.jpg"), new FaceCounter([RealModel.Named(RealModel.RetinaFace)]));
        var faces = Count(counter, photo);
        var copies = Enumerable.Range(0, 3).Select(_ => Convert.ToHexString(Conceal(counter, photo, faces).Copy!.Bytes.Span)).ToHashSet();
        Assert.That(copies, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_still_shows_is_enlarged_twice_and_then_there_is_no_copy()
    {
        var detector = FakeDetector.SeesInPhotoOf(640, Left);

        var result = Of(detector, [Right, Left]);

        Assert.That(result.Copy, Is.Null);
        Assert.That(result.Failed, Is.SupersetOf(new[] { 1 }));
        Assert.That(result.Problem!.Nl, Does.Contain("2"));
        Assert.That(result.Regions[1].Enlarged, Is.EqualTo(1.4f));
    }

    [Test]
    public void A_doubtful_face_shows_as_much_as_a_sure_one() =>
        Assert.That(Of(FakeDetector.SeesInPhotoOf(640, Left with { Score = RealModel.Manifest.Policy.Doubtful + 0.01f }), [Left]).Failed, Is.EqualTo(new[] { 0 }));

    [Test]
    public void Only_the_region_that_showed_a_face_is_enlarged_and_that_may_be_enough()
    {
        var far = Right with { X = 500 };
        // Sees the face as long as what is beside the usual ellipse can be seen: 200 before, 164 once painted over.
        var detector = new FakeDetector(image => GreenAt(image, 204 / 640f, 118 / 480f) > 180 ? [Left.Scaled(image.Width / 640f)] : []);

        var result = Of(detector, [Left, far]);

        Assert.That(result.Problem, Is.Null);
        Assert.That(result.Copy, Is.Not.Null);
        Assert.That(result.Regions.Select(region => region.Enlarged), Is.EqualTo(new[] { 1.25f, 1f }));
    }

    [Test]
    public void A_neighbour_who_stays_may_touch_a_region_and_a_stranger_may_not()
    {
        var detector = FakeDetector.SeesInPhotoOf(640, Right with { X = 160 });
        Assert.That(Of(detector, [Left], staying: [Right with { X = 162 }]).Copy, Is.Not.Null);
        Assert.That(Of(detector, [Left]).Copy, Is.Null);
        Assert.That(Of(FakeDetector.SeesInPhotoOf(640, Left), [Left], staying: [Left with { X = 130 }]).Copy, Is.Null, "more of the concealed than of who stays");
    }

    [Test]
    public void An_animation_is_refused_since_people_move_in_it()
    {
        var result = new ConcealedCopies(Photos.Decoder, Counter(FakeDetector.Sees())).Of(Pictures.Gif(400, 400, 3), [Region(Left)], [], new(), default);
        Assert.That((result.Copy, result.Failed.Count, result.Problem), Is.EqualTo(((CleanCopy?)null, 1, Texts.Get("conceal.animation"))));
    }

    [TestCase(-100, 0, 50, 50)]
    [TestCase(640, 0, 50, 50)]
    [TestCase(10, 10, 0, 50)]
    [TestCase(10, 10, 50, -1)]
    [TestCase(float.NaN, 10, 50, 50)]
    [TestCase(10, 10, float.PositiveInfinity, 50)]
    public void A_region_that_hides_nothing_is_told_and_makes_no_copy(float x, float y, float width, float height)
    {
        var result = new ConcealedCopies(Photos.Decoder, Counter(FakeDetector.Sees())).Of(Photo, [Region(Left), new(ConcealedKind.Person, x, y, width, height)], [], new(), default);
        Assert.That(result.Copy, Is.Null);
        Assert.That(result.Failed, Is.EqualTo(new[] { 1 }));
        Assert.That(result.Problem!.En, Does.Contain("mark 2"));
    }

    [Test]
    public void Nothing_to_conceal_is_a_mistake_of_the_caller() =>
        Assert.That(() => Of(FakeDetector.Sees(), []), Throws.ArgumentException);

    [Test]
    public void A_damaged_original_has_no_copy() =>
        Assert.That(() => new ConcealedCopies(Photos.Decoder, Counter(FakeDetector.Sees())).Of(TestFiles.Photo("ivana.jpg").AsMemory(0, 5000), [Region(Left)], [], new(), default), Throws.InstanceOf<UnreadableImageException>());

    private static ConcealedCopy Of(FakeDetector detector, FaceBox[] concealed, FaceBox[]? staying = null) =>
        new ConcealedCopies(Photos.Decoder, Counter(detector)).Of(Photo, [.. concealed.Select(Region)], staying ?? [], new(), default);

    private static ConcealedCopy Conceal(FaceCounter counter, byte[] file, IReadOnlyList<FaceBox> faces) =>
        faces.Count == 0 ? new ConcealedCopy() : new ConcealedCopies(Photos.Decoder, counter).Of(file, [.. faces.Select(Region)], [], new(), default);

    private static IReadOnlyList<FaceBox> Count(FaceCounter counter, byte[] file)
    {
        var header = Photos.Decoder.ReadHeader(file);
        var facts = counter.Count(header, longSide => Photos.Decoder.DecodeFrames(file, header, longSide, () => { }), default);
        return [.. facts.Sure, .. facts.Doubtful];
    }

    private static byte GreenAt(PixelImage image, float x, float y) => image.Bytes[(((((int)(y * image.Height)) * image.Width) + (int)(x * image.Width)) * 3) + 1];

    private static FaceCounter Counter(FakeDetector detector) => new([new FaceModel(RealModel.Manifest, detector)]);

    private static ConcealedRegion Region(FaceBox face) => new(ConcealedKind.Face, face.X, face.Y, face.Width, face.Height);
}
