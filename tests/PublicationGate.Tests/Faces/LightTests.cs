using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

public class LightTests
{
    [TestCase(255, 1f)]
    [TestCase(112, 1f, Description = "not dark")]
    [TestCase(111, 224 / 111f)]
    [TestCase(56, 4f)]
    [TestCase(28, 8f)]
    [TestCase(27, 8f, Description = "never more than eight times")]
    [TestCase(1, 8f)]
    [TestCase(0, 8f)]
    public void A_dark_picture_is_brightened_to_usual_brightness(byte brightest, float gain)
    {
        using var picture = Pictures.Plain(100, 100, brightest);
        Assert.That(Light.Of(picture).Gain, Is.EqualTo(gain).Within(1e-5));
    }

    [TestCase(0, false)]
    [TestCase(15, false)]
    [TestCase(16, true)]
    [TestCase(255, true)]
    public void Below_a_sixteenth_of_full_brightness_nothing_can_be_said(byte brightest, bool isEnough)
    {
        using var picture = Pictures.Plain(100, 100, brightest);
        Assert.That(Light.Of(picture).IsEnough, Is.EqualTo(isEnough));
    }

    [TestCase(1, 4f, Description = "half a hundredth: a lamp in a dark room")]
    [TestCase(4, 1f, Description = "two hundredths: lit faces before a dark wall")]
    public void The_brightest_hundredth_counts_and_not_a_single_lamp(int brightRows, float gain)
    {
        using var picture = Pictures.Plain(200, 200, 56);
        for (var at = 0; at < brightRows * 200; at++)
        {
            picture.Set(at % 200, at / 200, 200, 200, 200);
        }

        Assert.That(Light.Of(picture).Gain, Is.EqualTo(gain).Within(1e-5));
    }

    [TestCase(1, 1)]
    [TestCase(5, 3)]
    [TestCase(19, 20)]
    public void A_tiny_picture_is_judged_by_its_pixels_too(int width, int height)
    {
        using var picture = Pictures.Plain(width, height, 8);
        Assert.That(Light.Of(picture), Is.EqualTo(new Light(8, false)));
    }

    [TestCase(480, 100, 200, true)]
    [TestCase(479, 100, 200, false, Description = "too small")]
    [TestCase(100, 480, 200, true)]
    [TestCase(480, 100, 15, false, Description = "too dark")]
    public void The_facts_tell_whether_no_face_means_anything(int width, int height, byte brightness, bool isClear)
    {
        using var counter = new FaceCounter([new FaceModel(RealModel.Manifest, FakeDetector.Sees())]);
        var facts = counter.Count(new ImageHeader(ImageFormat.Png, width, height, 1, 1), _ => [Pictures.Plain(width, height, brightness)], default);
        Assert.That(facts.IsClearEnough, Is.EqualTo(isClear));
    }

    [Test]
    public void One_dark_frame_among_bright_ones_is_not_clear()
    {
        using var counter = new FaceCounter([new FaceModel(RealModel.Manifest, FakeDetector.Sees())]);
        var facts = counter.Count(new ImageHeader(ImageFormat.Gif, 500, 100, 3, 1), _ => new byte[] { 200, 10, 200 }.Select(grey => Pictures.Plain(500, 100, grey)), default);
        Assert.That(facts.IsClearEnough, Is.False);
    }

    [Test]
    public void The_detector_is_shown_the_brightened_picture()
    {
        byte seen = 0;
        using var counter = new FaceCounter([new FaceModel(RealModel.Manifest, new FakeDetector(image =>
        {
            seen = image.Bytes[0];
            return [];
        }))]);
        counter.Count(new ImageHeader(ImageFormat.Png, 500, 100, 1, 1), _ => [Pictures.Plain(500, 100, 56)], default);
        Assert.That(seen, Is.EqualTo(224));
    }

    [Test]
    public void A_photo_darkened_to_30_percent_has_the_same_faces([Values("team-1.jpg", "ivana.jpg", "meeting.jpg", "toa-heftiba.jpg", "annie-spratt.jpg")] string name, [Values("retinaface", "yunet")] string model)
    {
        var photo = TestFiles.Photo(name);
        using var picture = Edits.Open(photo);
        using var dark = picture.Toned(0.3);
        Assert.That(RealModel.Count(dark.AsPng(), model).Sure, Has.Count.EqualTo(RealModel.Count(photo, model).Sure.Count));
    }
}
