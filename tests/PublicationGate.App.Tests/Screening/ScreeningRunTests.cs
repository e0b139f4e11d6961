using System.Diagnostics;
using PublicationGate.App.Tests.Support;
using PublicationGate.Imaging;

namespace PublicationGate.App.Tests.Screening;

/// <summary>Many photos at once: copies with faces marked, and Ctrl-C in the middle.</summary>
public class ScreeningRunTests
{
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder() => gate = new Gate();

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void Writes_one_copy_a_photo_with_the_faces_marked_and_only_into_the_overlay_folder()
    {
        gate.Photo(Photos.TwoFaces, "album/a.jpg").Photo(Photos.Doubtful, "album/sub/b.JPG").Text("album/broken.jpg", "no photo");
        var before = Files("album");

        gate.Run("screen", "album", "--json", "--overlay", "marked");

        Assert.That(Files("album"), Is.EqualTo(before));
        Assert.That(Files("marked"), Is.EqualTo(new[] { "marked/album/a.jpg", "marked/album/sub/b.JPG" }));
        foreach (var copy in Files("marked"))
        {
            var content = File.ReadAllBytes(gate[copy]);
            var decoder = new ImageDecoder(new ImageLimits());
            var header = decoder.ReadHeader(content);
            using var picture = decoder.DecodeFrames(content, header, 1600, () => Assert.Fail("decodes with warnings")).Single();
            Assert.That(picture.Width, Is.GreaterThan(100));
            Assert.That(MetadataSegments(content), Is.Empty, copy);
        }
    }

    [Test]
    public void Leaves_no_metadata_in_a_copy_that_exiftool_would_find()
    {
        gate.Photo(Photos.TwoFaces, "a.jpg");
        if (ExifTool("-overwrite_original", "-GPSLatitude=52.1", "-GPSLatitudeRef=N", "-XMP-dc:Creator=Fenna Hoekstra", "-IPTC:Caption-Abstract=Fenna", "-Comment=Fenna", gate["a.jpg"]) is null)
        {
            Assert.Ignore("exiftool is not installed (Debian: libimage-exiftool-perl)");
        }

        gate.Run("screen", "a.jpg", "--overlay", "marked");

        Assert.That(ExifTool("-s", "-G", gate["a.jpg"]), Does.Contain("GPSLatitude").And.Contain("Fenna Hoekstra"));
        Assert.That(ExifTool("-s", "-G", "-EXIF:all", "-XMP:all", "-IPTC:all", "-Photoshop:all", "-ICC_Profile:all", "-Comment", gate["marked/a.jpg"]), Is.Empty);
    }

    [Test]
    public void Stops_on_ctrl_c_within_seconds_with_whole_lines_and_a_sound_database()
    {
        gate.Photo(Photos.FourFaces, [.. Enumerable.Range(100, 200).Select(number => $"many/{number}.jpg")]);
        using var running = gate.Start(gate.Folder, "screen", "many", "--json", "--overlay", "marked");
        WaitForTheFirstOverlay();

        running.Interrupt();
        var run = running.ToEnd(TimeSpan.FromSeconds(10));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(130), run.Error);
            Assert.That(run.Error, Does.Contain("Afgebroken."));
            Assert.That(run.Verdicts, Has.Count.LessThan(200), "else it was not stopped");
            Assert.That(run.Out, Is.Empty.Or.EndsWith("}\n"));
            Assert.That(Files("marked").Where(file => !file.EndsWith(".jpg", StringComparison.Ordinal)), Is.Empty, "partial files");
            Assert.That(gate.Run("doctor").ExitCode, Is.Zero);
        });
        var one = gate.Run("screen", "many/100.jpg", "--json").Verdict;
        Assert.That(gate.Run("replay", one.Id()).ExitCode, Is.Zero, "the gate works on after it");
    }

    private void WaitForTheFirstOverlay()
    {
        var clock = Stopwatch.StartNew();
        while (!Directory.Exists(gate["marked/many"]) || Files("marked").Length == 0)
        {
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)), "nothing is screened");
            Task.Delay(50).Wait();
        }
    }

    private string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(gate[folder], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(gate.Folder, file)).Order(StringComparer.Ordinal)];

    // Every segment before the picture's data that can tell something: APP1 to APP15 (Exif, XMP, IPTC, profiles) and comments. APP0 is JFIF.
    private static List<string> MetadataSegments(byte[] jpeg)
    {
        var found = new List<string>();
        for (var at = 2; jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA; at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]))
        {
            if (jpeg[at + 1] is > 0xE0 and <= 0xEF or 0xFE)
            {
                found.Add($"{jpeg[at + 1]:X2} at {at}");
            }
        }

        return found;
    }

    // What exiftool prints; null where it is not installed.
    private static string? ExifTool(params string[] arguments)
    {
        try
        {
            using var tool = Process.Start(new ProcessStartInfo("exiftool", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var printed = tool.StandardOutput.ReadToEnd();
            tool.WaitForExit();
            return printed;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
