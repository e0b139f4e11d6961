using Microsoft.EntityFrameworkCore;

namespace PublicationGate.Data;

/// <summary>A place where the gate's data lives: hands out contexts and brings its tables up to date. One subclass per provider.</summary>
/// <remarks>Safe for concurrent use; each context that it hands out is for one unit of work and is disposed by who asked for it.</remarks>
public abstract class GateDatabase : IDbContextFactory<GateDb>
{
    /// <summary>A new context; opens no connection yet.</summary>
    public abstract GateDb CreateDbContext();

    /// <summary>
    /// Brings the tables up to date, once at start and before any other use. Several processes may do so at once: one works, the others wait.
    /// </summary>
    /// <exception cref="IOException">The database could not be reached, or another process held it for too long.</exception>
    public abstract Task MigrateAsync(CancellationToken cancellationToken);
}
