using System.Diagnostics;
using System.Text;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging;

/// <summary>Metadata that was made to break readers: it ends unknown, soon, and with the program alive.</summary>
public class HostileMetadataTests
{
    [TestCase("""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>""")]
    [TestCase("""<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>""")]
    [TestCase("<x><y></x>")]
    [TestCase("no xml at all")]
    public void Xmp_with_a_dtd_or_damage_is_unknown(string packet) => Assert.That(Carriers.Reader.ReadSidecar(new("x.xmp", Encoding.UTF8.GetBytes(packet))).Known, Is.EqualTo(packet.StartsWith("no", StringComparison.Ordinal)));

    [Test]
    public void A_sidecar_that_could_not_be_read_is_unknown() => Assert.That(Carriers.Reader.ReadSidecar(new("x.xmp", null)).Known, Is.False);

    [Test]
    public void Deep_xml_is_unknown() => Assert.That(Soon(Carriers.JpegWithXmp(string.Concat(Enumerable.Repeat("<dc:a>", 3000)))).Known, Is.False);

    [Test]
    public void A_value_of_megabytes_of_blanks_and_digits_is_told_soon()
    {
        var start = Stopwatch.GetTimestamp();
        var facts = Carriers.Reader.ReadSidecar(new("x.xmp", Encoding.UTF8.GetBytes(Carriers.Xmp($"<dc:title>1{new string(' ', 1_500_000)}1{new string(' ', 1_500_000)}x</dc:title>"))));
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(facts.Entries, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_chain_of_directories_without_end_is_unknown()
    {
        // Each directory is empty and points six bytes on; a reader that follows by recursion runs out of stack.
        var chain = new byte[8_000_000];
        Convert.FromHexString("4D4D002A00000008").CopyTo(chain, 0);
        for (var at = 8; at + 12 < chain.Length; at += 6)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(chain.AsSpan(at + 2), at + 6);
        }

        Assert.That(Soon(chain, ImageFormat.Tiff).Known, Is.False);
    }

    [Test]
    public void Directories_within_directories_without_end_are_unknown()
    {
        // Each holds one tag, SubIFDs, that points to the next.
        var nested = new byte[8_000_000];
        Convert.FromHexString("4D4D002A00000008").CopyTo(nested, 0);
        for (var at = 8; at + 36 < nested.Length; at += 18)
        {
            Convert.FromHexString("0001014A000400000001").CopyTo(nested, at);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(nested.AsSpan(at + 10), at + 18);
        }

        Assert.That(Soon(nested, ImageFormat.Tiff).Known, Is.False);
    }

    [Test]
    public void A_directory_that_names_the_same_bytes_again_and_again_is_unknown()
    {
        var file = new byte[2_000_000];
        Convert.FromHexString("4D4D002A0000000800FF").CopyTo(file, 0);
        for (var i = 0; i < 255; i++)
        {
            byte[] entry = [0xF0, (byte)i, 0, 7, 0, 0x0F, 0xFF, 0, 0, 0, 0x10, 0];
            entry.CopyTo(file, 10 + (12 * i));
        }

        Assert.That(Soon(file, ImageFormat.Tiff).Known, Is.False);
    }

    [Test]
    public void A_text_that_inflates_without_end_is_unknown() =>
        Assert.That(Soon(Carriers.PngWith(("zTXt", [.. "Comment\0\0"u8, .. Pictures.Deflate(new byte[200_000_000])]))).Known, Is.False);

    [Test]
    public void Extended_xmp_that_claims_much_or_is_not_whole_is_unknown([Values(0x7FFFFFFF, 4000)] int claimed)
    {
        byte[] segment = [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. "0123456789ABCDEF0123456789ABCDEF"u8, .. BitConverter.GetBytes(claimed).Reverse(), 0, 0, 0, 0, .. "<x/>"u8];
        Assert.That(Soon(Carriers.JpegWith((0xE1, segment))).Known, Is.False);
    }

    [TestCase("jpg", 40)]
    [TestCase("png", 40)]
    [TestCase("webp", 25)]
    [TestCase("gif", 40)]
    [TestCase("tif", 40)]
    [TestCase("avif", 100)]
    public void A_file_that_is_cut_off_is_never_known_to_be_whole_or_says_what_it_says(string format, int at)
    {
        var whole = Carriers.Picture(format);
        Assert.That(Soon(whole[..at], ImageSignature.Recognise(whole)).Known, Is.False);
    }

    [Test]
    public void Whatever_bytes_are_changed_it_ends_soon([ValueSource(typeof(Carriers), nameof(Carriers.Formats))] string format)
    {
        var exif = new TiffBlock().Ascii(0x010F, "Canon").Ascii(0x013B, "Jannie").Directory(0x8825, new TiffBlock().Rationals(2, 52, 1, 1)).Then(new TiffBlock().Ascii(0x010E, "x")).ToBytes();
        var file = format switch
        {
            "jpg" => Carriers.JpegWithExif(exif),
            "png" => Carriers.PngWith(("eXIf", exif), ("tEXt", [.. "Comment\0x"u8])),
            "webp" => Carriers.WebpWith("EXIF", exif),
            "gif" => Carriers.GifWith([0x21, 0xFE, 2, .. "ab"u8, 0]),
            "tif" => exif,
            _ => Carriers.Picture(format),
        };
        var random = new Random(20261122);
        for (var round = 0; round < 3000; round++)
        {
            var changed = file.ToArray();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                changed[random.Next(2, Math.Min(changed.Length, 400))] = (byte)random.Next(256);
            }

            Soon(changed, ImageSignature.Recognise(file));
        }
    }

    private static MetadataFacts Soon(byte[] file) => Soon(file, ImageSignature.Recognise(file));

    private static MetadataFacts Soon(byte[] file, ImageFormat format)
    {
        var start = Stopwatch.GetTimestamp();
        var facts = Carriers.Reader.Read(file, format);
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(facts.Entries, Has.Count.LessThanOrEqualTo(500));
        return facts;
    }
}
