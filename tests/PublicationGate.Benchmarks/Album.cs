using PublicationGate.Imaging;
using PublicationGate.Intake;

namespace PublicationGate.Benchmarks;

/// <summary>
/// A temporary folder of JPEGs, of 12 megapixels unless asked otherwise, made from the sample package's photographs cut to 4 by 3, so that faces and
/// textures are real. Like a camera's, they say in EXIF which side is up; without that, photos in which no face is seen are looked at
/// turned, too.
/// </summary>
internal sealed class Album : IDisposable
{
    /// <summary>The photographs of the sample package that show one face.</summary>
    public static readonly IReadOnlyList<string> Portraits =
        ["team-1", "team-2", "team-3", "team-4", "ivana", "ivana-square", "kal-visuals", "kal-visuals-square", "charles", "brooke", "marie", "jordan", "bruce-mars", "ivancik"];

    private static readonly IReadOnlyList<string> Sources =
        ["meeting", "annie-spratt", "toa-heftiba", "office-dark", "team-1", "brooke", "card-3", "nastuh", "blog7-1", "ivana"];

    private Album(string path) => Path = path;

    public string Path { get; }

    // An EXIF segment with one entry: orientation (0x0112), a short, 1.
    private static readonly byte[] Upright =
        [0xFF, 0xE1, 0, 34, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];

    public static Album Make(Arguments arguments, int usualPhotos)
    {
        var (photos, longSide) = (arguments.Number("--photos", usualPhotos), arguments.Number("--long-side", 4000));
        var sources = arguments.Has("--portraits") ? Portraits : Sources;
        var album = new Album(Directory.CreateTempSubdirectory("publication-gate-album-").FullName);
        Parallel.For(0, Math.Min(photos, sources.Count), i =>
        {
            var source = System.IO.Path.Combine(Project.Root, "node_modules/soft-ui-design-system/assets/img", sources[i] + ".jpg");
            var resized = album.Photo(i) + ".resized";
            Resize(File.ReadAllBytes(source), resized, longSide, arguments.Has("--progressive"));
            for (var copy = i; copy < photos; copy += sources.Count)
            {
                CopyAsOther(resized, album.Photo(copy), copy, arguments.Has("--without-exif") ? [] : Upright);
            }

            File.Delete(resized);
        });

        return album;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Photo(int number) => System.IO.Path.Combine(Path, $"{number:0000}.jpg");

    private static unsafe void Resize(byte[] content, string path, int longSide, bool progressive)
    {
        fixed (byte* data = content)
        {
            using var original = ImageLoader.Open(ImageFormat.Jpeg, (nint)data, content.Length, "error");
            using var resized = VipsOperation.Named("thumbnail_image").With("in", original).With("width", $"{longSide}").With("height", $"{longSide * 3 / 4}").With("crop", "centre").Run();
            VipsOperation.Named("jpegsave").With("in", resized).With("filename", path).With("Q", "90").With("interlace", progressive ? "true" : "false").RunWithoutOutput();
        }
    }

    // The same picture with another comment segment after the start marker: other bytes, so that nothing is known of it from before.
    private static void CopyAsOther(string source, string target, int number, byte[] exif)
    {
        var content = File.ReadAllBytes(source);
        using var file = File.Create(target);
        file.Write(content.AsSpan(0, 2));
        file.Write(exif);
        file.Write([0xFF, 0xFE, 0, 4, (byte)(number >> 8), (byte)number]);
        file.Write(content.AsSpan(2));
    }
}
