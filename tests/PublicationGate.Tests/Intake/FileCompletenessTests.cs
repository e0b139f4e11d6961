using System.Buffers.Binary;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Intake;

public class FileCompletenessTests
{
    private static readonly byte[] Gif = Pictures.Gif(40, 30, 5);
    private static readonly byte[] Png = Pictures.Png(60, 60, Pictures.Rgb, 8, [.. Enumerable.Range(0, 60 * 60 * 3).Select(i => (byte)(i * 7919 >> 3))]);

    private static readonly byte[] Webp = Edits.Animation("webp", Edits.Open(TestFiles.Photo("ivana.jpg"), 100));

    private static IEnumerable<TestCaseData> Whole()
    {
        yield return new TestCaseData(TestFiles.Photo("ivana.jpg")).SetName("{m}(jpeg)");
        yield return new TestCaseData(WithThumbnail(TestFiles.Photo("ivana.jpg"))).SetName("{m}(jpeg with a thumbnail)");
        yield return new TestCaseData(Png).SetName("{m}(png)");
        yield return new TestCaseData(Gif).SetName("{m}(gif)");
        yield return new TestCaseData(Webp).SetName("{m}(webp)");
        yield return new TestCaseData(Tiff(false)).SetName("{m}(tiff)");
        yield return new TestCaseData(Tiff(true)).SetName("{m}(tiff, big-endian)");
        yield return new TestCaseData(Iso("avif")).SetName("{m}(avif)");
        yield return new TestCaseData(Iso("heic")).SetName("{m}(heic)");
    }

    private static IEnumerable<TestCaseData> WholeAndCompressed() => Whole().Where(file => file.TestName?.Contains("tiff", StringComparison.Ordinal) == false);

    [TestCaseSource(nameof(Whole))]
    public void A_whole_file_has_its_end(byte[] file) => Assert.That(Of(file), Is.EqualTo(FileEnd.Present));

    [TestCaseSource(nameof(Whole))]
    public void A_file_cut_anywhere_lacks_its_end(byte[] file)
    {
        var step = Math.Max(1, file.Length / 800);
        for (var length = 1; length < file.Length; length += step)
        {
            Assert.That(Of(file[..length]), Is.AnyOf(FileEnd.Missing, FileEnd.Empty), $"{length} of {file.Length} bytes");
        }

        Assert.That(Of(file[..^1]), Is.EqualTo(FileEnd.Missing));
    }

    // An uncompressed TIFF may be black: it is not among these.
    [TestCaseSource(nameof(WholeAndCompressed))]
    public void Room_that_was_set_aside_and_is_not_filled_yet_is_no_end(byte[] file)
    {
        var later = new byte[file.Length + 5000];
        file.AsSpan(0, file.Length / 2).CopyTo(later);
        Assert.That(Of(later), Is.EqualTo(FileEnd.Missing));
    }

    [Test]
    public void What_holds_nothing_yet_is_empty([Values(0, 1, 40, 100_000)] int zeros) => Assert.That(Of(new byte[zeros]), Is.EqualTo(FileEnd.Empty));

    [Test]
    public void A_format_that_the_gate_does_not_know_is_whole() => Assert.That(Of("wat dan ook, een tekst"u8.ToArray()), Is.EqualTo(FileEnd.Present));

    [Test]
    public void Trailing_bytes_do_not_hide_the_end([Values("jpg", "png", "gif")] string kind)
    {
        var file = kind switch { "jpg" => TestFiles.Photo("ivana.jpg"), "png" => Png, _ => Gif };
        Assert.Multiple(() =>
        {
            Assert.That(Of([.. file, .. "SEFT en nog wat van de maker"u8]), Is.EqualTo(FileEnd.Present));
            Assert.That(Of([.. file, .. new byte[3000]]), Is.EqualTo(FileEnd.Present));
        });
    }

    [Test]
    public void A_second_picture_behind_the_first_must_be_whole_too()
    {
        var photo = TestFiles.Photo("ivana.jpg");
        Assert.Multiple(() =>
        {
            Assert.That(Of([.. photo, .. new byte[10], .. photo]), Is.EqualTo(FileEnd.Present));
            Assert.That(Of([.. photo, .. new byte[10], .. photo[..^2]]), Is.EqualTo(FileEnd.Missing));
            Assert.That(Of([.. photo, .. photo[..300]]), Is.EqualTo(FileEnd.Missing));
        });
    }

    [Test]
    public void The_film_of_a_motion_photo_must_be_whole_too()
    {
        var (photo, film) = (TestFiles.Photo("ivana.jpg"), Iso("mp42"));
        Assert.Multiple(() =>
        {
            Assert.That(Of([.. photo, .. film]), Is.EqualTo(FileEnd.Present));
            Assert.That(Of([.. photo, .. film[..^5]]), Is.EqualTo(FileEnd.Missing));
            Assert.That(Of([.. photo, .. film[..40]]), Is.EqualTo(FileEnd.Missing));
        });
    }

