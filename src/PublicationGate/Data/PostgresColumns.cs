using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace PublicationGate.Data;

/// <summary>What columns need on PostgreSQL beside what every provider does by itself.</summary>
internal static class PostgresColumns
{
    /// <summary>Texts compare byte by byte, as on SQLite: a school's server may sort by any language, and LIKE finds by an index only so.</summary>
    public const string Collation = "C";

    /// <summary>Changes the operations of a migration in place.</summary>
    public static void Adapt(IEnumerable<MigrationOperation> operations)
    {
        foreach (var column in operations.SelectMany(operation => (operation as CreateTableOperation)?.Columns ?? Enumerable.Repeat(operation, 1)).OfType<ColumnOperation>())
        {
            if (column.ClrType == typeof(string))
            {
                column.Collation = Collation;
            }

            if (column["Sqlite:Autoincrement"] is true)
            {
                column["Npgsql:ValueGenerationStrategy"] = NpgsqlValueGenerationStrategy.IdentityByDefaultColumn;
            }
        }
    }
}
