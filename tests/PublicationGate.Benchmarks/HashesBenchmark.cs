using System.Diagnostics;
using System.Globalization;
using PublicationGate.Imaging;

namespace PublicationGate.Benchmarks;

/// <summary>
/// How well copies are told from different pictures by what they look like, and how fast: each picture manipulated in twelve ways and some
/// more, and every pair of different pictures.
/// </summary>
internal static class HashesBenchmark
{
    public static int Run(Arguments arguments)
    {
        var pictures = HashPhotographs.Read(arguments.Text("--photos"));
        pictures.RemoveAll(picture => picture.IsRegion && arguments.Has("--photographs"));
        var hashes = pictures.ConvertAll(picture => PictureHash.Of(picture.Pixels));
        var distinct = pictures.Zip(hashes, (picture, hash) => (Picture: picture, Hash: hash)).Where(pair => pair.Hash?.IsDistinct == true).Select(pair => (pair.Picture, Hash: pair.Hash!)).ToList();
        Console.WriteLine($"{pictures.Count(picture => !picture.IsRegion)} photographs and {pictures.Count(picture => picture.IsRegion)} regions of them; {pictures.Count - distinct.Count} regions or photographs too plain: {distinct.Count} pictures");
        Copies(distinct);
        Different(distinct);
        Speed(distinct[0].Picture.Pixels, distinct.ConvertAll(pair => pair.Hash), arguments.Number("--index", 100_000));
        return 0;
    }

