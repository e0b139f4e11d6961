using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging;

/// <summary>Metadata as ExifTool writes it, in every container that the gate reads.</summary>
public class MetadataInContainersTests
{
    private static readonly string[] Exif = ["jpg", "png", "webp", "tif", "avif"];
    private static readonly string[] Xmp = ["jpg", "png", "webp", "gif", "tif", "avif"];

    [TestCaseSource(typeof(Carriers), nameof(Carriers.Formats))]
    public void A_plain_picture_says_nothing(string format)
    {
        var facts = Carriers.Read(Carriers.Picture(format));
        Assert.That((facts.Known, facts.Entries.Count, facts.Camera), Is.EqualTo((true, 0, (CameraIdentity?)null)));
    }

    [TestCaseSource(nameof(Exif))]
    public void Finds_the_camera_the_place_the_maker_and_texts_of_exif(string format)
    {
        var facts = Carriers.Read(ExifTool.Write(Carriers.Picture(format), format, "-EXIF:Make=Canon", "-EXIF:Model=EOS 90D", "-EXIF:SerialNumber=12345", "-EXIF:Artist=Jannie Proef",
            "-EXIF:GPSLatitude=52.0907", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=5.1214", "-EXIF:GPSLongitudeRef=E", "-EXIF:ImageDescription=Zoë op het plein",
            "-EXIF:UserComment=Groep 5", "-EXIF:XPKeywords=Fenna;Teun", "-EXIF:OwnerName=Ama", "-EXIF:DateTimeOriginal=2026:01:02 03:04:05", "-EXIF:ISO=100"));

        Assert.Multiple(() =>
        {
            Assert.That(facts.Known, Is.True);
            Assert.That(facts.Camera, Is.EqualTo(new CameraIdentity("Canon", "EOS 90D", "12345")));
            Assert.That(facts.Entries, Does.Contain(new MetadataEntry(MetadataKind.Location, "GPS", "52.0907, 5.1214")));
            Assert.That(facts.Entries, Does.Contain(new MetadataEntry(MetadataKind.Maker, "EXIF:Artist", "Jannie Proef")));
            Assert.That(facts.Entries, Does.Contain(new MetadataEntry(MetadataKind.Maker, "EXIF:OwnerName", "Ama")));
            Assert.That(facts.Entries, Does.Contain(new MetadataEntry(MetadataKind.Text, "EXIF:ImageDescription", "Zoë op het plein")));
            Assert.That(facts.Entries, Does.Contain(new MetadataEntry(MetadataKind.Text, "EXIF:UserComment", "Groep 5")));
            Assert.That(facts.Entries, Does.Contain(new MetadataEntry(MetadataKind.Text, "EXIF:XPKeywords", "Fenna;Teun")));
            Assert.That(facts.Entries, Has.Count.EqualTo(6), "dates and exposure are no finding");
        });
    }

    [TestCaseSource(nameof(Xmp))]
    public void Finds_people_places_makers_and_texts_of_xmp(string format)
    {
        var facts = Carriers.Read(ExifTool.Write(Carriers.Picture(format), format,
            "-XMP-mwg-rs:RegionInfo={AppliedToDimensions={W=96,H=64,Unit=pixel},RegionList=[{Area={X=0.5,Y=0.5,W=0.1,H=0.1,Unit=normalized},Name=Fenna Proef,Type=Face,Description=in het rood}]}",
            "-XMP-iptcExt:PersonInImage=Teun Proef", "-XMP-iptcExt:PersonInImageWDetails={PersonName=Ayla Proef}", "-XMP-MP:RegionInfoMP={Regions=[{PersonDisplayName=Sem Proef}]}",
            "-XMP-photoshop:City=Amersfoort", "-XMP-iptcExt:LocationCreated={Sublocation=Manege}", "-XMP-dc:Creator=Jannie Proef", "-XMP-dc:Rights=Proef Fotografie", "-XMP-dc:Description=Dag van het paard",
            "-XMP-dc:Subject=paard", "-XMP-lr:HierarchicalSubject=Mensen|Fenna", "-XMP-digiKam:TagsList=Mensen/Fenna", "-XMP-photoshop:CaptionWriter=Jannie", "-XMP-photoshop:AuthorsPosition=moeder"));

        Assert.Multiple(() =>
        {
            Assert.That(facts.Known, Is.True);
            Assert.That(facts.Entries.Where(entry => entry.Kind == MetadataKind.Person).Select(entry => entry.Value),
                Is.EquivalentTo(new[] { "Fenna Proef", "in het rood", "Teun Proef", "Ayla Proef", "Sem Proef" }));
            Assert.That(facts.Entries.Where(entry => entry.Kind == MetadataKind.Location).Select(entry => entry.Value), Is.EquivalentTo(new[] { "Amersfoort", "Manege" }));
            Assert.That(facts.Entries.Where(entry => entry.Kind == MetadataKind.Maker).Select(entry => entry.Value), Is.EquivalentTo(new[] { "Jannie Proef", "Proef Fotografie" }));
            Assert.That(facts.Entries.Where(entry => entry.Kind == MetadataKind.Text).Select(entry => entry.Value),
                Is.EquivalentTo(new[] { "Dag van het paard", "paard", "Mensen|Fenna", "Mensen/Fenna", "Jannie", "moeder" }));
        });
    }

    [TestCase("jpg")]
    [TestCase("tif")]
    public void Finds_iptc(string format)
    {
        var facts = Carriers.Read(ExifTool.Write(Carriers.Picture(format), format, "-IPTC:By-line=Jannie Proef", "-IPTC:City=Soest", "-IPTC:Sub-location=Manege", "-IPTC:Keywords=Fenna",
            "-IPTC:Caption-Abstract=Zoë wint", "-IPTC:Writer-Editor=JP", "-IPTC:Contact=06", "-IPTC:Headline=Ponydag", "-IPTC:DateCreated=2026:01:02"));
        Assert.That(facts.Known, Is.True);
        Assert.That(facts.Entries.Select(entry => $"{entry.Kind} {entry.Tag} {entry.Value}"), Is.EquivalentTo(new[]
        {
            "Maker IPTC:By-line Jannie Proef", "Location IPTC:City Soest", "Location IPTC:Sub-location Manege", "Text IPTC:Keywords Fenna", "Text IPTC:Caption Zoë wint", "Text IPTC:Writer-Editor JP",
            "Text IPTC:Contact 06", "Text IPTC:Headline Ponydag",
        }));
    }

    [Test]
    public void Finds_what_stands_in_a_sidecar_as_exiftool_writes_it()
    {
        using var folder = new Tests.Intake.TemporaryFolder();
        folder.Text("x.xmp", Carriers.Xmp(""));
        var written = ExifTool.Write(File.ReadAllBytes(folder["x.xmp"]), "xmp", "-XMP-iptcExt:PersonInImage=Teun Proef");
        Assert.That(Carriers.Reader.ReadSidecar(new("x.xmp", written)).Tags(MetadataKind.Person), Is.EqualTo(new[] { ".xmp XMP-Iptc4xmpExt:PersonInImage" }));
    }
}
