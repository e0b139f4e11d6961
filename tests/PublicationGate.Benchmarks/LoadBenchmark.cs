using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace PublicationGate.Benchmarks;

/// <summary>
/// Clients that upload photos at once to the service on a few cores, each the next when it has its verdict, while somebody looks at pages; then the same photos
/// by the command line. Processor time says what waiting for other work of the machine does not change.
/// </summary>
internal static class LoadBenchmark
{
    private static readonly TimeSpan BetweenPages = TimeSpan.FromMilliseconds(250);
    private static readonly string[] Pages = ["/submissions", "/review", "/dashboard", "/published", "/accounts"];
    private static int sent;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (cores, clients, seconds) = (arguments.Number("--cores", 2), arguments.Number("--clients", 8), arguments.Number("--seconds", 60));
        using var album = Album.Make(arguments, usualPhotos: 200);
        var photos = Directory.GetFiles(album.Path).Select(File.ReadAllBytes).ToList();
        Tell($"load average before: {LoadAverage()}");
        var perPhoto = await ServeAsync(photos, cores, clients, TimeSpan.FromSeconds(seconds));
        var (rate, processor) = await ScreenAsync(album.Path, photos.Count, cores);
        Tell($"service to command line: {perPhoto.Rate / rate:0.00} of its photos a second, {perPhoto.Processor / processor:0.00} of its processor time a photo; load average after: {LoadAverage()}");
        return 0;
    }

    private static async Task<(double Rate, double Processor)> ServeAsync(List<byte[]> photos, int cores, int clients, TimeSpan time)
    {
        var data = Directory.CreateTempSubdirectory("publication-gate-load-");
        using var service = await LoadedService.StartAsync(data.FullName, cores);
        // The first photo meets cold code and starts the decoding processes.
        var (statuses, pages) = (new ConcurrentBag<string>(), new ConcurrentBag<(string Page, double Milliseconds)>());
        await SendAsync(service, photos, statuses, TimeSpan.FromSeconds(3));
        var first = statuses.Any(IsTaken);
        Tell($"open {service.TimeToOpen.TotalSeconds:0.0} s after the command; the first photo was {(first ? "" : "NOT ")}taken in");
        statuses.Clear();
        var (start, before) = (Stopwatch.GetTimestamp(), service.ProcessorSeconds());
        using var ended = new CancellationTokenSource(time);
        var looking = LookAsync(service, pages, ended.Token);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => SendAsync(service, photos, statuses, time))));
        var (took, processor) = (Stopwatch.GetElapsedTime(start).TotalSeconds, service.ProcessorSeconds() - before);
        await looking;
        var taken = statuses.Count(IsTaken);
        var peak = service.PeakMegabytes();
        Tell($"service, {clients} clients on {cores} cores: {taken / took:0.00} photos/s, {processor / taken:0.000} processor seconds a photo; {Counts(statuses)}");
        Tell($"memory: service {peak.Service} MB, its decoding processes {peak.Decoders} MB together");
        foreach (var page in pages.GroupBy(page => page.Page).OrderBy(page => page.Key, StringComparer.Ordinal))
        {
            var sorted = page.Select(one => one.Milliseconds).Order().ToList();
            Tell($"page {page.Key}: p50 {sorted[sorted.Count / 2]:0} ms, p95 {sorted[(int)(sorted.Count * 0.95)]:0} ms, {sorted.Count} times");
        }

        return (taken / took, processor / taken);

        static bool IsTaken(string status) => status is "201" or "202";
    }

    private static async Task SendAsync(LoadedService service, List<byte[]> photos, ConcurrentBag<string> statuses, TimeSpan time)
    {
        using var client = service.Sender();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
        {
            var number = Interlocked.Increment(ref sent);
            var file = new ByteArrayContent(Other(photos[number % photos.Count], number));
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            using var form = new MultipartFormDataContent { { new StringContent("people: none"), "declaration" }, { file, "photo", $"{number}.jpg" } };
            try
            {
                using var answer = await client.PostAsync("/api/v1/submissions", form);
                await answer.Content.ReadAsByteArrayAsync();
                statuses.Add(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
            }
            catch (HttpRequestException failure)
            {
                statuses.Add(failure.HttpRequestError.ToString());
            }
        }
    }

    // Other bytes, so that nothing is known of it from before: a comment behind the start marker.
    private static byte[] Other(byte[] photo, int number) => [.. photo.AsSpan(0, 2), 0xFF, 0xFE, 0, 6, .. BitConverter.GetBytes(number), .. photo.AsSpan(2)];

    private static async Task LookAsync(LoadedService service, ConcurrentBag<(string Page, double Milliseconds)> pages, CancellationToken ended)
    {
        var there = new List<string>();
        foreach (var page in Pages)
        {
            using var answer = await service.Browser.GetAsync(page, CancellationToken.None);
            if (answer.IsSuccessStatusCode)
            {
                there.Add(page);
            }
        }

        Tell($"pages that this build has: {string.Join(", ", there)}");
        for (var at = 0; !ended.IsCancellationRequested; at++)
        {
            var page = there[at % there.Count];
            var start = Stopwatch.GetTimestamp();
            await service.Browser.GetStringAsync(page, CancellationToken.None);
            pages.Add((page, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
            await Task.Delay(BetweenPages, CancellationToken.None);
        }
    }

    // From the first verdict to the last: a service does not start for each album.
    private static async Task<(double Rate, double Processor)> ScreenAsync(string folder, int photos, int cores)
    {
        var info = new ProcessStartInfo("taskset", ["-c", $"0-{cores - 1}", Project.Program, "screen", folder, "--json", "--data", Path.Combine(folder, ".data")]) { RedirectStandardOutput = true };
        using var gate = Process.Start(info)!;
        await gate.StandardOutput.ReadLineAsync();
        var (start, before, seconds, spent) = (Stopwatch.GetTimestamp(), LoadedService.ProcessorSecondsOf(gate.Id), 0.0, 0.0);
        while (await gate.StandardOutput.ReadLineAsync() is not null)
        {
            (seconds, spent) = (Stopwatch.GetElapsedTime(start).TotalSeconds, Math.Max(spent, LoadedService.ProcessorSecondsOf(gate.Id) - before));
        }

        await gate.WaitForExitAsync();
        var (rate, processor) = ((photos - 1) / seconds, spent / (photos - 1));
        Tell($"command line, {cores} cores, {photos} photos: {rate:0.00} photos/s, {processor:0.000} processor seconds a photo");
        return (rate, processor);
    }

    private static string Counts(IEnumerable<string> statuses) => string.Join(", ", statuses.GroupBy(status => status).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => $"{same.Count()} x {same.Key}"));

    private static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static void Tell(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
