using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations.Sqlite;

/// <summary>Answers as a history that can only grow, and permissions on file.</summary>
/// <remarks>
/// Erasure, when it comes, needs a migration of its own that puts a narrower trigger in the place of <c>Answers_are_not_deleted</c>: one that
/// lets rows go of pupils for whom an erasure has been recorded, and of nobody else.
/// </remarks>
[DbContext(typeof(SqliteGateDb))]
[Migration("0003_ConsentHistory")]
public sealed class M0003ConsentHistory : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // SQLite cannot add a column that must have a value, so the table is made anew and its rows are moved.
        migrationBuilder.DropIndex("IX_Answers_PupilKey", "Answers");
        migrationBuilder.Sql("ALTER TABLE \"Answers\" RENAME TO \"AnswersBefore\"");
        CreateAnswers(migrationBuilder);
        // Until now an import replaced everything, so all rows were recorded at the last one.
        migrationBuilder.Sql("""
            INSERT INTO "Answers" ("Id", "PupilKey", "Channel", "Kind", "Scope", "IsYes", "Date", "GivenBy", "By", "RecordedAt")
            SELECT "Id", "PupilKey", "Channel", "Kind", "Scope", "IsYes", "Date", "GivenBy", 'Guardian', (SELECT COALESCE(MAX("ImportedAt"), 0) FROM "RegisterImports")
            FROM "AnswersBefore"
            """);
        migrationBuilder.DropTable("AnswersBefore");
        migrationBuilder.CreateIndex("IX_Answers_PupilKey", "Answers", "PupilKey");
        migrationBuilder.Sql("CREATE TRIGGER \"Answers_are_not_changed\" BEFORE UPDATE ON \"Answers\" BEGIN SELECT RAISE(ABORT, 'Answers are appended, never changed.'); END");
        // INSERT OR REPLACE is a deletion of which the next trigger does not hear.
        migrationBuilder.Sql("CREATE TRIGGER \"Answers_are_not_replaced\" BEFORE INSERT ON \"Answers\" WHEN EXISTS (SELECT 1 FROM \"Answers\" WHERE \"Id\" = NEW.\"Id\") BEGIN SELECT RAISE(ABORT, 'Answers are appended, never changed.'); END");
        // Deleting a pupil deletes the answers with it, which this refuses, too.
        migrationBuilder.Sql("CREATE TRIGGER \"Answers_are_not_deleted\" BEFORE DELETE ON \"Answers\" BEGIN SELECT RAISE(ABORT, 'Answers are appended, never deleted.'); END");

        migrationBuilder.CreateTable(
            "Permissions",
            table => new
            {
                Key = table.Column<string>("TEXT"),
                Subject = table.Column<string>("TEXT"),
                GivenBy = table.Column<string>("TEXT"),
                Text = table.Column<string>("TEXT"),
                Date = table.Column<DateOnly>("TEXT"),
                Until = table.Column<DateOnly>("TEXT", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Permissions", p => p.Key));
    }

    private static void CreateAnswers(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Answers",
        table => new
        {
            Id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            PupilKey = table.Column<string>("TEXT"),
            Channel = table.Column<string>("TEXT"),
            Kind = table.Column<string>("TEXT"),
            Scope = table.Column<string>("TEXT"),
            IsYes = table.Column<bool>("INTEGER"),
            Date = table.Column<DateOnly>("TEXT"),
            At = table.Column<long>("INTEGER", nullable: true),
            GivenBy = table.Column<string>("TEXT"),
            By = table.Column<string>("TEXT"),
            How = table.Column<string>("TEXT", nullable: true),
            TextVersion = table.Column<string>("TEXT", nullable: true),
            Proof = table.Column<string>("TEXT", nullable: true),
            RecordedAt = table.Column<long>("INTEGER"),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_Answers", a => a.Id);
            table.ForeignKey("FK_Answers_Pupils_PupilKey", a => a.PupilKey, "Pupils", "Key", onDelete: ReferentialAction.Cascade);
        });
}
