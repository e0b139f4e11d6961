using System.Runtime.CompilerServices;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.App;

/// <summary>Where the gate's data is in this run: the one place that chooses between SQLite and PostgreSQL.</summary>
/// <param name="Data">Folder of the gate's data; it holds the database, unless a connection string names another.</param>
/// <param name="Connection">Connection string of PostgreSQL; null for the SQLite file in <paramref name="Data"/>.</param>
/// <param name="LongestWait">How long to wait for a database that is away.</param>
/// <param name="Language">Language in which to say that the gate waits.</param>
internal sealed record DatabaseChoice(DirectoryInfo Data, string? Connection, TimeSpan LongestWait, string Language)
{
    /// <summary>Names the database where <c>--database</c> does not.</summary>
    public const string Variable = "PUBLICATION_GATE_DATABASE";

    /// <summary>The database; nothing is opened yet.</summary>
    /// <exception cref="GateDatabaseException">The connection string cannot be read.</exception>
    public GateDatabase Create() => Connection is null ? SqliteGateDatabase.InFile(File) : Postgres(Connection);

    /// <summary>The SQLite file, where no connection string names another database.</summary>
    public string File => Path.Combine(Data.FullName, DataFolder.Database);

    /// <summary>The store of originals.</summary>
    public string Store => Path.Combine(Data.FullName, DataFolder.Store);

    /// <summary>Names the folder of the audit trail's checkpoints, where they are not to lie in the data folder.</summary>
    public const string CheckpointsVariable = "PUBLICATION_GATE_CHECKPOINTS";

    /// <summary>Where the checkpoints of the audit trail lie.</summary>
    public CheckpointFolder CheckpointFolder => CheckpointFolder.In(Data.FullName, Environment.GetEnvironmentVariable(CheckpointsVariable));

    /// <summary>How units of work on it outlive that it is away.</summary>
    public DatabaseWait WaitFor(GateDatabase database) => new(database.Place, LongestWait, sentence => Console.Error.WriteLine(sentence.In(Language)), TimeProvider.System);

    /// <summary>The database with its tables up to date, once it is there.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="makesCheckpoints">Whether checkpoints of its audit trail are made from now on, and those that are overdue at once.</param>
    /// <exception cref="GateDatabaseException">It is not, or cannot be used.</exception>
    public async Task<GateDatabase> OpenAsync(CancellationToken cancellationToken, bool makesCheckpoints = true)
    {
        var database = Create();
        try
        {
            var wait = WaitFor(database);
            await wait.OutliveAsync(() => database.MigrateAsync(cancellationToken), cancellationToken);
            if (makesCheckpoints)
            {
                var checkpoints = new Checkpoints(CheckpointFolder, sentence => Console.Error.WriteLine(sentence.In(Language)), TimeProvider.System);
                await wait.OutliveAsync(() => checkpoints.FollowAsync(database, cancellationToken), cancellationToken);
            }

            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    // A method of its own: PostgreSQL's driver is not even loaded where it is not used.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgresGateDatabase Postgres(string connection) => PostgresGateDatabase.At(connection);
}
