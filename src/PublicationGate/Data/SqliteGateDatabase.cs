using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PublicationGate.Data;

/// <summary>The gate's database in one SQLite file, or in memory for a register that is used for one run.</summary>
public sealed class SqliteGateDatabase : GateDatabase
{
    /// <summary>SQLite's code for a file that it could not open, or not what it keeps beside it.</summary>
    internal const int CannotOpen = 14;

    private const int BusyTimeoutSeconds = 5;
    private const int RewritingTimeoutSeconds = 60;

    private readonly string connectionString;
    private readonly DbContextOptions<SqliteGateDb> options;
    private readonly string? file;
    private readonly SqliteConnection? memory;

    private SqliteGateDatabase(SqliteConnectionStringBuilder connection)
    {
        connection.ForeignKeys = true;
        connection.DefaultTimeout = BusyTimeoutSeconds;
        connectionString = connection.ConnectionString;
        options = GateMigrations.UsedBy(new DbContextOptionsBuilder<SqliteGateDb>().UseSqlite(connectionString).AddInterceptors(new AuditedCommits(this))).Options;
        if (connection.Mode == SqliteOpenMode.Memory)
        {
            // A database in memory lives as long as one connection to it is open.
            memory = new SqliteConnection(connectionString);
            memory.Open();
        }
        else
        {
            file = connection.DataSource;
        }
    }

    /// <summary>The database in the file at <paramref name="path"/>, which <see cref="MigrateAsync"/> makes when it is missing.</summary>
    public static SqliteGateDatabase InFile(string path) => new(new() { DataSource = Path.GetFullPath(path) });

    /// <summary>An empty database of its own in memory, gone when disposed.</summary>
    public static SqliteGateDatabase InMemory() =>
        new(new() { DataSource = Guid.NewGuid().ToString("N"), Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Shared });

    /// <inheritdoc/>
    public override string Place => file ?? ":memory:";

    /// <inheritdoc/>
    public override GateDb CreateDbContext() => new SqliteGateDb(options);

    /// <inheritdoc/>
    public override async Task MigrateAsync(CancellationToken cancellationToken)
    {
        if (file is null)
        {
            await using var empty = CreateDbContext();
            await empty.Database.MigrateAsync(cancellationToken);
            return;
        }

        try
        {
            if (File.Exists(file) && await VersionAsync(cancellationToken) == GateMigrations.Newest)
            {
                return;
            }
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == CannotOpen)
        {
            FailWhereNothingMayBeWritten(file);
            throw;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var heldLock = await FileLock.AcquireAsync(file + ".lock", cancellationToken);
        if (!File.Exists(file))
        {
            // Never opened otherwise than through SQLite once it exists: closing it would drop SQLite's own locks (POSIX).
            OwnerOnlyFile.Open(file, FileMode.CreateNew).Dispose();
        }

        var version = await VersionAsync(cancellationToken);
        RefuseNewer(version);
        if (version < GateMigrations.Newest)
        {
            await MigrateFileAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    /// <remarks>VACUUM writes the whole file anew; what stood in the write-ahead log goes with a checkpoint that cuts it to nothing.</remarks>
    public override async Task<bool> ForgetDeletedAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = RewritingTimeoutSeconds;
        try
        {
            command.CommandText = "VACUUM";
            await command.ExecuteNonQueryAsync(cancellationToken);
            command.CommandText = $"PRAGMA busy_timeout = {RewritingTimeoutSeconds * 1000}; PRAGMA wal_checkpoint(TRUNCATE); ";
            await using var answer = await command.ExecuteReaderAsync(cancellationToken);
            // The first pragma answers with its own value, the second with whether somebody was in the way.
            return await answer.NextResultAsync(cancellationToken) && await answer.ReadAsync(cancellationToken) && answer.GetInt32(0) == 0;
        }
        catch (SqliteException failure) when (DatabaseFailure.IsPassing(failure))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override async Task<DatabaseDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        return new DatabaseDescription("SQLite " + connection.ServerVersion, Place, await VersionAsync(cancellationToken));
    }

    /// <summary>SQLite does not say why it cannot open a file; where nothing may be written, the system does.</summary>
    internal static void FailWhereNothingMayBeWritten(string file) => OwnerOnlyFile.Open(file + ".lock", FileMode.OpenOrCreate).Dispose();

    /// <inheritdoc/>
    /// <remarks>A database in memory is gone.</remarks>
    protected override void Dispose(bool disposing)
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
        memory?.Dispose();
    }

    // Read at every start: asking EF for pending migrations takes half a second of a program that is started for one photo.
    private async Task<int> VersionAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private async Task MigrateFileAsync(CancellationToken cancellationToken)
    {
        await using var db = CreateDbContext();
        // Kept in the file from now on: readers and the writer do not wait for each other.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        // EF marks a running migration by a row in this table and waits for it without end. A process that was killed leaves the row
        // behind; whoever holds the file lock knows that nobody else is migrating.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
#pragma warning disable EF1002 // A number of our own; a pragma takes no parameters.
        await db.Database.ExecuteSqlRawAsync($"PRAGMA user_version = {GateMigrations.Newest}", cancellationToken);
#pragma warning restore EF1002
    }
}
