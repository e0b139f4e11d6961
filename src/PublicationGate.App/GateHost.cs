using PublicationGate.Faces;

namespace PublicationGate.App;

/// <summary>A gate opened for one run of the program, with its services.</summary>
internal sealed class GateHost : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly OpenedGate gate;

    private GateHost(ServiceProvider services, OpenedGate gate) => (this.services, this.gate) = (services, gate);

    public IServiceProvider Services => services;

    /// <inheritdoc cref="OpenedGate.Notices"/>
    public IEnumerable<string> Notices(string language) => gate.Notices(language);

    /// <summary>The face models, those beside the program and those in a data folder.</summary>
    public static ModelStore Models(DirectoryInfo data) => new(Path.Combine(AppContext.BaseDirectory, "models"), Path.Combine(data.FullName, "models"));

    /// <summary>Opens the gate.</summary>
    /// <param name="where">Folder of the gate's data, made when missing, and the database.</param>
    /// <param name="verbose">Also logs what went well.</param>
    /// <param name="choice">Register and protocol of this run, where they are not the school's own.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    public static async Task<GateHost> OpenAsync(DatabaseChoice where, bool verbose, RunChoice choice, CancellationToken cancellationToken)
    {
        var gate = await OpenedGate.OpenAsync(where, choice, cancellationToken);
        return new(new ServiceCollection().AddLogging(logging => AddLogging(logging, verbose)).AddPublicationGate(gate.Setup).BuildServiceProvider(), gate);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        gate.Dispose();
    }

    // Standard output is for verdicts alone: scripts read it.
    private static void AddLogging(ILoggingBuilder logging, bool verbose)
    {
        logging.SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.Warning);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
