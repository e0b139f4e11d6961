using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PublicationGate.Data;

namespace PublicationGate.Tests.Support;

/// <summary>Makes a database as an older gate left it.</summary>
internal static class OlderDatabase
{
    /// <summary>The tables of the first <paramref name="version"/> migrations, in a database that holds nothing yet.</summary>
    /// <remarks>EF's own way to migrate up to some point wants ids that begin with 14 digits.</remarks>
    public static async Task MakeAsync(GateDatabase database, int version)
    {
        await using var db = database.CreateDbContext();
        if (db is PostgresGateDb)
        {
            await ExecuteAsync(db, $"CREATE SCHEMA {database.Place.Split(' ')[^1].TrimEnd(')')}");
        }

        var (history, migrations) = (db.GetService<IHistoryRepository>(), db.GetService<IMigrationsAssembly>());
        await ExecuteAsync(db, history.GetCreateScript());
        foreach (var (id, type) in migrations.Migrations.Take(version))
        {
            var migration = migrations.CreateMigration(type, db.Database.ProviderName!);
            foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(migration.UpOperations))
            {
                await ExecuteAsync(db, command.CommandText);
            }

            await ExecuteAsync(db, history.GetInsertScript(new HistoryRow(id, "10")));
        }

        if (db is SqliteGateDb)
        {
            await ExecuteAsync(db, $"PRAGMA user_version = {version}");
        }
    }

    // As it is written: the scripts hold braces, which EF would take for parameters.
    private static async Task ExecuteAsync(GateDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Scripts of the migrations.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
