using System.Diagnostics;
using System.Text;

namespace PublicationGate.App.Tests.Support;

/// <summary>The program while it runs.</summary>
internal sealed class RunningGate : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;
    private readonly StringBuilder said = new();

    public RunningGate(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        error = ListenAsync(process.StandardError);
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

    private async Task<string> ListenAsync(StreamReader reader)
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
