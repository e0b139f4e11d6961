using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App;

/// <summary>A gate opened for one run of the program: database up to date, register and protocol chosen, services made.</summary>
internal sealed class GateHost : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly List<IDisposable> databases;

    private readonly Text? notice;
    private readonly ProtocolChoice? protocol;

    private GateHost(ServiceProvider services, List<IDisposable> databases, Text? notice, ProtocolChoice? protocol) =>
        (this.services, this.databases, this.notice, this.protocol) = (services, databases, notice, protocol);

    public IServiceProvider Services => services;

    /// <summary>What a person should know of the register and the protocol in use, a line each; none when they are simply the school's.</summary>
    public IEnumerable<string> Notices(string language) => (notice is null ? [] : new[] { notice.In(language) }).Concat(protocol?.Warnings(language) ?? []);

    /// <summary>The face models, those beside the program and those in a data folder.</summary>
    public static ModelStore Models(DirectoryInfo data) => new(Path.Combine(AppContext.BaseDirectory, "models"), Path.Combine(data.FullName, "models"));

    /// <summary>The database file in a data folder.</summary>
    public static string DatabaseFile(DirectoryInfo data) => Path.Combine(data.FullName, "gate.db");

    /// <summary>Opens the gate.</summary>
    /// <param name="data">Folder of the gate's data; made when missing.</param>
    /// <param name="verbose">Also logs what went well.</param>
    /// <param name="choice">Register and protocol of this run, where they are not the school's own.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    public static async Task<GateHost> OpenAsync(DirectoryInfo data, bool verbose, RunChoice choice, CancellationToken cancellationToken)
    {
        var databases = new List<IDisposable>();
        // The slow parts of a start do not need each other: reading CSV files, loading the model, opening the database.
        // A run that screens nothing needs no model.
        var faces = Task.Run(() => choice.Paths.Count > 0 ? Models(data).Open() : null, CancellationToken.None);
        try
        {
            var brought = Task.Run(choice.ReadRegister, cancellationToken);
            var database = await Task.Run(() => OpenDatabaseAsync(databases, data, choice, cancellationToken), cancellationToken);
            var isEmpty = await new ConsentRegister(database, TimeProvider.System).IsEmptyAsync(cancellationToken);
            choice.Complete(data, isEmpty);
            var registerDatabase = choice.RegisterFolder is null ? database : await FillRegisterAsync(databases, await brought, cancellationToken);
            // A run that screens nothing judges under the protocols that verdicts name.
            var protocol = choice.Paths.Count > 0 ? await ProtocolChoice.MakeAsync(data, choice, new ProtocolHistory(database, TimeProvider.System), cancellationToken) : null;
            var opened = await faces;
            Func<FaceCounter> open = opened is null ? Models(data).Open : () => opened;
            var services = new ServiceCollection().AddLogging(logging => AddLogging(logging, verbose))
                .AddPublicationGate(new GateSetup(database, registerDatabase, protocol?.Protocol ?? ProtocolReader.BuiltIn(), open)).BuildServiceProvider();
            return new GateHost(services, databases, choice.Notice, protocol);
        }
        catch
        {
            // A program that ends while ONNX Runtime is still loading crashes, and no one sees what was wrong.
            await Task.WhenAny(faces);
            if (faces.IsCompletedSuccessfully)
            {
                (await faces)?.Dispose();
            }

            databases.ForEach(opened => opened.Dispose());
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        databases.ForEach(opened => opened.Dispose());
    }

    private static async Task<GateDatabase> FillRegisterAsync(List<IDisposable> databases, RegisterContent content, CancellationToken cancellationToken)
    {
        var inMemory = SqliteGateDatabase.InMemory();
        databases.Add(inMemory);
        await inMemory.MigrateAsync(cancellationToken);
        await new ConsentRegister(inMemory, TimeProvider.System).ImportAsync(content, cancellationToken);
        return inMemory;
    }

    // A run that brings its own register needs nothing of the database: where none can be written, it keeps its verdicts to itself.
    private static async Task<GateDatabase> OpenDatabaseAsync(List<IDisposable> databases, DirectoryInfo data, RunChoice choice, CancellationToken cancellationToken)
    {
        try
        {
            var database = SqliteGateDatabase.InFile(DatabaseFile(data));
            databases.Add(database);
            await database.MigrateAsync(cancellationToken);
            return database;
        }
        catch (Exception failure) when (choice.RegisterFolder is not null && failure is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            choice.VerdictsAreNotKept = true;
            var inMemory = SqliteGateDatabase.InMemory();
            databases.Add(inMemory);
            await inMemory.MigrateAsync(cancellationToken);
            return inMemory;
        }
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
