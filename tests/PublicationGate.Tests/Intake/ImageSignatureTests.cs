using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

public class ImageSignatureTests
{
    [TestCase("FF D8 FF E0", ImageFormat.Jpeg)]
    [TestCase("FF D8 FF DB 00", ImageFormat.Jpeg)]
    [TestCase("89 50 4E 47 0D 0A 1A 0A", ImageFormat.Png)]
    [TestCase("52 49 46 46 10 00 00 00 57 45 42 50", ImageFormat.Webp)]
    [TestCase("47 49 46 38 37 61", ImageFormat.Gif)]
    [TestCase("47 49 46 38 39 61", ImageFormat.Gif)]
    [TestCase("49 49 2A 00", ImageFormat.Tiff)]
    [TestCase("4D 4D 00 2A", ImageFormat.Tiff)]
    [TestCase("49 49 2B 00", ImageFormat.Tiff)]
    [TestCase("4D 4D 00 2B", ImageFormat.Tiff)]
    [TestCase("42 4D 46 00 00 00 00 00 00 00 36", ImageFormat.OtherMedia)]
    [TestCase("38 42 50 53", ImageFormat.OtherMedia)]
    [TestCase("25 50 44 46 2D", ImageFormat.OtherMedia)]
    [TestCase("3C 73 76 67 20", ImageFormat.OtherMedia)]
    [TestCase("1A 45 DF A3", ImageFormat.OtherMedia)]
    [TestCase("FF 0A", ImageFormat.OtherMedia)]
    [TestCase("00 00 00 0C 4A 58 4C 20", ImageFormat.OtherMedia)]
    [TestCase("00 00 00 0C 6A 50 20 20", ImageFormat.OtherMedia)]
    [TestCase("FF 4F FF 51", ImageFormat.OtherMedia)]
    [TestCase("52 49 46 46 10 00 00 00 41 56 49 20", ImageFormat.OtherMedia)]
    public void Recognises_each_format(string bytes, ImageFormat format) => Assert.That(Recognise(bytes), Is.EqualTo(format));

    [TestCase("")]
    [TestCase("FF D8")]
    [TestCase("89 50 4E 47 0D 0A 1A")]
    [TestCase("89 50 4E 47 0A 0A 1A 0A")]
    [TestCase("47 49 46 38 38 61")]
    [TestCase("49 49 00 2A")]
    [TestCase("4D 4D 2A 00")]
    [TestCase("52 49 46 46 10 00 00 00 57 41 56 45", Description = "RIFF that holds sound")]
    [TestCase("52 49 46 46 10 00 00 00 57 45 42", Description = "RIFF cut off in its kind")]
    [TestCase("42 4D 46 00 00 00 01 00 00 00 36")]
    public void What_only_begins_like_a_format_is_unknown(string bytes) => Assert.That(Recognise(bytes), Is.EqualTo(ImageFormat.Unknown));

    [TestCase("BMW rijdt door de straat")]
    [TestCase("GIF87 was een formaat")]
    [TestCase("RIFF en dan WEBP")]
    [TestCase("channel: website\npeople: none\n")]
    [TestCase("key,first_name,prefix,surname,group")]
    public void A_text_is_unknown(string text) =>
        Assert.That(ImageSignature.Recognise(System.Text.Encoding.UTF8.GetBytes(text)), Is.EqualTo(ImageFormat.Unknown));

    [TestCase("avif", ImageFormat.Avif)]
    [TestCase("avis", ImageFormat.Avif)]
    [TestCase("mif1 ---- avif", ImageFormat.Avif)]
    [TestCase("mif1 ---- miaf avif", ImageFormat.Avif)]
    [TestCase("heic", ImageFormat.Heic)]
    [TestCase("hevc", ImageFormat.Heic)]
    [TestCase("mif1 ---- heic", ImageFormat.Heic)]
    [TestCase("msf1", ImageFormat.Heic)]
    [TestCase("isom ---- mp41", ImageFormat.OtherMedia)]
    [TestCase("isom avif mp41", ImageFormat.OtherMedia, Description = "the version is no brand")]
    public void The_brands_of_an_iso_file_tell_its_kind(string brands, ImageFormat format)
    {
        var body = System.Text.Encoding.ASCII.GetBytes(brands.Replace(" ", "", StringComparison.Ordinal));
        byte[] file = [0, 0, 0, (byte)(body.Length + 8), .. "ftyp"u8, .. body, .. "avif"u8];
        Assert.That(ImageSignature.Recognise(file), Is.EqualTo(format));
    }

    [TestCase(0u)]
    [TestCase(1u)]
    [TestCase(7u)]
    [TestCase(uint.MaxValue)]
    public void A_brand_box_of_an_impossible_size_never_throws(uint size)
    {
        byte[] file = [(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size, .. "ftypavif"u8];
        Assert.That(() => ImageSignature.Recognise(file), Throws.Nothing);
    }

    [Test]
    public void No_beginning_of_a_file_however_short_ever_throws() =>
        Prop.ForAll<byte[], byte>((tail, cut) =>
        {
            byte[][] starts = [[], [0xFF, 0xD8, 0xFF], [.. "RIFF"u8, 1, 2, 3, 4, .. "WEBP"u8], [0, 0, 0, 20, .. "ftypavif"u8], [.. "BM"u8], [0x89, .. "PNG"u8]];
            foreach (var start in starts)
            {
                byte[] whole = [.. start, .. tail];
                ImageSignature.Recognise(whole.AsSpan(0, Math.Min(cut % 40, whole.Length)));
            }
        }).QuickCheckThrowOnFailure();

    [TestCase(ImageFormat.Jpeg, "team-1.jpg")]
    [TestCase(ImageFormat.Png, "favicon.png")]
    public void Recognises_real_files_by_their_first_bytes(ImageFormat format, string name) =>
        Assert.That(ImageSignature.Recognise(Support.TestFiles.Photo(name).AsSpan(0, ImageSignature.Length)), Is.EqualTo(format));

    private static ImageFormat Recognise(string bytes) => ImageSignature.Recognise(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
}