    [Test]
    public void Boxes_without_their_data_are_half_a_file() =>
        Assert.Multiple(() =>
        {
            Assert.That(Of([.. Box("ftyp", "avif"u8.ToArray()), .. Box("meta", new byte[40])]), Is.EqualTo(FileEnd.Missing));
            Assert.That(Of([.. Box("ftyp", "avif"u8.ToArray()), .. Box("meta", [.. new byte[40], .. "idat"u8])]), Is.EqualTo(FileEnd.Present));
            Assert.That(Of([.. Box("ftyp", "avif"u8.ToArray()), .. Box("mdat", [1, 2, 3])]), Is.EqualTo(FileEnd.Missing));
        });

    [Test]
    public void A_file_that_cannot_be_opened_says_so()
    {
        using var folder = new TemporaryFolder();
        Assert.That(FileCompleteness.Of(folder["weg.jpg"]), Is.EqualTo(FileEnd.Unreadable));
    }

    [Test]
    [Category("Corpus")]
    public void Every_file_of_the_bad_corpus_gets_an_answer_and_every_sound_one_is_whole()
    {
        var folder = TestFiles.Shared("corpora/bad");
        var sound = File.ReadLines(Path.Combine(folder, "INDEX.csv")).Skip(1).Select(line => line.Split(',')).Where(cells => cells[^1] == "decoded").Select(cells => cells[0]).ToHashSet();
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), FileCompleteness.Of);

        // A GIF without its trailer: programs show it, but who knows whether more was to come.
        sound.Remove("image-rs+image-gif/tests/crashtest/issue-96-small-codesize.gif");
        Assert.That(files.Where(file => sound.Contains(file.Key) && file.Value != FileEnd.Present).Select(file => file.Key), Is.Empty);
        Assert.That(sound, Has.Count.GreaterThan(100));
    }

    [Test]
    public void Random_bytes_behind_every_mark_end_in_an_answer()
    {
        var random = new Random(1);
        byte[][] marks = [[0xFF, 0xD8, 0xFF], [.. "\x89PNG\r\n\x1A\n"u8], [.. "GIF89a"u8], [.. "II*\0"u8], [.. "MM\0+"u8], [.. "RIFF"u8], [0, 0, 0, 20, .. "ftypavif"u8]];
        for (var round = 0; round < 3000; round++)
        {
            var rest = new byte[random.Next(600)];
            random.NextBytes(rest);
            Assert.That(() => Of([.. marks[round % marks.Length], .. rest]), Throws.Nothing);
        }
    }

    private static FileEnd Of(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return FileCompleteness.Of(stream);
    }

    // An EXIF segment whose thumbnail is a JPEG with an end of its own.
    private static byte[] WithThumbnail(byte[] jpeg)
    {
        byte[] segment = [.. "Exif\0\0"u8, .. Enumerable.Repeat((byte)1, 500), 0xFF, 0xD8, 0xFF, 0xD9, .. Enumerable.Repeat((byte)1, 500)];
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)((segment.Length + 2) >> 8), (byte)(segment.Length + 2), .. segment, .. jpeg[2..]];
    }

    private static byte[] Iso(string brand) =>
        [.. Box("ftyp", [.. System.Text.Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0]), .. Box(brand == "mp42" ? "moov" : "meta", [.. Enumerable.Repeat((byte)7, 300)]), .. Box("mdat", [.. Enumerable.Repeat((byte)9, 4000)])];

    private static byte[] Box(string type, byte[] content)
    {
        byte[] box = [0, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(type), .. content];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)box.Length);
        return box;
    }

    // One directory in front, a strip of 3,000 bytes behind it.
    private static byte[] Tiff(bool bigEndian)
    {
        var file = new byte[8 + 2 + 24 + 4 + 3000];
        Array.Fill(file, (byte)5, 38, 3000);
        (bigEndian ? "MM\0*"u8 : "II*\0"u8).CopyTo(file);
        Put(4, 8, 4);
        Put(8, 2, 2);
        Entry(10, 273, 38);
        Entry(22, 279, 3000);
        return file;

        void Entry(int at, uint tag, uint value)
        {
            Put(at, tag, 2);
            Put(at + 2, 4, 2);
            Put(at + 4, 1, 4);
            Put(at + 8, value, 4);
        }

        void Put(int at, uint value, int size)
        {
            for (var i = 0; i < size; i++)
            {
                file[at + i] = (byte)(value >> (8 * (bigEndian ? size - 1 - i : i)));
            }
        }
    }
}
