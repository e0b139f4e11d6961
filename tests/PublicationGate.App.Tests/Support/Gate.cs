using System.Diagnostics;
using System.Text;

namespace PublicationGate.App.Tests.Support;

/// <summary>The built program, run as people and scripts run it, in a folder of its own that is gone after the test.</summary>
internal sealed class Gate : IDisposable
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo all = Directory.CreateTempSubdirectory("publication-gate-app-");

    public Gate() => all.CreateSubdirectory("work");

    /// <summary>Working directory of the runs.</summary>
    public string Folder => Path.Combine(all.FullName, "work");

    /// <summary>The gate's data folder, unless a run names another; not below <see cref="Folder"/>, where it would be screened.</summary>
    public string Data => Path.Combine(all.FullName, "data");

    /// <summary>The program.</summary>
    public string Program { get; init; } = Path.Combine(Repository.ProgramFolder, "publication-gate");

    /// <summary>What the environment says of the database; null for nothing.</summary>
    public string? Database { get; init; }

    /// <summary>How many photos are screened at once; null for one a core, as by default.</summary>
    public int? Cores { get; init; }

    /// <summary>File of certificates to trust in place of the machine's; null for the machine's.</summary>
    public string? TrustedCertificates { get; init; }

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Copies a sample photograph to each of the names.</summary>
    public Gate Photo(string sample, params string[] names)
    {
        Array.ForEach(names, name => File.Copy(Repository.Sample(sample), Made(name)));
        return this;
    }

    public Gate Text(string name, string content)
    {
        File.WriteAllText(Made(name), content);
        return this;
    }

    public GateRun Run(params string[] arguments) => RunIn(Folder, arguments);

    /// <summary>Runs the program to its end. Whatever happens, a stack trace is no answer.</summary>
    public GateRun RunIn(string folder, params string[] arguments)
    {
        using var running = Start(folder, arguments);
        return running.ToEnd(TooLong);
    }

    /// <summary>Starts the program; the caller stops it.</summary>
    public RunningGate Start(string folder, params string[] arguments)
    {
        // Where tests run in the background, Ctrl-C is switched off for them and all their children: 'env' switches it on again.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Program, .. arguments.Contains("--data") ? Array.Empty<string>() : ["--data", Data], .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false, throwOnInvalidBytes: true),
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("PUBLICATION_GATE_DATA");
        start.Environment["PUBLICATION_GATE_DATABASE"] = Database;
        if (Cores is { } cores)
        {
            start.Environment["DOTNET_PROCESSOR_COUNT"] = $"{cores}";
        }

        if (TrustedCertificates is { } trusted)
        {
            start.Environment["SSL_CERT_FILE"] = trusted;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new RunningGate(process);
    }

    public void Dispose() => all.Delete(recursive: true);

    private string Made(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        return this[name];
    }
}