    private static void Copies(List<(HashedPicture Picture, PictureHash Hash)> pictures)
    {
        var decoder = new ImageDecoder(new ImageLimits());
        var others = new OtherPictures(pictures);
        var closeness = new List<PictureLikeness>();
        Console.WriteLine("\n| copy | waves: median | 98 % | worst | steps: median | 98 % | worst | same | same or doubtful |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var (number, (name, apply)) in Manipulations.Twelve.Concat(Manipulations.Further).Concat(Manipulations.Beyond).Index())
        {
            var found = new PictureLikeness[pictures.Count];
            Parallel.For(0, pictures.Count, at =>
            {
                var pixels = pictures[at].Picture.Pixels;
                using var image = VipsImage.FromPixels(pixels.DangerousGetHandle(), pixels.Width, pixels.Height);
                using var srgb = VipsOperation.Named("copy").With("in", image).With("interpretation", "srgb").Run();
                var content = apply(srgb, new Random((at * 100) + number));
                using var copy = decoder.DecodeFrames(content, decoder.ReadHeader(content), 1280, () => { }).First();
                found[at] = PictureHash.Of(copy) is { } hash ? Closest(pictures[at].Hash, hash) : new PictureLikeness(63, 128);
                others.Seek(at, name, PictureHash.Of(copy));
            });
            closeness.AddRange(number < Manipulations.Twelve.Count ? found : []);
            var (waves, steps) = (found.Select(likeness => likeness.Waves).Order().ToList(), found.Select(likeness => likeness.Steps).Order().ToList());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {(number < Manipulations.Twelve.Count ? "" : number < Manipulations.Twelve.Count + Manipulations.Further.Count ? "further: " : "beyond: ")}{name} | {Of(waves, 50)} | {Of(waves, 98)} | {waves[^1]} | {Of(steps, 50)} | {Of(steps, 98)} | {steps[^1]} | {found.Count(likeness => likeness.IsSame) / (double)found.Length:0.000} | {found.Count(likeness => likeness.MayBeSame) / (double)found.Length:0.000} |"));
        }

        others.Tell();
        Distribution("the twelve copies", closeness);
    }

    // In tenths of the limit of "same".
    private static void Distribution(string what, IEnumerable<PictureLikeness> likenesses)
    {
        var tenths = likenesses.GroupBy(likeness => Math.Min(30, (int)Math.Ceiling(Distance(likeness) * 10))).ToDictionary(group => group.Key, group => group.Count());
        Console.WriteLine($"\nHow far {what} lie apart, in tenths of the limit, up to and with: {string.Join(", ", Enumerable.Range(0, 31).Where(tenths.ContainsKey).Select(tenth => $"{(tenth == 30 ? "more" : tenth)}: {tenths[tenth]}"))}");
    }

    private static double Distance(PictureLikeness likeness) => ((2 * likeness.Waves) + likeness.Steps) / 40.0;

    private static void Different(List<(HashedPicture Picture, PictureHash Hash)> pictures)
    {
        // A region is part of its photograph; regions of one photograph are different pictures.
        var pairs = from a in Enumerable.Range(0, pictures.Count)
                    from b in Enumerable.Range(0, a)
                    let first = pictures[a].Picture
                    let second = pictures[b].Picture
                    let isOneSitting = first.Photograph == second.Photograph
                    where !isOneSitting || (first.IsRegion && second.IsRegion && first.Name.Split('#')[0] == second.Name.Split('#')[0]) || (!first.IsRegion && !second.IsRegion)
                    select (First: first, Second: second, Likeness: (a, b), IsOneSitting: isOneSitting && !first.IsRegion);
        var likenesses = pairs.AsParallel().Select(pair => (pair.First, pair.Second, pair.IsOneSitting, Likeness: Closest(pictures[pair.Likeness.a].Hash, pictures[pair.Likeness.b].Hash))).ToList();
        foreach (var (what, chosen) in new[]
        {
            ("pairs of different photographs", likenesses.Where(pair => !pair.IsOneSitting && !pair.First.IsRegion && !pair.Second.IsRegion).ToList()),
            ("pairs with regions", likenesses.Where(pair => !pair.IsOneSitting && (pair.First.IsRegion || pair.Second.IsRegion)).ToList()),
            ("pairs of photographs of one sitting", likenesses.Where(pair => pair.IsOneSitting).ToList()),
        })
        {
            Console.WriteLine($"\n{chosen.Count} {what}: {chosen.Count(pair => pair.Likeness.IsSame)} taken for the same, {chosen.Count(pair => pair.Likeness.MayBeSame && !pair.Likeness.IsSame)} doubtful; closest:");
            foreach (var pair in chosen.OrderBy(pair => Distance(pair.Likeness)).Take(Math.Max(5, chosen.Count(pair => pair.Likeness.MayBeSame))))
            {
                Console.WriteLine($"  waves {pair.Likeness.Waves}, steps {pair.Likeness.Steps}: {pair.First.Name}, {pair.Second.Name}");
            }

            Distribution(what, chosen.Select(pair => pair.Likeness));
        }
    }

    private static void Speed(PixelImage picture, List<PictureHash> hashes, int count)
    {
        var index = new PictureHashIndex([.. Enumerable.Range(0, count).Select(at => hashes[at % hashes.Count])]);
        var (hashing, finding) = (Times(101, _ => PictureHash.Of(picture)), Times(51, round => index.Find(hashes[round % hashes.Count])));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nhashing {picture.Width} x {picture.Height}: {hashing.Median:0.00} ms (best {hashing.Best:0.00}); one among {count}: {finding.Median:0.0} ms (best {finding.Best:0.0})"));
    }

    private static (double Median, double Best) Times(int rounds, Action<int> run)
    {
        var times = Enumerable.Range(0, rounds * 2).Select(round =>
        {
            var start = Stopwatch.GetTimestamp();
            run(round / 2);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).Skip(rounds).Order().ToList();
        return (times[times.Count / 2], times[0]);
    }

    // As PictureHashIndex compares, without leaving out what is far apart: the pair that is closest.
    private static PictureLikeness Closest(PictureHash one, PictureHash other)
    {
        var (a, b) = (one.Windows.ToArray(), other.Windows.ToArray());
        var pairs = from first in a.Index()
                    from second in b.Index()
                    where first.Index < PictureHash.WholeWindows || second.Index < PictureHash.WholeWindows
                    select (first.Item, Other: second.Item);
        var turned = from first in a.Take(PictureHash.WholeWindows).SelectMany(window => window.Turned())
                     from second in b.Take(PictureHash.WholeWindows)
                     select (Item: first, Other: second);
        return pairs.Concat(turned).Select(pair => new PictureLikeness(pair.Item.WavesFrom(pair.Other), pair.Item.StepsFrom(pair.Other)))
            .MinBy(Distance);
    }

    private static int Of(List<int> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
}
