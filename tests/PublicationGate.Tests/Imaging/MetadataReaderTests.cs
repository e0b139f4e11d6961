using System.Text;
using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging;

/// <summary>Metadata of which every byte is known, what cameras and programs hide in files, and files that were made to do harm.</summary>
public class MetadataReaderTests
{
    private const string People = """<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Fenna Proef</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>""";
    private static readonly byte[] Packet = Encoding.UTF8.GetBytes(Carriers.Xmp(People));

    [TestCase("""<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag><rdf:li><rdf:Description mwg-rs:Name="Fenna" mwg-rs:Type="Face"/></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>""", "Person XMP-mwg-rs:Name Fenna")]
    [TestCase("""<acdsee-rs:Regions rdf:parseType="Resource"><acdsee-rs:RegionList><rdf:Bag><rdf:li acdsee-rs:Name="Fenna"/></rdf:Bag></acdsee-rs:RegionList></acdsee-rs:Regions>""", "Person XMP-acdsee-rs:Name Fenna")]
    [TestCase("""<MP:RegionInfo><rdf:Description><MPRI:Regions><rdf:Bag><rdf:li MPReg:PersonEmailDigest="ABCDEF0123" MPReg:Rectangle="0.1, 0.2, 0.3, 0.4"/></rdf:Bag></MPRI:Regions></rdf:Description></MP:RegionInfo>""", "Person XMP-MPReg:PersonEmailDigest ABCDEF0123")]
    [TestCase("""<plus:ModelReleaseID><rdf:Bag><rdf:li>MR-7</rdf:li></rdf:Bag></plus:ModelReleaseID>""", "Person XMP-plus:ModelReleaseID MR-7")]
    [TestCase("""<acdsee:categories>&lt;Category&gt;Fenna&lt;/Category&gt;</acdsee:categories>""", "Text XMP-acdsee:categories <Category>Fenna</Category>")]
    [TestCase("""<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:when="2026-01-02" stEvt:parameters="van /home/jannie/Fenna Proef.psd"/></rdf:Seq></xmpMM:History>""", "Text XMP-stEvt:parameters van /home/jannie/Fenna Proef.psd")]
    [TestCase("""<exif:GPSLatitude>52,5.44N</exif:GPSLatitude><exif:GPSAltitude>3</exif:GPSAltitude>""", "Location XMP-exif:GPSLatitude 52,5.44N")]
    [TestCase("""<eigen:wie>Fenna</eigen:wie>""", "Text XMP-eigen:wie Fenna", Description = "a schema that nobody knows")]
    [TestCase("""<xmpMM:DocumentID>xmp.did:f74a6eed-587d-4048-bbcf-ed19c75fa15e</xmpMM:DocumentID>""", "")]
    public void Reads_properties_of_xmp_however_they_are_written(string properties, string expected) =>
        Assert.That(Lines(Carriers.Read(Carriers.JpegWithXmp(properties))), Is.EqualTo(expected));

