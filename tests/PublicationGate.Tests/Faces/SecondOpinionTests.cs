using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>Two models over one photo: what only one of them sees is a doubt.</summary>
public class SecondOpinionTests
{
    private static readonly FaceBox Left = new(50, 50, 100, 100, 0.95f);
    private static readonly FaceBox Right = new(350, 50, 100, 100, 0.95f);

    [Test]
    public void Two_models_of_one_opinion_count_as_one_does()
    {
        var facts = Count(FakeDetector.SeesInPhotoOf(500, Left, Right), FakeDetector.SeesInPhotoOf(500, Left with { X = 60 }, Right));
        Assert.That((facts.Sure.Count, facts.Doubtful.Count), Is.EqualTo((2, 0)));
        Assert.That(facts.Models.Select(model => model.Name), Is.EqualTo(new[] { "one", "other" }));
    }

    [Test]
    public void A_face_that_only_one_sees_is_a_doubt_whoever_it_is()
    {
        var (both, one) = (FakeDetector.SeesInPhotoOf(500, Left, Right), FakeDetector.SeesInPhotoOf(500, Left));
        Assert.That((Count(both, one).Sure.Single(), Count(both, one).Doubtful.Single()), Is.EqualTo((Left, Right)));
        Assert.That((Count(one, both).Sure.Single(), Count(one, both).Doubtful.Single()), Is.EqualTo((Left, Right)));
    }

    [Test]
    public void Each_model_goes_by_its_own_scores()
    {
        // Sure from 0.8 to the other model, from 0.6 to this one.
        var facts = Count(FakeDetector.SeesInPhotoOf(500, Left with { Score = 0.55f }), FakeDetector.SeesInPhotoOf(500, Left with { Score = 0.75f }));
        Assert.That((facts.Sure.Count, facts.Doubtful.Count), Is.EqualTo((0, 1)), "doubtful to both");
        facts = Count(FakeDetector.SeesInPhotoOf(500, Left with { Score = 0.65f }), FakeDetector.SeesInPhotoOf(500, Left with { Score = 0.75f }));
        Assert.That((facts.Sure.Count, facts.Doubtful.Count), Is.EqualTo((1, 0)), "sure to the first");
    }

    [Test]
    public async Task A_third_face_that_only_one_sees_holds_a_photo_of_two()
    {
        var photo = Pictures.Png(500, 200, Pictures.Grey, 8, [.. Enumerable.Repeat((byte)150, 500 * 200)]);
        await using var agreeing = await TestGate.OpenAsync(() => Counter(FakeDetector.SeesInPhotoOf(500, Left, Right), FakeDetector.SeesInPhotoOf(500, Left, Right)));
        await using var differing = await TestGate.OpenAsync(() => Counter(FakeDetector.SeesInPhotoOf(500, Left, Right), FakeDetector.SeesInPhotoOf(500, Left, Right, new(200, 50, 100, 100, 0.95f))));

        var approved = await agreeing.ScreenAsync(photo, TestGate.TwoPupils);
        var held = await differing.ScreenAsync(photo, TestGate.TwoPupils);

        Assert.That(approved.Outcome, Is.EqualTo(Outcome.Approved), string.Join(", ", approved.Findings));
        Assert.That((held.Outcome, held.Facts.Faces.Doubtful.Count), Is.EqualTo((Outcome.Held, 1)));
    }

    /// <summary>Boxes that one of the decoders puts elsewhere would make every face a doubt.</summary>
    [TestCase("team-1")]
    [TestCase("ivana")]
    [TestCase("bruce-mars")]
    [TestCase("marie")]
    public void Both_real_models_see_the_face_of_a_portrait_at_one_place(string name)
    {
        var facts = RealModel.Count(TestFiles.Photo(name + ".jpg"), RealModel.RetinaFace, RealModel.YuNet);
        Assert.That(facts.Sure, Has.Count.EqualTo(1), string.Join(", ", facts.Doubtful));
    }

    private static FaceCounter Counter(FakeDetector one, FakeDetector other) =>
        new([new FaceModel(RealModel.Manifest with { Name = "one" }, one), new FaceModel(RealModel.Manifest with { Name = "other", Policy = RealModel.Manifest.Policy with { Sure = 0.8f, Doubtful = 0.5f } }, other)]);

    private static FaceFacts Count(FakeDetector one, FakeDetector other) =>
        Counter(one, other).Count(new ImageHeader(ImageFormat.Jpeg, 500, 200, 1, 1), _ => [Pictures.Plain(500, 200)], default);
}
