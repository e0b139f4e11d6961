using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PublicationGate.Data;

/// <summary>A copy of the gate's SQLite file as it is at one moment, while other processes write to it.</summary>
public static class SqliteSnapshot
{
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    /// <summary>Writes the copy. It holds what was kept before this call; rows that were deleted are not in it, not even as free pages.</summary>
    /// <param name="database">The gate's file, which must be there.</param>
    /// <param name="copy">A path that no file has.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>Version of its tables.</returns>
    /// <exception cref="GateDatabaseException">The database is damaged, or of a newer gate.</exception>
    public static async Task<int> TakeAsync(string database, string copy, CancellationToken cancellationToken)
    {
        OwnerOnlyFile.Open(copy, FileMode.CreateNew).Dispose();
        try
        {
            await using (var connection = Open(database))
            {
                await connection.OpenAsync(cancellationToken);
                // Fails with the reason, where a vacuum only says that it failed.
                await AskAsync(connection, "PRAGMA user_version", cancellationToken);
                await using var vacuum = connection.CreateCommand();
                vacuum.CommandText = "VACUUM INTO $copy";
                vacuum.Parameters.AddWithValue("$copy", copy);
                // However large: it holds nobody up.
                vacuum.CommandTimeout = 0;
                await vacuum.ExecuteNonQueryAsync(cancellationToken);
            }

            await using (var connection = Open(copy))
            {
                // As in the original, whose mode a vacuum does not copy: see SqliteGateDatabase.
                await connection.OpenAsync(cancellationToken);
                await AskAsync(connection, "PRAGMA journal_mode = WAL", cancellationToken);
            }
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is Corrupt or NoDatabase)
        {
            throw Damaged(database, failure);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == SqliteGateDatabase.CannotOpen)
        {
            SqliteGateDatabase.FailWhereNothingMayBeWritten(database);
            throw;
        }

        return await CheckAsync(copy, database, cancellationToken);
    }

    /// <summary>Checks a whole database file, which nobody else has open.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shownAs">What a person knows it by.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>Version of its tables.</returns>
    /// <exception cref="GateDatabaseException">It is damaged, no database of the gate, or of a newer gate.</exception>
    public static async Task<int> CheckAsync(string file, string shownAs, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = Open(file);
            await connection.OpenAsync(cancellationToken);
            var version = int.Parse(await AskAsync(connection, "PRAGMA user_version", cancellationToken), CultureInfo.InvariantCulture);
            if (version > GateMigrations.Newest)
            {
                throw new GateDatabaseException(Texts.Get("database.newer", ("place", shownAs), ("version", version), ("newest", GateMigrations.Newest)));
            }

            return version > 0 && await AskAsync(connection, "PRAGMA integrity_check", cancellationToken) == "ok" ? version : throw Damaged(shownAs, null);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is Corrupt or NoDatabase)
        {
            throw Damaged(shownAs, failure);
        }
    }

    private static GateDatabaseException Damaged(string file, Exception? cause) => new(Texts.Get("database.damaged", ("place", file)), cause);

    // Not pooled: closing it must let go of the file. Never makes a file.
    private static SqliteConnection Open(string file) => new(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);

    private static async Task<string> AskAsync(SqliteConnection connection, string question, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = question;
#pragma warning restore CA2100
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)!;
    }
}
