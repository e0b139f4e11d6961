using System.Diagnostics;
using System.Globalization;

namespace PublicationGate.Imaging.Apart;

/// <summary>Why a process to decode in ended.</summary>
internal enum DecoderEnd
{
    /// <summary>By itself: broken down, or ended by someone else.</summary>
    Crash,

    /// <summary>It did not answer in time.</summary>
    Wall,

    /// <summary>Processor time.</summary>
    Cpu,

    /// <summary>Memory.</summary>
    Memory,

    /// <summary>Nobody needs its answer any more.</summary>
    Unneeded,
}

/// <summary>One child, seen from its parent. Whoever ends it closes the pipe, and with that whatever waits for an answer.</summary>
internal sealed class DecoderProcess : IDisposable
{
    private const int CpuSignal = 24;
    private const int SignalsFrom = 128;
    private static readonly TimeSpan TimeToStart = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    // All that a child learns of its parent's environment: where the runtime is. No connection strings, no keys.
    private static readonly string[] Inherited = ["DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "PATH"];

    private readonly ApartOptions options;
    private readonly TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;
    private int killedFor = -1;

    private DecoderProcess(DecoderProgram program, ImageLimits limits, ApartOptions options)
    {
        this.options = options;
        var start = StartOf(program, limits, options);
        // Linux ends a child with the thread that started it, so that thread stays as long as the child.
        new Thread(() => Keep(start), maxStackSize: 256 * 1024) { IsBackground = true, Name = "decoder" }.Start();
        process = started.Task.GetAwaiter().GetResult();
        Id = process.Id;
        Input = new BinaryReader(new BufferedStream(process.StandardOutput.BaseStream));
        Output = new BinaryWriter(new BufferedStream(process.StandardInput.BaseStream));
    }

    /// <summary>Its id among the machine's processes.</summary>
    public int Id { get; }

    /// <summary>What the child answers.</summary>
    public BinaryReader Input { get; }

    /// <summary>What it is asked; to be flushed.</summary>
    public BinaryWriter Output { get; }

    /// <summary>False when it has ended, and when it is about to.</summary>
    public bool IsAlive => killedFor < 0 && !ended.Task.IsCompleted;

    /// <summary>Starts a child and waits until it is ready.</summary>
    /// <exception cref="DecoderUnavailableException">It does not start.</exception>
    public static DecoderProcess Start(DecoderProgram program, ImageLimits limits, ApartOptions options)
    {
        DecoderProcess? child = null;
        try
        {
            child = new DecoderProcess(program, limits, options);
            using var limit = child.KillAfter(TimeToStart);
            Wire.Demand(child.Input.ReadByte() == (byte)Answer.Ready);
            return child;
        }
#pragma warning disable CA1031 // Whatever keeps it from starting is the machine's, and no photo's fault.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var said = child?.LastWords();
            child?.Dispose();
            throw new DecoderUnavailableException(string.IsNullOrWhiteSpace(said) ? failure.Message : said.Trim(), failure);
        }
    }

    /// <summary>Ends the child unless the result is disposed before that time.</summary>
    public IDisposable KillAfter(TimeSpan time) => new Deadline(this, time);

    /// <summary>Ends the child; the first reason counts.</summary>
    public void Kill(DecoderEnd reason)
    {
        Interlocked.CompareExchange(ref killedFor, (int)reason, -1);
        try
        {
            process.Kill();
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }

    /// <summary>Why it ended; ends it when it has not.</summary>
    public DecoderEnd WhyEnded()
    {
        // What closes its pipe is about to end; what does not gets the signal that nobody can ignore.
        if (!ended.Task.Wait(TimeToEnd))
        {
            Kill(DecoderEnd.Crash);
        }

        var exitCode = ended.Task.GetAwaiter().GetResult();
        return killedFor >= 0 ? (DecoderEnd)killedFor : exitCode == SignalsFrom + CpuSignal ? DecoderEnd.Cpu : DecoderEnd.Crash;
    }

    // Ended first, so that there is an end to what it says.
    private string LastWords()
    {
        _ = WhyEnded();
        return process.StandardError.ReadToEnd();
    }

    public void Dispose()
    {
        Kill(DecoderEnd.Unneeded);
        ended.Task.GetAwaiter().GetResult();
        // Not the writer, which would try to write what is left.
        process.StandardInput.BaseStream.Dispose();
        process.StandardOutput.BaseStream.Dispose();
        process.StandardError.Dispose();
        process.Dispose();
    }

    private void Keep(ProcessStartInfo start)
    {
        try
        {
            var watched = Process.Start(start)!;
            started.SetResult(watched);
            // Only Linux can limit memory from inside in a way that suits .NET.
            while (!watched.WaitForExit(OperatingSystem.IsLinux() ? Timeout.InfiniteTimeSpan : BetweenLooks))
            {
                watched.Refresh();
                if (watched.WorkingSet64 > options.Bytes * 2)
                {
                    Kill(DecoderEnd.Memory);
                }
            }

            ended.SetResult(watched.ExitCode);
        }
#pragma warning disable CA1031 // Told to whoever waits for the child.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            started.TrySetException(failure);
            ended.TrySetResult(-1);
        }
    }

    private static ProcessStartInfo StartOf(DecoderProgram program, ImageLimits limits, ApartOptions options)
    {
        var child = new ChildArguments(Environment.ProcessId, options.Bytes, options.ProcessorSeconds, limits);
        var start = new ProcessStartInfo(program.File, [.. program.Arguments, .. child.Written])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            // Heard only when it does not start: later it would stand between the gate's own sentences.
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        var kept = Inherited.Select(name => (name, Value: Environment.GetEnvironmentVariable(name))).Where(pair => pair.Value is not null).ToList();
        start.Environment.Clear();
        kept.ForEach(pair => start.Environment[pair.name] = pair.Value);
        // One thread decodes; no debugger and no profiler may come in; the heap of objects is within the limit as well.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = options.Bytes.ToString("X", CultureInfo.InvariantCulture);
        return start;
    }

    /// <summary>A time that has run out has ended the child for certain when this is disposed: no later photo is hit.</summary>
    private sealed class Deadline : IDisposable
    {
        private readonly CancellationTokenSource limit;
        private readonly CancellationTokenRegistration ending;

        public Deadline(DecoderProcess child, TimeSpan time)
        {
            limit = new(time);
            ending = limit.Token.UnsafeRegister(static child => ((DecoderProcess)child!).Kill(DecoderEnd.Wall), child);
        }

        public void Dispose()
        {
            ending.Dispose();
            limit.Dispose();
        }
    }
}
