using System.Diagnostics;
using PublicationGate.Imaging;

namespace PublicationGate.Benchmarks;

internal static class HashesBenchmark
{
    public static int Run(Arguments arguments)
    {
        var decoder = new ImageDecoder(new ImageLimits());
        var folders = (arguments.Text("--photos") ?? "").Split(':');
        var originals = new List<(string Name, int Group, PixelImage Pixels)>();
        var group = 0;
        string[] sittings = ["brooke ivana-square", "bruce-mars jordan", "kal-visuals kal-visuals-square"];
        foreach (var file in folders.SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal))
        {
            try
            {
                var content = File.ReadAllBytes(file);
                var header = decoder.ReadHeader(content);
                var pixels = decoder.DecodeFrames(content, header, 1280, () => { }).First();
                if (Math.Min(pixels.Width, pixels.Height) < 150) continue;
                originals.Add((Path.GetFileName(file), Group(file, group), pixels));
                var n = 3;
                if (Math.Min(pixels.Width, pixels.Height) >= 450)
                {
                    using var image = VipsImage.FromPixels(pixels.DangerousGetHandle(), pixels.Width, pixels.Height);
                    for (var i = 0; i < n * n; i++)
                    {
                        var (w, h) = (pixels.Width / n, pixels.Height / n);
                        using var area = Manipulations.Area(image, i % n * w, i / n * h, w, h);
                        originals.Add(($"{Path.GetFileName(file)}#{i}", Group(file, group), area.ToPixels()));
                    }
                }
                group++;
            }
            catch (UnreadableImageException) { }
        }

        int Group(string file, int number) => Array.FindIndex(sittings, s => s.Split(' ').Contains(Path.GetFileNameWithoutExtension(file))) is >= 0 and var at ? -1 - at : number;
        var hashes = originals.Select(o => PictureHash.Of(o.Pixels)).ToList();
        for (var i = 0; i < 50; i++) PictureHash.Of(originals[0].Pixels);
        var t = Stopwatch.GetTimestamp();
        for (var i = 0; i < 50; i++) PictureHash.Of(originals[0].Pixels);
        Console.WriteLine($"{originals.Count} pictures of {group} photographs, {hashes.Count(h => h is null)} plain; {originals[0].Pixels.Width}x{originals[0].Pixels.Height}: {Stopwatch.GetElapsedTime(t).TotalMilliseconds / 50:0.00} ms");

        // different
        var different = new List<(int W, int S, string What, int L)>();
        Parallel.For(0, hashes.Count, i =>
        {
            if (hashes[i] is not { } a) return;
            for (var j = i + 1; j < hashes.Count; j++)
            {
                if (hashes[j] is not { } b || (originals[i].Group == originals[j].Group && (originals[i].Group < 0 || !originals[i].Name.Contains('#') || !originals[j].Name.Contains('#')))) continue;
                foreach (var (w, s) in Pairs(a, b))
                {
                    if (w <= 22) lock (different) different.Add((w, s, $"{originals[i].Name} {originals[j].Name}", Math.Max(a.Structure, b.Structure)));
                }
            }
        });
        Console.WriteLine("structures: " + string.Join(" ", hashes.Where(h => h is not null).Select(h => h!.Structure / 4 * 4).GroupBy(x => x).OrderBy(g => g.Key).Select(g => $"{g.Key}:{g.Count()}")) + "  least of whole photos: " + string.Join(" ", originals.Zip(hashes).Where(x => !x.First.Name.Contains('#') && x.Second is not null).OrderBy(x => x.Second!.Structure).Take(6).Select(x => $"{x.First.Name}={x.Second!.Structure}")));
        foreach (var least in new[] { 40 })
        {
            Console.WriteLine($"structure >= {least}: different pairs of pictures with waves <= W (rows 8..22), steps <= S (20..48)");
            foreach (var w in new[] { 6, 8, 10, 12, 14, 16, 18, 20, 22 })
                Console.WriteLine($"  {w,3}: " + string.Join(" ", new[] { 12, 16, 20, 24, 28, 32, 36, 40, 44, 48 }.Select(st => $"{different.Where(d => d.L >= least && d.W <= w && d.S <= st).Select(d => d.What).Distinct().Count(),5}")));
        }
        foreach (var d in different.Where(d => d.L >= 40 && d.W <= 18 && d.S <= 40).GroupBy(d => d.What).Select(g => g.MinBy(d => d.W + d.S)).OrderBy(d => d.W + d.S).Take(25)) Console.WriteLine($"  {d}");
        Console.WriteLine("lowest per waves among different:");
        foreach (var w in different.GroupBy(d => d.W).OrderBy(g => g.Key).Take(0))
        {
            Console.WriteLine($"  waves {w.Key}: {w.Count()} pairs, steps from {string.Join(" ", w.OrderBy(d => d.S).Take(3).Select(d => $"{d.S} ({d.What})"))}");
        }

