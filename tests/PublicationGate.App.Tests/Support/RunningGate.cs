using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace PublicationGate.App.Tests.Support;

/// <summary>The program while it runs.</summary>
internal sealed partial class RunningGate : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;
    private readonly StringBuilder said = new();
    private readonly StringBuilder printed = new();

    public RunningGate(Process process)
    {
        this.process = process;
        output = ListenAsync(process.StandardOutput, printed);
        error = ListenAsync(process.StandardError, said);
    }

    /// <summary>The processes that it decodes in now, by their ids. On Linux.</summary>
    public int[] Decoders => [.. Children(process.Id)];

    /// <summary>Whether a process is there, but for what waits to be told to its parent.</summary>
    public static bool IsAlive(int id) => StatusOf(id) is { } status && status.State is not ('Z' or 'X');

    private static IEnumerable<int> Children(int parent) => Directory.GetDirectories("/proc").Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out var id) && StatusOf(id) is { } status && status.Parent == parent && status.State is not ('Z' or 'X')).Select(name => int.Parse(name!, null));

    // "1234 (publication-gate) S 1 …"; the name may hold anything but is the last in brackets.
    private static (char State, int Parent)? StatusOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var rest = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (rest[0][0], int.Parse(rest[1], null));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What it has said on standard error so far, by lines.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (said)
            {
                return said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
        }
    }

    /// <summary>What it has said on standard output so far.</summary>
    public string Printed
    {
        get
        {
            lock (printed)
            {
                return printed.ToString();
            }
        }
    }

    /// <summary>Its id among the machine's processes.</summary>
    public int Id => process.Id;

    /// <summary>Waits until <c>serve</c> says where it is open.</summary>
    public async Task<Uri> AddressAsync()
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromMinutes(1) && !process.HasExited; await Task.Delay(50))
        {
            if (Address().Match(Printed) is { Success: true } open)
            {
                return new(open.Groups[1].Value);
            }
        }

        throw new AssertionException("serve did not open: " + Printed + string.Join('\n', Said));
    }

    [GeneratedRegex(@" (http://127\.0\.0\.1:\d+)\.[\s\S]*\n")]
    private static partial Regex Address();

    /// <summary>Ctrl-C, for this one process.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Asks it to end, as service managers do.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it at once, as a crash does; gives what it had said on standard error.</summary>
    public string Kill()
    {
        Assert.That(process.HasExited, Is.False, () => "it ended by itself: " + error.Result);
        process.Kill();
        process.WaitForExit();
        return error.Result;
    }

    /// <summary>Waits until the program has ended, and watches how much memory it takes.</summary>
    public GateRun ToEnd(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        var peak = 0L;
        while (!process.WaitForExit(50))
        {
            Assert.That(clock.Elapsed, Is.LessThan(limit), "the program does not end");
            peak = Math.Max(peak, PeakSoFar());
        }

        process.WaitForExit();
        var run = new GateRun(process.ExitCode, output.Result, error.Result, peak, clock.Elapsed);
        Assert.That(run.Error, Does.Not.Match(@"(?m)^\s+at \S+\(|Unhandled exception|Exception:"), "a stack trace is no answer to a person");
        return run;
    }

    private static async Task<string> ListenAsync(StreamReader reader, StringBuilder said)
    {
        var some = new char[1024];
        int count;
        while ((count = await reader.ReadAsync(some)) > 0)
        {
            lock (said)
            {
                said.Append(some, 0, count);
            }
        }

        return said.ToString();
    }

    // The program may end between any two looks at it.
    private long PeakSoFar()
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
