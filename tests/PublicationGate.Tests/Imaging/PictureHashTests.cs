using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging;

/// <summary>A copy of a photograph is known again, and another photograph is not taken for it.</summary>
public class PictureHashTests
{
    private const string Photo = "meeting.jpg";

    private static readonly string[] Photographs = ["meeting.jpg", "annie-spratt.jpg", "toa-heftiba.jpg", "team-1.jpg", "anastasia.jpg", "blog7-1.jpg", "card-2.jpg", "office-dark.jpg"];

    [Test]
    public void The_same_pixels_give_this_very_hash_on_every_machine()
    {
        // Pixels from a formula, so that no decoder has a say.
        var rgb = new byte[640 * 480 * 3];
        for (var at = 0; at < rgb.Length; at++)
        {
            var (x, y) = (at / 3 % 640, at / 3 / 640);
            rgb[at] = (byte)((((x / 37) * 7919) ^ ((y / 29) * 104729) ^ (at % 3 * 31)) & 255);
        }

        using var picture = Pictures.OfBytes(640, 480, rgb);
        var text = PictureHash.Of(picture)!.ToString();
        Assert.That(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(text)))[..16], Is.EqualTo("0d6bbd19cdbc6e6c"));
    }

    [TestCase(900)]
    [TestCase(333)]
    [TestCase(160)]
    public void A_rescaled_copy_is_the_same(int longSide)
    {
        using var original = Edits.Open(TestFiles.Photo(Photo));
        using var copy = original.Resized(longSide)!;
        Assert.That(Likeness(original, copy)?.IsSame, Is.True);
    }

    [Test]
    public void A_crop_of_up_to_a_tenth_is_the_same_wherever_it_is_taken([ValueSource(nameof(Photographs))] string photo, [Values(0, 0.3, 0.5, 1)] double x, [Values(0, 0.7, 1)] double y)
    {
        using var original = Edits.Open(TestFiles.Photo(photo));
        using var crop = original.Part(x, y, 0.9, 0.9);
        Assert.That(Likeness(original, crop)?.IsSame, Is.True);
        Assert.That(Likeness(crop, original)?.IsSame, Is.True, "and the other way round: the crop was registered, the whole comes in");
    }

    [Test]
    public void A_copy_that_is_dark_or_bright_or_blurred_is_the_same()
    {
        using var original = Edits.Open(TestFiles.Photo(Photo));
        using var dark = original.Toned(0.6);
        using var bright = original.Toned(1.2, 8);
        using var blurred = original.Blurred(3);
        Assert.That(new[] { dark, bright, blurred }.Select(copy => Likeness(original, copy)?.IsSame), Is.All.True);
    }

    [Test]
    public void A_copy_that_is_turned_or_mirrored_is_the_same([Values(0, 90, 180, 270)] int angle, [Values] bool mirrored)
    {
        using var original = Edits.Open(TestFiles.Photo(Photo));
        using var flipped = mirrored ? original.Mirrored() : original.Toned(1);
        using var copy = angle == 0 ? flipped.Toned(1) : flipped.Turned(angle);
        Assert.That(Likeness(original, copy)?.IsSame, Is.True);
    }

    [TestCase(0)]
    [TestCase(255)]
    [TestCase(236)]
    public void A_picture_within_plain_bars_is_the_same(byte grey)
    {
        using var original = Edits.Open(TestFiles.Photo(Photo), 640);
        using var shot = original.WithinBars(700, 1500, grey);
        Assert.That(Likeness(original, shot)?.IsSame, Is.True);
    }

    [Test]
    public void Other_photographs_are_not_taken_for_it()
    {
        var pictures = Photographs.Select(name => Edits.Open(TestFiles.Photo(name))).ToList();
        var hashes = pictures.ConvertAll(picture => PictureHash.Of(picture)!);
        pictures.ForEach(picture => picture.Dispose());
        var index = new PictureHashIndex(hashes);
        Assert.That(hashes.Select(index.Find).Select((found, at) => (found.Single().Picture == at, found.Single().Likeness)), Is.All.EqualTo((true, new PictureLikeness(0, 0))));
    }

    [Test]
    public void A_picture_that_shows_nothing_has_no_hash()
    {
        using var plain = Pictures.Plain(400, 300);
        using var shaded = Pictures.OfBytes(400, 300, [.. Enumerable.Range(0, 400 * 300 * 3).Select(at => (byte)(40 + (at / 3 % 400 / 4) + (at / 1200 / 4)))]);
        Assert.That((PictureHash.Of(plain), PictureHash.Of(shaded)), Is.EqualTo((default(PictureHash), default(PictureHash))));
    }

    [TestCase(1, 1)]
    [TestCase(3, 900)]
    [TestCase(79, 81)]
    public void Pictures_smaller_than_the_grid_do_not_break_it(int width, int height)
    {
        using var picture = Pictures.OfBytes(width, height, [.. Enumerable.Range(0, width * height * 3).Select(at => (byte)(at * 97))]);
        Assert.That(() => PictureHash.Of(picture), Throws.Nothing);
    }

    [Test]
    public void The_text_of_a_hash_gives_the_hash()
    {
        using var picture = Edits.Open(TestFiles.Photo(Photo));
        var hash = PictureHash.Of(picture)!;
        Assert.That(PictureHash.Parse(hash.ToString()), Is.EqualTo(hash));
    }

    [TestCase("")]
    [TestCase("1:")]
    [TestCase("1:AAAA")]
    [TestCase("1:!")]
    [TestCase("0:AAAA")]
    [TestCase("AAAA")]
    public void What_is_no_hash_of_this_version_is_refused(string text) => Assert.That(() => PictureHash.Parse(text), Throws.TypeOf<FormatException>());

    [TestCase(2, 36, true, true)]
    [TestCase(14, 12, true, true)]
    [TestCase(14, 13, false, true)]
    [TestCase(16, 36, false, true)]
    [TestCase(17, 0, false, false)]
    [TestCase(0, 37, false, false)]
    public void A_copy_differs_little_in_both_kinds_together(int waves, int steps, bool isSame, bool mayBe) =>
        Assert.That((new PictureLikeness(waves, steps).IsSame, new PictureLikeness(waves, steps).MayBeSame), Is.EqualTo((isSame, mayBe)));

    [Test]
    public void The_square_that_a_website_shows_as_a_thumbnail_is_the_same([ValueSource(nameof(Photographs))] string photo)
    {
        using var original = Edits.Open(TestFiles.Photo(photo));
        var side = (double)Math.Min(original.Width, original.Height);
        using var square = original.Part(0.5, 0.5, side / original.Width, side / original.Height);
        using var thumbnail = square.Resized(150)!;
        Assert.That(Likeness(original, thumbnail)?.IsSame, Is.True);
        Assert.That(Likeness(thumbnail, original)?.IsSame, Is.True, "and the other way round");
    }

    [TestCase(0.06)]
    [TestCase(0.08)]
    [TestCase(0.1)]
    public void A_crop_off_every_side_is_the_same(double share)
    {
        using var original = Edits.Open(TestFiles.Photo(Photo));
        using var crop = original.Part(0.5, 0.5, 1 - (2 * share), 1 - (2 * share));
        Assert.That(Likeness(original, crop)?.IsSame, Is.True);
    }

    [Test]
    public void A_hash_of_the_first_version_stays_what_it_was_and_still_finds_copies()
    {
        using var original = Edits.Open(TestFiles.Photo(Photo));
        using var copy = original.Resized(333)!;
        var bytes = Convert.FromBase64String(PictureHash.Of(original)!.ToString()[2..]);
        var kept = "1:" + Convert.ToBase64String(bytes.AsSpan(0, 26 * 24));
        var first = PictureHash.Parse(kept);
        Assert.That(first.ToString(), Is.EqualTo(kept), "verdicts of before replay to the letter");
        Assert.That(new PictureHashIndex([first]).Find(PictureHash.Of(copy)!).Single().Likeness.IsSame, Is.True);
    }

    private static PictureLikeness? Likeness(PixelImage registered, PixelImage sought)
    {
        var found = new PictureHashIndex([PictureHash.Of(registered)!]).Find(PictureHash.Of(sought)!);
        return found.Count == 0 ? null : found[0].Likeness;
    }
}