        Console.WriteLine("by structure, pictures: " + string.Join(" ", originals.Zip(hashes).Where(x => x.Second is not null).OrderBy(x => x.Second!.Structure).Take(60).Select(x => $"{x.First.Name}={x.Second!.Structure}")));
        if (arguments.Has("--different")) return 0;
        var index = 0;
        
        foreach (var (name, apply) in Manipulations.Twelve.Concat(Manipulations.Beyond))
        {
            var bag = new System.Collections.Concurrent.ConcurrentBag<(int W, int S, string What)>();
            Parallel.For(0, originals.Count, i =>
            {
                if (hashes[i] is not { } a || a.Structure < 40) return;
                using var image = VipsImage.FromPixels(originals[i].Pixels.DangerousGetHandle(), originals[i].Pixels.Width, originals[i].Pixels.Height);
                using var rgb = VipsOperation.Named("copy").With("in", image).With("interpretation", "srgb").Run();
                var bytes = apply(rgb, new Random((i * 100) + index));
                using var pixels = decoder.DecodeFrames(bytes, decoder.ReadHeader(bytes), 1280, () => { }).First();
                var b = PictureHash.Of(pixels);
                var best = b is null || Math.Max(a.Structure, b.Structure) < 40 ? (W: 64, S: 128) : Pairs(a, b).MinBy(p => p.W * 2 + p.S);
                bag.Add((best.W, best.S, originals[i].Name));
            });
            index++;
            if (name.Contains("telephoneX")) foreach (var x in bag.Where(x => x.W > 16).OrderByDescending(x => x.W)) Console.WriteLine($"    {x}");
            var byWaves = bag.OrderByDescending(b => b.W).ToList();
            string Recall(int w, int s) => $"{bag.Count(b => b.W <= w && b.S <= s) / (double)bag.Count:0.000}";
            Console.WriteLine($"{name,-32} n={bag.Count} w p98 {byWaves[byWaves.Count / 50].W} max {byWaves[0].W}; s p98 {bag.OrderByDescending(b => b.S).ElementAt(bag.Count / 50).S} max {bag.Max(b => b.S)}; recall 10/26 {Recall(10, 26)} 12/28 {Recall(12, 28)} 14/28 {Recall(14, 28)} 14/32 {Recall(14, 32)} 16/32 {Recall(16, 32)} 16/36 {Recall(16, 36)}  {byWaves[0]} {byWaves[1]}");
        }

        return 0;
    }

    private static IEnumerable<(int W, int S)> Pairs(PictureHash a, PictureHash b)
    {
        for (var i = 0; i < a.Windows.Count; i++)
        {
            for (var j = 0; j < b.Windows.Count; j++)
            {
                if (i < 2 || j < 2) yield return (a.Windows[i].WavesFrom(b.Windows[j]), a.Windows[i].StepsFrom(b.Windows[j]));
            }
        }

        for (var turn = 1; turn < 8; turn++)
        {
            for (var i = 0; i < 2; i++)
            {
                var w = a.Windows[i];
                if ((turn & 1) != 0) w = w.Mirrored();
                if ((turn & 2) != 0) w = w.Flipped();
                if ((turn & 4) != 0) w = w.Transposed();
                for (var j = 0; j < 2; j++) yield return (w.WavesFrom(b.Windows[j]), w.StepsFrom(b.Windows[j]));
            }
        }
    }
}
