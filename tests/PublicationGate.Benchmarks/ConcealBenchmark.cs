using System.Globalization;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Publishing;

namespace PublicationGate.Benchmarks;

/// <summary>
/// Whether concealed faces are found again: the labelled photographs and the sample package, as they are and edited, all faces of each
/// concealed, or every second one, by each model at hand. With <c>--out</c> the copies are written, to be looked at.
/// </summary>
internal static class ConcealBenchmark
{
    private static readonly string[] Groups = ["meeting", "toa-heftiba", "annie-spratt", "office-dark"];

    private static readonly (string Name, Func<VipsImage, VipsImage> Apply)[] Edits =
    [
        ("as it is", image => image.InMemory()),
        ("half the size", image => image.Resize(0.5)),
        ("twice the size", image => image.Resize(2)),
        ("mirrored", image => VipsOperation.Named("flip").With("in", image).With("direction", "horizontal").Run()),
        ("tilted by 15 degrees", image => image.Tilt(15, 1)),
        ("tilted by -30 degrees", image => image.Tilt(-30, 1)),
        ("turned by 90 degrees", image => image.Turn(90)),
        ("the middle", image => Manipulations.Area(image, image.Width / 6, image.Height / 6, image.Width * 2 / 3, image.Height * 2 / 3)),
    ];

    public static int Run(Arguments arguments)
    {
        var shared = Path.Combine(Project.Root, "..", "shared");
        var labelled = arguments.Text("--labels") ?? Path.Combine(shared, "faces/labels.json");
        string[] files = [.. LabelledPhotos.Read(labelled).Select(photo => photo.Path), .. Album.Portraits.Concat(Groups).Select(name => Path.Combine(Project.Root, "node_modules/soft-ui-design-system/assets/img", name + ".jpg"))];
        if (arguments.Has("--mosaics"))
        {
            MosaicAttack.Run(labelled);
            return 0;
        }

        var folder = arguments.Text("--models") ?? Path.Combine(shared, "models");
        var models = new ModelStore(Path.Combine(Project.Root, "models"), folder);
        foreach (var weights in new[] { Path.Combine(Project.Root, "node_modules/retinaface/mnet.25_v1.onnx"), Path.Combine(folder, "face_detection_yunet_2023mar.onnx") }.Where(File.Exists))
        {
            var model = models.OpenFile(weights);
            using var faces = new FaceCounter([model]);
            Console.WriteLine($"\n{model.Manifest.Name}\n\n| photographs | all concealed: faces | enlarged | found again | every second: faces | enlarged | found again |\n|---|---|---|---|---|---|---|");
            foreach (var (name, apply) in Edits)
            {
                var photos = files.AsParallel().WithDegreeOfParallelism(arguments.Number("--cores", 2)).Select(file => (Name: Path.GetFileNameWithoutExtension(file), Content: Edited(file, apply))).ToList();
                var (all, second) = (Sum(photos, each: 1), Sum(photos, each: 2));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {all.Faces} | {all.Enlarged} | {all.Failed} | {second.Faces} | {second.Enlarged} | {second.Failed} |"));
            }

            Tally Sum(List<(string Name, byte[] Content)> photos, int each) =>
                photos.AsParallel().WithDegreeOfParallelism(arguments.Number("--cores", 2)).Select(photo => Conceal(photo.Name, photo.Content, faces, each, arguments.Text("--out"))).Aggregate((a, b) => a + b);
        }

        return 0;
    }

    private static Tally Conceal(string name, byte[] content, FaceCounter faces, int each, string? folder)
    {
        var decoder = new ImageDecoder(new ImageLimits());
        var header = decoder.ReadHeader(content);
        var found = faces.Count(header, longSide => decoder.DecodeFrames(content, header, longSide, () => { }), default);
        var boxes = found.Sure.Concat(found.Doubtful).ToList();
        ConcealedRegion[] regions = [.. boxes.Where((_, at) => at % each == 0).Select(box => new ConcealedRegion(ConcealedKind.Face, box.X, box.Y, box.Width, box.Height))];
        if (regions.Length == 0)
        {
            return default;
        }

        // A second box on a concealed head is nobody who stays.
        var staying = boxes.Where((box, at) => at % each != 0 && !regions.Any(region => region.Shape.Contains(box.X + (box.Width / 2), box.Y + (box.Height / 2))));
        var copy = new ConcealedCopies(decoder, faces).Of(content, regions, [.. staying], new(), default);
        if (folder is not null && copy.Copy is { } made)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"{name}-{each}-{content.Length}{made.Extension}"), made.Bytes.ToArray());
        }

        foreach (var failed in copy.Failed)
        {
            Console.Error.WriteLine($"{name}, each {each}: {copy.Regions[failed]}");
        }

        return new(regions.Length, copy.Regions.Count(region => region.Enlarged > 1) - copy.Failed.Count, copy.Failed.Count);
    }

    private static byte[] Edited(string file, Func<VipsImage, VipsImage> apply)
    {
        var (decoder, content) = (new ImageDecoder(new ImageLimits()), File.ReadAllBytes(file));
        using var pixels = decoder.DecodeFrames(content, decoder.ReadHeader(content), 2048, () => { }).First();
        using var image = VipsImage.FromPixels(pixels.DangerousGetHandle(), pixels.Width, pixels.Height);
        using var edited = apply(image);
        return Manipulations.Jpeg(edited, 92);
    }

    private readonly record struct Tally(int Faces, int Enlarged, int Failed)
    {
        public static Tally operator +(Tally a, Tally b) => new(a.Faces + b.Faces, a.Enlarged + b.Enlarged, a.Failed + b.Failed);
    }
}
