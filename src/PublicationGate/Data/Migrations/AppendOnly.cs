using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Triggers by which a database refuses to change or delete what a table holds, whoever asks.</summary>
internal static class AppendOnly
{
    /// <summary>Guards a table whose key is a column <c>Id</c>.</summary>
    public static void Guard(MigrationBuilder migrationBuilder, string table)
    {
        if (migrationBuilder.IsPostgres())
        {
            migrationBuilder.Sql($"""
                CREATE FUNCTION "{table}_are_appended"() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION '{table} are appended, never changed or deleted.'; END $$
                """);
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_are_not_changed\" BEFORE UPDATE OR DELETE ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION \"{table}_are_appended\"()");
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_are_not_emptied\" BEFORE TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION \"{table}_are_appended\"()");
            return;
        }

        Refuse(migrationBuilder, table, "changed", "UPDATE");
        Refuse(migrationBuilder, table, "deleted", "DELETE");
        // INSERT OR REPLACE is a deletion of which the trigger before does not hear.
        Refuse(migrationBuilder, table, "replaced", "INSERT", $"WHEN EXISTS (SELECT 1 FROM \"{table}\" WHERE \"Id\" = NEW.\"Id\")");
    }

    /// <summary>Whether a migration runs on PostgreSQL.</summary>
    public static bool IsPostgres(this MigrationBuilder migrationBuilder) => migrationBuilder.ActiveProvider!.Contains("PostgreSQL", StringComparison.Ordinal);

    private static void Refuse(MigrationBuilder migrationBuilder, string table, string what, string statement, string condition = "") =>
        migrationBuilder.Sql($"CREATE TRIGGER \"{table}_are_not_{what}\" BEFORE {statement} ON \"{table}\" {condition} BEGIN SELECT RAISE(ABORT, '{table} are appended, never {what}.'); END");
}
