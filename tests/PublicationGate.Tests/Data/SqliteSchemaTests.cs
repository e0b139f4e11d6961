using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Tests.Data;

public class SqliteSchemaTests
{
    [Test]
    public async Task Migrated_schema_is_the_schema_of_the_model()
    {
        using var migrated = SqliteGateDatabase.InMemory();
        await migrated.MigrateAsync(CancellationToken.None);
        using var created = SqliteGateDatabase.InMemory();
        await using (var db = created.CreateDbContext())
        {
            await db.Database.EnsureCreatedAsync();
        }

        var expected = await SchemaAsync(created);
        Assert.That(expected, Has.Some.Contains("Pupils"));
        Assert.That(await SchemaAsync(migrated), Is.EqualTo(expected));
    }

    // Triggers are no part of the model: AnswerHistoryTests. Columns in any order: EF sorts them its own way, and a column added later stands on the line of the one before. The words of CREATE TABLE hold what no pragma tells, such as AUTOINCREMENT.
    private static async Task<List<string>> SchemaAsync(SqliteGateDatabase database)
    {
        await using var db = database.CreateDbContext();
        var statements = await db.Database
            .SqlQuery<string>($"SELECT sql AS Value FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'")
            .ToListAsync();
        // A column that is added to a table without constraints of its own stands behind the line end, and takes the bracket to its line.
        return [.. statements
            .Select(sql => sql.Replace("\n, \"", ", \"", StringComparison.Ordinal)).Select(sql => sql.EndsWith(')') ? sql[..^1].TrimEnd() + "\n)" : sql)
            .SelectMany(sql => sql.Replace(", \"", ",\n\"", StringComparison.Ordinal).Split('\n').Select(line => $"{sql.Split('\n')[0]} : {line.Trim().TrimEnd(',')}"))
            .Order(StringComparer.Ordinal)];
    }
}
