using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Faces;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

public class LetterboxTests
{
    [TestCase(1, 32)]
    [TestCase(31, 32)]
    [TestCase(32, 32)]
    [TestCase(33, 64)]
    [TestCase(1280, 1280)]
    [TestCase(853, 864)]
    public void A_side_is_padded_to_the_next_multiple_of_the_stride(int side, int padded) => Assert.That(Letterbox.Padded(side), Is.EqualTo(padded));

    [TestCase(true, new float[] { 10, 20, 30 })]
    [TestCase(false, new float[] { 30, 20, 10 })]
    public void Each_colour_has_a_plane_red_or_blue_first(bool redFirst, float[] firstOfEachPlane)
    {
        using var picture = Pictures.OfBytes(1, 1, [10, 20, 30]);
        var planes = new float[3 * 32 * 32];
        Letterbox.Fill(picture, planes, redFirst);
        Assert.That(new[] { planes[0], planes[1024], planes[2048] }, Is.EqualTo(firstOfEachPlane));
    }

    [Test]
    public void Is_the_plain_definition_for_any_picture() =>
        Prop.ForAll(Arb.From(from width in Gen.Choose(1, 70) from height in Gen.Choose(1, 70) from seed in Gen.Choose(0, 9999) from redFirst in Gen.Elements(true, false) select (width, height, seed, redFirst)), given =>
        {
            var (width, height, seed, redFirst) = given;
            var rgb = new byte[width * height * 3];
            new Random(seed).NextBytes(rgb);
            using var picture = Pictures.OfBytes(width, height, rgb);
            // The buffer is rented: longer than needed, and full of the picture before.
            var (paddedWidth, paddedHeight) = ((width + 31) / 32 * 32, (height + 31) / 32 * 32);
            var planes = Enumerable.Repeat(-1f, (3 * paddedWidth * paddedHeight) + 7).ToArray();

            Letterbox.Fill(picture, planes, redFirst);

            return planes.SequenceEqual([.. Naive(rgb, width, height, paddedWidth, paddedHeight, redFirst), .. Enumerable.Repeat(-1f, 7)]);
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<float> Naive(byte[] rgb, int width, int height, int paddedWidth, int paddedHeight, bool redFirst) =>
        from channel in redFirst ? new[] { 0, 1, 2 } : [2, 1, 0]
        from y in Enumerable.Range(0, paddedHeight)
        from x in Enumerable.Range(0, paddedWidth)
        select x < width && y < height ? rgb[(((y * width) + x) * 3) + channel] : 0f;
}
