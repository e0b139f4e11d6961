using Npgsql;
using PublicationGate.Data;
using PublicationGate.Tests.Intake;

namespace PublicationGate.Tests.Support;

/// <summary>Which software keeps the database of a fixture; fixtures that touch a database run on each.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>A place for one test's database, gone after it: a SQLite file, or a schema on a real PostgreSQL server.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<GateDatabase> opened = [];
    private readonly string? connection;

    public TestDatabase(DatabaseKind kind, PostgresServer? server = null) => connection = kind == DatabaseKind.Sqlite ? null : (server ?? PostgresServer.Shared).NewSchema();

    /// <summary>The database in this place, as each process opens it for itself.</summary>
    public GateDatabase Open()
    {
        GateDatabase database = connection is null ? SqliteGateDatabase.InFile(folder["gate.db"]) : PostgresGateDatabase.At(connection);
        opened.Add(database);
        return database;
    }

    /// <summary>The same, with its tables.</summary>
    public async Task<GateDatabase> OpenMigratedAsync()
    {
        if (connection is null)
        {
            EmptyDatabase.CopyTo(folder["gate.db"]);
        }

        var database = Open();
        await database.MigrateAsync(CancellationToken.None);
        return database;
    }

    /// <summary>Takes it away from those who have it open, as a broken disk does.</summary>
    public void Lose()
    {
        if (connection is not null)
        {
            using var schema = new NpgsqlConnection(connection);
            using var drop = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {new NpgsqlConnectionStringBuilder(connection).SearchPath} CASCADE", schema);
            schema.Open();
            drop.ExecuteNonQuery();
            NpgsqlConnection.ClearPool(schema);
        }

        opened.ForEach(database => database.Dispose());
        File.Delete(folder["gate.db"]);
    }

    public void Dispose()
    {
        Lose();
        folder.Dispose();
    }
}
