using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace PublicationGate.Data;

/// <summary>What a failure of any provider means to the gate. Names no type of PostgreSQL's driver, which is loaded only where it is used.</summary>
public static class DatabaseFailure
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    /// <summary>
    /// True when the same work may succeed a moment later: the database is away, starts or stops, is busy, or broke one of two units of work
    /// that waited for each other. Nothing of the work that failed was kept, unless only the word that it was kept got lost.
    /// </summary>
    public static bool IsPassing(Exception? failure) => failure is not GateDatabaseException && Chain(failure).Any(e => e switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked,
        DbException { IsTransient: true } or SocketException => true,
        // Classes of SQLSTATE: connection, out of resources, operator (shut down, crashed, starting); serialisation and deadlock;
        // a server that is, for now, the copy of another.
        DbException { SqlState: { } state } => state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
            || state.StartsWith("57P", StringComparison.Ordinal) || state is "40001" or "40P01" or "25006",
        _ => false,
    });

    /// <summary>What to call a failure in a log, where messages could hold names: its kind, and the database's code for it when there is one.</summary>
    public static string NameOf(Exception failure) => Chain(failure).OfType<DbException>().FirstOrDefault() switch
    {
        SqliteException sqlite => $"{nameof(SqliteException)} {sqlite.SqliteErrorCode}",
        { SqlState: { } state } other => $"{other.GetType().Name} {state}",
        { } other => other.GetType().Name,
        null => failure.GetType().Name,
    };

    private static IEnumerable<Exception> Chain(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
        }
    }
}
