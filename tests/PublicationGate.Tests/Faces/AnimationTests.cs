using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>Every frame of an animation is looked at, with the real model.</summary>
public class AnimationTests
{
    [TestCase("gif")]
    [TestCase("webp")]
    public void The_frame_with_most_faces_counts_wherever_it_stands(string format)
    {
        using var people = Edits.Open(TestFiles.Photo("meeting.jpg"), 640);
        using var nobody = Pictures.Plain(people.Width, people.Height, 200);
        var most = RealModel.Count(Edits.Animation(format, people, people.Toned(1))).Sure.Count;
        Assert.That(most, Is.GreaterThan(1));
        Assert.Multiple(() =>
        {
            Assert.That(RealModel.Count(Edits.Animation(format, people, nobody, nobody)).Sure, Has.Count.EqualTo(most));
            Assert.That(RealModel.Count(Edits.Animation(format, nobody, people, nobody)).Sure, Has.Count.EqualTo(most));
            Assert.That(RealModel.Count(Edits.Animation(format, nobody, nobody, people)).Sure, Has.Count.EqualTo(most));
            Assert.That(RealModel.Count(Edits.Animation(format, nobody, nobody.Toned(0.9))).Sure, Is.Empty);
        });
    }

    [TestCase("gif")]
    [TestCase("webp")]
    public void Doubts_of_all_frames_are_kept(string format)
    {
        // Each frame says by its grey where something may be.
        PixelImage[] frames = [Pictures.Plain(500, 100, 200), Pictures.Plain(500, 100, 220), Pictures.Plain(500, 100, 240)];
        var file = Edits.Animation(format, frames);
        // Upright beyond doubt, or the doubts of the turned frames come on top.
        var header = Photos.Decoder.ReadHeader(file) with { Orientation = 1 };
        using var counter = new PublicationGate.Faces.FaceCounter([new(RealModel.Manifest, FakeDetector.Sees())]);
        using var seeing = new PublicationGate.Faces.FaceCounter([new(RealModel.Manifest, new FakeDetector(image =>
            image.Width < 500 ? [] : [new PublicationGate.Faces.FaceBox(image.Bytes[0] / 10 * 10 - 200, 10, 15, 15, image.Bytes[0] > 230 ? 0.9f : 0.4f).Scaled(image.Width / 500f)]))]);

        Assert.That(header.Frames, Is.EqualTo(3));
        Assert.That(counter.Count(header, side => Photos.Decoder.DecodeFrames(file, header, side, () => { }), default).Doubtful, Is.Empty);
        var facts = seeing.Count(header, side => Photos.Decoder.DecodeFrames(file, header, side, () => { }), default);
        Assert.That((facts.Sure.Count, facts.Doubtful.Count), Is.EqualTo((1, 2)));
    }
}
