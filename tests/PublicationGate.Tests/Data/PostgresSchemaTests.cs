using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Data;

public class PostgresSchemaTests
{
    [Test]
    public async Task Migrated_schema_is_the_schema_of_the_model()
    {
        using var place = new TestDatabase(DatabaseKind.Postgres);
        using var other = new TestDatabase(DatabaseKind.Postgres);
        var migrated = await place.OpenMigratedAsync();
        var created = other.Open();
        await using (var db = created.CreateDbContext())
        {
            var script = $"CREATE SCHEMA {created.Place.Split(' ')[^1].TrimEnd(')')};{db.Database.GenerateCreateScript()}";
            await db.Database.ExecuteSqlRawAsync(script);
        }

        var expected = await SchemaAsync(created);
        Assert.That(expected, Has.Some.Contains("Pupils").And.Some.Contains("IDENTITY").Or.Some.Contains("BY DEFAULT"));
        // What guards append-only tables is no part of the model: AnswerHistoryTests tries it.
        Assert.That((await SchemaAsync(migrated)).Where(line => !line.Contains("_are_appended", StringComparison.Ordinal) && !line.Contains("Answers_hide", StringComparison.Ordinal)), Is.EqualTo(expected));
    }

    [Test]
    public async Task Every_text_has_the_collation_of_bytes_and_every_number_its_full_width()
    {
        using var place = new TestDatabase(DatabaseKind.Postgres);
        var columns = (await SchemaAsync(await place.OpenMigratedAsync())).Where(line => line.StartsWith("column", StringComparison.Ordinal)).ToList();
        Assert.That(columns.Where(line => line.Contains(" text ", StringComparison.Ordinal)), Is.Not.Empty.And.All.Contains("collation C"));
        Assert.That(columns.Select(line => line.Split(' ')[2]).Distinct(), Is.EquivalentTo(new[] { "text", "bigint", "boolean", "date", "bytea" }));
    }

    // Columns in any order: EF sorts them its own way.
    private static async Task<List<string>> SchemaAsync(GateDatabase database)
    {
        await using var db = database.CreateDbContext();
        return await db.Database.SqlQueryRaw<string>("""
            SELECT format('column %s.%s %s %s default %s identity %s collation %s', table_name, column_name, data_type, is_nullable, column_default, identity_generation, collation_name) AS "Value"
              FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\_\_EF%'
            UNION ALL
            SELECT 'index ' || replace(indexdef, current_schema() || '.', '') FROM pg_indexes WHERE schemaname = current_schema() AND tablename NOT LIKE '\_\_EF%'
            UNION ALL
            SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
              WHERE connamespace = current_schema()::regnamespace AND conrelid::regclass::text NOT LIKE '%\_\_EF%'
            UNION ALL
            SELECT format('trigger %s %s', event_object_table, action_statement) FROM information_schema.triggers WHERE trigger_schema = current_schema()
            ORDER BY 1
            """).ToListAsync();
    }
}