    [Test]
    public void Reads_xmp_wherever_a_container_keeps_it(
        [Values("jpg", "extended", "png", "packed png", "profile", "gif", "webp", "tif", "photoshop", "sidecar")] string carrier)
    {
        var facts = carrier switch
        {
            "jpg" => Carriers.Read(Carriers.JpegWithXmp(People)),
            "extended" => Carriers.Read(Carriers.JpegWith([.. Extended(Packet, 300)])),
            "png" => Carriers.Read(Carriers.PngWith(("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Packet]))),
            "packed png" => Carriers.Read(Carriers.PngWith(("iTXt", [.. "XML:com.adobe.xmp\0\u0001\0\0\0"u8, .. Pictures.Deflate(Packet)]))),
            "profile" => Carriers.Read(Carriers.PngWith(("zTXt", [.. "Raw profile type xmp\0\0"u8, .. Pictures.Deflate(Encoding.ASCII.GetBytes($"\nxmp\n    {Packet.Length}\n{Convert.ToHexString(Packet)}\n"))]))),
            "gif" => Carriers.Read(Carriers.GifWith([0x21, 0xFF, 11, .. "XMP DataXMP"u8, .. Packet, 1, .. Enumerable.Range(0, 256).Select(i => (byte)(255 - i)), 0])),
            "webp" => Carriers.Read(Carriers.WebpWith("XMP ", Packet)),
            "tif" => Carriers.Read(Carriers.JpegWithExif(new TiffBlock().Raw(0x02BC, Packet, 1).ToBytes())),
            "photoshop" => Carriers.Read(Carriers.JpegWith((0xED, [.. "Photoshop 3.0\0"u8, .. Resource(0x0424, Packet)]))),
            _ => Carriers.Reader.ReadSidecar(new("x.xmp", Packet)),
        };
        Assert.That((facts.Known, Lines(facts)), Is.EqualTo((true, $"Person {(carrier == "sidecar" ? ".xmp " : "")}XMP-Iptc4xmpExt:PersonInImage Fenna Proef")));
    }

    [TestCase("tEXt", "Author\0Jannie", "Maker PNG:Author Jannie")]
    [TestCase("tEXt", "Comment\0Zo\u00EB", "Text PNG:Comment Zo\u00EB")]
    [TestCase("tEXt", "Software\0Gimp", "")]
    [TestCase("prVW", "x", "Hidden PNG:prVW ")]
    public void Reads_chunks_of_png(string type, string data, string expected) =>
        Assert.That(Lines(Carriers.Read(Carriers.PngWith((type, Encoding.Latin1.GetBytes(data))))), Is.EqualTo(expected));

    [Test]
    public void Reads_comments_of_gif_and_jpeg()
    {
        Assert.That(Lines(Carriers.Read(Carriers.GifWith([0x21, 0xFE, 5, .. "Fenna"u8, 3, .. " P."u8, 0]))), Is.EqualTo("Text GIF:Comment Fenna P."));
        Assert.That(Lines(Carriers.Read(Carriers.JpegWith((0xFE, [.. "Fenna P."u8])))), Is.EqualTo("Text JPEG:Comment Fenna P."));
    }

    [TestCase("ASCII\0\0\0", "46656E6E61")]
    [TestCase("UNICODE\0", "00460065006E006E0061", Description = "big-endian")]
    [TestCase("UNICODE\0", "460065006E006E006100", Description = "little-endian, as many write whatever the block is")]
    [TestCase("\0\0\0\0\0\0\0\0", "46656E6E61")]
    public void Reads_user_comments_in_each_encoding(string marker, string hex)
    {
        var exif = new TiffBlock().Raw(0x9286, [.. Encoding.ASCII.GetBytes(marker), .. Convert.FromHexString(hex)]);
        Assert.That(Lines(Carriers.Read(Carriers.JpegWithExif(new TiffBlock().Directory(0x8769, exif).ToBytes()))), Is.EqualTo("Text EXIF:UserComment Fenna"));
    }

    [TestCase(0u, 0u, "")]
    [TestCase(52u, 5u, "Location GPS 52, 5")]
    public void A_gps_directory_without_coordinates_places_nobody(uint latitude, uint longitude, string expected)
    {
        var gps = new TiffBlock().Raw(0, [2, 3, 0, 0], 1).Ascii(1, "N").Rationals(2, latitude, 0, 0).Ascii(3, "E").Rationals(4, longitude, 0, 0).Rationals(6, 12);
        Assert.That(Lines(Carriers.Read(Carriers.JpegWithExif(new TiffBlock().Directory(0x8825, gps).ToBytes()))), Is.EqualTo(expected));
    }

    [Test]
    public void Reads_babies_and_recognised_faces_of_panasonic()
    {
        byte[] faces = new byte[148];
        faces[1] = 1;
        "Fenna"u8.CopyTo(faces.AsSpan(4));
        var facts = Carriers.Read(WithMakerNote("Panasonic", [.. "Panasonic\0\0\0"u8], note => note.Raw(0x66, [.. "Teun\0\0\0\0"u8]).Raw(0x61, faces).Ascii(0x33, "2021:02:03 00:00:00").Ascii(0x8010, "9999:99:99 00:00:00")));
        Assert.That((facts.Known, Lines(facts)), Is.EqualTo((true, "Person MakerNotes:Baby Age 2021:02:03 00:00:00, Person MakerNotes:Face Recognition Info Fenna, Person MakerNotes:Baby Name Teun")));
    }

    [TestCase("Canon", "", 0x0009, "Maker MakerNotes:Owner Name Fenna")]
    [TestCase("SAMSUNG", "", 0x0123, "Person MakerNotes:Face Name Fenna")]
    public void Reads_names_in_the_notes_of_other_makers(string make, string header, int tag, string expected) =>
        Assert.That(Lines(Carriers.Read(WithMakerNote(make, Encoding.ASCII.GetBytes(header), note => note.Ascii(0x0006, "IMG").Ascii(tag, "Fenna")))), Is.EqualTo(expected));

    [Test]
    public void A_thumbnail_of_the_same_picture_is_nothing_and_of_another_is_hidden([Values] bool isSame, [Values(0, 90, 180, 270)] int turned)
    {
        using var picture = Edits.Open(Carriers.Picture("jpg"));
        using var shown = turned == 0 ? null : picture.Turned(turned);
        using var other = Pictures.OfBytes(96, 64, [.. Enumerable.Range(0, 96 * 64).SelectMany(i => new[] { (byte)(i % 96 / 12 % 2 * 200), (byte)(i / 96 / 8 % 2 * 200), (byte)0 })]);
        var thumbnail = Carriers.Save(isSame ? shown ?? picture : other, "jpg");
        var facts = Carriers.Read(Carriers.JpegWithExif(new TiffBlock().Ascii(0x0131, "x").Then(new TiffBlock().Raw(0x0201, [0, 0, 0, 1], 4).Raw(0xC6FD, thumbnail)).ToBytes()));
        Assert.That(Lines(facts), Is.EqualTo(isSame ? "" : "Hidden EXIF:Thumbnail "));
    }

    [Test]
    public void Hides_a_second_image_that_shows_something_else_and_reads_its_metadata()
    {
        using var other = Pictures.OfBytes(64, 64, [.. Enumerable.Range(0, 64 * 64).SelectMany(i => new[] { (byte)(i % 64 / 8 % 2 * 200), (byte)0, (byte)0 })]);
        var first = Carriers.Picture("jpg");
        Assert.That(Lines(Carriers.Read([.. first, .. first])), Is.Empty, "a preview");
        Assert.That(Lines(Carriers.Read([.. first, 0, 0, .. Carriers.Save(other, "jpg")])), Is.EqualTo("Hidden MPImage "));
        Assert.That(Lines(Carriers.Read([.. first, .. Carriers.JpegWithXmp(People)])), Is.EqualTo("Person XMP-Iptc4xmpExt:PersonInImage Fenna Proef"));
    }

    [TestCaseSource(typeof(Carriers), nameof(Carriers.Formats))]
    public void Hides_a_film_after_the_end_of_the_image(string format)
    {
        var film = Convert.FromHexString("000000186674797069736F6D00000000000000000000000000000008").Concat("mdat"u8.ToArray()).ToArray();
        var facts = Carriers.Read([.. Carriers.Picture(format), .. film]);
        Assert.That(facts.Entries.Count > 0 || !facts.Known, Is.EqualTo(format != "tif"), "a TIFF has no end");
    }

    [TestCase("Image_UTC_Data", "")]
    [TestCase("MotionPhoto_Data", "Hidden Trailer ")]
    public void Knows_the_trailer_of_samsung_phones(string name, string expected)
    {
        byte[] block = [0, 0, 1, 10, (byte)name.Length, 0, 0, 0, .. Encoding.ASCII.GetBytes(name), 1, 2, 3, 4];
        byte[] directory = [.. "SEFH"u8, 107, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 10, (byte)block.Length, 0, 0, 0, (byte)block.Length, 0, 0, 0];
        Assert.That(Lines(Carriers.Read([.. Carriers.Picture("jpg"), .. block, .. directory, (byte)directory.Length, 0, 0, 0, .. "SEFT"u8])), Is.EqualTo(expected));
    }

    [Test]
    public void Hides_what_signs_a_picture_since_nobody_reads_it() => Assert.That(Lines(Carriers.Read(Carriers.JpegWith((0xEB, [.. "JP\0\u0001"u8])))), Is.EqualTo("Hidden JPEG:APP11 "));

    [Test]
    public void Tells_that_a_value_or_the_entries_were_cut()
    {
        var value = Carriers.Read(Carriers.JpegWithXmp($"<dc:title>{new string('x', 2001)}</dc:title>"));
        Assert.That(value.Entries.Select(entry => (entry.Kind, entry.Value.Length)), Is.EqualTo(new[] { (MetadataKind.Hidden, 0), (MetadataKind.Text, 2000) }));
        var many = Carriers.Read(Carriers.JpegWithXmp($"<dc:subject><rdf:Bag>{string.Concat(Enumerable.Range(0, 600).Select(i => $"<rdf:li>woord {i}</rdf:li>"))}</rdf:Bag></dc:subject>"));
        Assert.That((many.Entries.Count, many.Entries[^1]), Is.EqualTo((500, new MetadataEntry(MetadataKind.Hidden, "TooManyEntries", ""))));
    }

    private static string Lines(MetadataFacts facts) => (facts.Known ? "" : "unknown; ") + string.Join(", ", facts.Entries.Select(entry => $"{entry.Kind} {entry.Tag} {entry.Value}"));

    private static byte[] Resource(ushort number, byte[] data) => [.. "8BIM"u8, (byte)(number >> 8), (byte)number, 0, 0, 0, 0, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    private static IEnumerable<(byte, byte[])> Extended(byte[] packet, int part) =>
        packet.Chunk(part).Select((bytes, i) => ((byte)0xE1, (byte[])[.. "http://ns.adobe.com/xmp/extension/\0"u8, .. "0123456789ABCDEF0123456789ABCDEF"u8, 0, 0, (byte)(packet.Length >> 8), (byte)packet.Length, 0, 0, (byte)(i * part >> 8), (byte)(i * part), .. bytes]));

    // Offsets in these makers' notes count from the start of the EXIF block, so the block is built twice: once to learn where the note falls.
    private static byte[] WithMakerNote(string make, byte[] header, Action<TiffBlock> fill)
    {
        byte[] Block(int at)
        {
            var note = new TiffBlock();
            fill(note);
            return new TiffBlock().Ascii(0x010F, make).Directory(0x8769, new TiffBlock().Raw(0x927C, [.. header, .. note.Written(at + header.Length)])).ToBytes();
        }

        var marker = header.Length > 0 ? header : Block(0)[^Note(fill).Length..][..8];
        var at = Block(0).AsSpan().LastIndexOf(marker);
        return Carriers.JpegWithExif(Block(make == "SAMSUNG" ? 0 : at));
    }

    private static byte[] Note(Action<TiffBlock> fill)
    {
        var note = new TiffBlock();
        fill(note);
        return note.Written(0);
    }
}
