using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;

namespace PublicationGate.Data;

/// <summary>A place where the gate's data lives: hands out contexts and brings its tables up to date. One subclass per provider.</summary>
/// <remarks>Safe for concurrent use; each context that it hands out is for one unit of work and is disposed by who asked for it.</remarks>
public abstract class GateDatabase : IDbContextFactory<GateDb>, IDisposable
{
    /// <summary>Where it is, in words for a person: a path, or server, database and schema. Never a password.</summary>
    public abstract string Place { get; }

    /// <summary>Hears of the last audit entry of each transaction that was committed here; it must not throw.</summary>
    public Action<AuditEntry>? AuditCommitted { get; set; }

    /// <summary>A new context; opens no connection yet.</summary>
    public abstract GateDb CreateDbContext();

    /// <summary>
    /// Brings the tables up to date, once at start and before any other use. Several processes may do so at once: one works, the others wait.
    /// A database that is not there yet is not waited for: see <see cref="DatabaseWait"/>.
    /// </summary>
    /// <exception cref="IOException">The database could not be reached, or another process held it for too long.</exception>
    /// <exception cref="GateDatabaseException">What is wrong, as a sentence; among them that a newer gate wrote it.</exception>
    public abstract Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>What the database is, for who looks for a fault.</summary>
    public abstract Task<DatabaseDescription> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Rewrites the tables, so that nothing of rows that were deleted or changed is left in the database's own files: waits for who is using
    /// it. False when somebody used it all the while, and old content may still be there.
    /// </summary>
    public abstract Task<bool> ForgetDeletedAsync(CancellationToken cancellationToken);

    /// <summary>Closes the connections that are kept for reuse.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected abstract void Dispose(bool disposing);

    /// <summary>Refuses a database whose tables are of a version that this gate does not know.</summary>
    /// <exception cref="GateDatabaseException">They are.</exception>
    protected void RefuseNewer(int version)
    {
        if (version > GateMigrations.Newest)
        {
            throw new GateDatabaseException(Texts.Get("database.newer", ("place", Place), ("version", version), ("newest", GateMigrations.Newest)));
        }
    }
}

/// <summary>What a database is.</summary>
/// <param name="Server">Kind and version of the software that keeps it.</param>
/// <param name="Place">See <see cref="GateDatabase.Place"/>.</param>
/// <param name="Version">Number of the newest migration that its tables have.</param>
public sealed record DatabaseDescription(string Server, string Place, int Version);

/// <summary>The database cannot be used, for a reason that a person can do something about.</summary>
/// <param name="reason">What is wrong and what to do; never a password.</param>
/// <param name="cause">What told so; null for nothing.</param>
public sealed class GateDatabaseException(Text reason, Exception? cause = null) : IOException(reason.En, cause)
{
    /// <summary>What is wrong and what to do.</summary>
    public Text Reason { get; } = reason;

    /// <summary>True when what a person gave is at fault: a connection string that cannot be read.</summary>
    public bool IsMistake { get; init; }
}
