using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace PublicationGate.Benchmarks;

/// <summary><c>serve</c> in a process of its own, on some cores, with a first account and a key of it.</summary>
internal sealed partial class LoadedService : IDisposable
{
    private const string Password = "zeven paarse fietsen";
    private const double TicksPerSecond = 100;
    private readonly Process process;

    private LoadedService(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>From the command to its address on standard output.</summary>
    public TimeSpan TimeToOpen { get; private init; }

    /// <summary>A browser that is signed in.</summary>
    public HttpClient Browser { get; private set; } = null!;

    /// <summary>The API key.</summary>
    public string Key { get; private set; } = null!;

    /// <summary>Starts it and makes its first account.</summary>
    public static async Task<LoadedService> StartAsync(string data, int cores)
    {
        var start = Stopwatch.GetTimestamp();
        var info = new ProcessStartInfo("taskset", ["-c", $"0-{cores - 1}", Project.Program, "serve", "--url", "http://127.0.0.1:0", "--data", data, "--language", "en"]) { RedirectStandardOutput = true };
        info.Environment.Remove("PUBLICATION_GATE_DATABASE");
        var process = Process.Start(info)!;
        var address = Match(Open(), await process.StandardOutput.ReadLineAsync());
        var service = new LoadedService(process, new(address)) { TimeToOpen = Stopwatch.GetElapsedTime(start) };
        await process.StandardOutput.ReadLineAsync();
        var token = Match(Token(), await process.StandardOutput.ReadLineAsync());
        await service.EnterAsync(token);
        return service;
    }

    /// <summary>A client with the key.</summary>
    public HttpClient Sender()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        return client;
    }

    /// <summary>Most memory that was ever resident, in MB: of the service, and of its decoding processes together.</summary>
    public (long Service, long Decoders) PeakMegabytes() => (PeakOf(process.Id), Children().Sum(PeakOf));

    /// <summary>Seconds of processor time so far, with its decoding processes.</summary>
    public double ProcessorSeconds() => Children().Append(process.Id).Sum(ProcessorSecondsOf);

    /// <inheritdoc/>
    public void Dispose()
    {
        using var stop = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        process.WaitForExit();
        process.Dispose();
        Browser.Dispose();
    }

    private async Task EnterAsync(string token)
    {
        Browser = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
        await SendFormAsync($"/welcome?token={token}", "/welcome", ("link", token), ("name", "Noor"), ("password", Password));
        Key = Match(ApiKey(), await SendFormAsync("/account/keys", "/account/keys?handler=make", ("name", "load"), ("scopes", "Submit"), ("scopes", "Read"), ("password", Password)));
    }

    private async Task<string> SendFormAsync(string page, string to, params (string Name, string Value)[] fields)
    {
        var token = WebUtility.HtmlDecode(Match(FormToken(), await Browser.GetStringAsync(page)));
        using var form = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("token", token)]);
        using var answer = await Browser.PostAsync(to, form);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private List<int> Children() => [.. Directory.GetDirectories("/proc").Select(Path.GetFileName)
        .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(id => StatOf(id) is [_, var parent, ..] && parent == $"{process.Id}")];

    // From the state on: the name before it, in brackets, may hold anything.
    private static string[] StatOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Seconds of processor time of one process so far; 0 when it is not there.</summary>
    public static double ProcessorSecondsOf(int id) => StatOf(id) is { Length: > 13 } stat
        ? (long.Parse(stat[11], CultureInfo.InvariantCulture) + long.Parse(stat[12], CultureInfo.InvariantCulture)) / TicksPerSecond : 0;

    private static long PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string Match(Regex pattern, string? text) => pattern.Match(text ?? "") is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException($"no {pattern} in: {text}");

    [GeneratedRegex(@"(http://127\.0\.0\.1:\d+)\.")]
    private static partial Regex Open();

    [GeneratedRegex(@"token=(\S{43})")]
    private static partial Regex Token();

    [GeneratedRegex("(pgate_[A-Za-z0-9_-]{43})")]
    private static partial Regex ApiKey();

    [GeneratedRegex("data-token=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
