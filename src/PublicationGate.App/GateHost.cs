using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PublicationGate.App.Commands;
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

    /// <summary>Opens the gate.</summary>
    /// <param name="where">Folder of the gate's data, made when missing, and the database.</param>
    /// <param name="verbose">Also logs what went well.</param>
    /// <param name="choice">Register and protocol of this run, where they are not the school's own.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    public static async Task<GateHost> OpenAsync(DatabaseChoice where, bool verbose, RunChoice choice, CancellationToken cancellationToken)
    {
        var databases = new List<IDisposable>();
        // The slow parts of a start do not need each other: reading CSV files, loading the model, opening the database.
        // A run that screens nothing needs no model.
        var faces = Task.Run(() => choice.Paths.Count > 0 ? Models(where.Data).Open() : null, CancellationToken.None);
        try
        {
            var brought = Task.Run(choice.ReadRegister, cancellationToken);
            var database = await Task.Run(() => OpenDatabaseAsync(databases, where, choice, cancellationToken), cancellationToken);
            var isEmpty = await new ConsentRegister(database, TimeProvider.System).IsEmptyAsync(cancellationToken);
            choice.Complete(where.Data, isEmpty);
            var registerDatabase = choice.RegisterFolder is null ? database : await FillRegisterAsync(databases, await brought, cancellationToken);
            // A run that screens nothing judges under the protocols that verdicts name.
            var protocol = choice.Paths.Count > 0 ? await ProtocolChoice.MakeAsync(where.Data, choice, new ProtocolHistory(database, TimeProvider.System), cancellationToken) : null;
            var opened = await faces;
            Func<FaceCounter> open = opened is null ? Models(where.Data).Open : () => opened;
            var services = new ServiceCollection().AddLogging(logging => AddLogging(logging, verbose))
                .AddPublicationGate(new GateSetup(database, registerDatabase, protocol?.Protocol ?? ProtocolReader.BuiltIn(), open, where.WaitFor(database))
                {
                    DecodeBy = choice.DecodesApart ? DecodeCommand.Program() : null,
                    Originals = choice.KeepsOriginals ? () => new(where.Store, new()) : null,
                    IsOwnDatabase = choice.NotKeptIn is null || (where.Connection is null && IsMissing(where.File)),
                }).BuildServiceProvider();
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
    private static async Task<GateDatabase> OpenDatabaseAsync(List<IDisposable> databases, DatabaseChoice where, RunChoice choice, CancellationToken cancellationToken)
    {
        try
        {
            var database = await where.OpenAsync(cancellationToken);
            databases.Add(database);
            return database;
        }
        catch (Exception failure) when (choice.RegisterFolder is not null && failure is (IOException or UnauthorizedAccessException or DbException) and not GateDatabaseException { IsMistake: true })
        {
            using var unusable = where.Create();
            choice.NotKeptIn = unusable.Place;
            var inMemory = SqliteGateDatabase.InMemory();
            databases.Add(inMemory);
            await inMemory.MigrateAsync(cancellationToken);
            return inMemory;
        }
    }

    // Certainly missing, not just out of reach: then nothing can have been registered in it.
    private static bool IsMissing(string path)
    {
        try
        {
            File.GetAttributes(path);
            return false;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
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
