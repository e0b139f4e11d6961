using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PublicationGate.Data.Migrations;

namespace PublicationGate.Data;

/// <summary>
/// The migrations of <c>Migrations/</c>, each written once for every provider: columns without store types, which each provider chooses for
/// itself, and keys that the database gives marked as SQLite wants it. <see cref="PostgresColumns"/> adds what PostgreSQL wants otherwise.
/// </summary>
/// <remarks>EF Core by itself looks for migrations of one context type, which would be the same file twice.</remarks>
internal sealed class GateMigrations : IMigrationsAssembly
{
    // A list, since looking through all types of the program would load the drivers of all databases.
    private static readonly Type[] InOrder =
    [
        typeof(M0001Start),
        typeof(M0002Looks),
        typeof(M0003ConsentHistory),
        typeof(M0004Recordings),
        typeof(M0005ProtocolInForce),
        typeof(M0006Audit),
        typeof(M0007Queue),
        typeof(M0008Erasure),
        typeof(M0009PlacedIn),
        typeof(M0010Accounts),
        typeof(M0011Submissions),
        typeof(M0012Uploads),
        typeof(M0014Certificates),
        typeof(M0015Removal),
        typeof(M0016Outbox),
        typeof(M0017Letters),
        typeof(M0018Requests),
        typeof(M0019Withdrawals),
        typeof(M0020Rounds),
        typeof(M0021Destruction),
        typeof(M0022Incidents),
        typeof(M0023Confirmations),
        typeof(M0024PostedAddresses),
        typeof(M0025LetterGround),
    ];

    private static readonly SortedDictionary<string, TypeInfo> All =
        new(InOrder.ToDictionary(type => type.GetCustomAttribute<MigrationAttribute>()!.Id, type => type.GetTypeInfo()), StringComparer.Ordinal);

    /// <summary>Number of the newest migration, <c>0001_Start</c> being 1.</summary>
    public static int Newest { get; } = NumberOf(All.Keys.Last());

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TypeInfo> Migrations => All;

    /// <inheritdoc/>
    public ModelSnapshot? ModelSnapshot => null;

    /// <inheritdoc/>
    public Assembly Assembly => typeof(GateMigrations).Assembly;

    /// <summary>The number that a migration's id begins with.</summary>
    public static int NumberOf(string id) => int.Parse(id.AsSpan(0, id.IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    /// <summary>Tells a context of its provider to migrate by these. They are written by hand, without the generated snapshot that the warning compares with; tests compare instead.</summary>
    public static DbContextOptionsBuilder<T> UsedBy<T>(DbContextOptionsBuilder<T> options)
        where T : GateDb => options
            .ReplaceService<IMigrationsAssembly, GateMigrations>()
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    /// <inheritdoc/>
    public string? FindMigrationId(string nameOrId) => All.Keys.FirstOrDefault(id => id == nameOrId || id.EndsWith("_" + nameOrId, StringComparison.Ordinal));

    /// <inheritdoc/>
    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
    {
        var migration = (Migration)Activator.CreateInstance(migrationClass)!;
        migration.ActiveProvider = activeProvider;
        if (activeProvider.Contains("PostgreSQL", StringComparison.Ordinal))
        {
            PostgresColumns.Adapt(migration.UpOperations);
        }

        return migration;
    }
}
