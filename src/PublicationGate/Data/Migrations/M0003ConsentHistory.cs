using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Answers as a history that can only grow, and permissions on file.</summary>
/// <remarks>
/// <see cref="M0008Erasure"/> puts a narrower trigger in the place of the one against deleting: it lets rows go of pupils for whom an erasure has been
/// recorded, and of nobody else.
/// </remarks>
[Migration("0003_ConsentHistory")]
public sealed class M0003ConsentHistory : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // SQLite cannot add a column that must have a value, so the table is made anew and its rows are moved.
        migrationBuilder.DropIndex("IX_Answers_PupilKey", "Answers");
        migrationBuilder.Sql("ALTER TABLE \"Answers\" RENAME TO \"AnswersBefore\"");
        if (migrationBuilder.IsPostgres())
        {
            // Names of keys are those of the schema there, not of the table.
            migrationBuilder.Sql("ALTER INDEX \"PK_Answers\" RENAME TO \"PK_AnswersBefore\"");
        }

        CreateAnswers(migrationBuilder);
        // Until now an import replaced everything, so all rows were recorded at the last one.
        migrationBuilder.Sql("""
            INSERT INTO "Answers" ("PupilKey", "Channel", "Kind", "Scope", "IsYes", "Date", "GivenBy", "By", "RecordedAt")
            SELECT "PupilKey", "Channel", "Kind", "Scope", "IsYes", "Date", "GivenBy", 'Guardian', (SELECT COALESCE(MAX("ImportedAt"), 0) FROM "RegisterImports")
            FROM "AnswersBefore" ORDER BY "Id"
            """);
        migrationBuilder.DropTable("AnswersBefore");
        migrationBuilder.CreateIndex("IX_Answers_PupilKey", "Answers", "PupilKey");
        // Deleting a pupil deletes the answers with it, which is refused, too.
        AppendOnly.Guard(migrationBuilder, "Answers");

        migrationBuilder.CreateTable(
            "Permissions",
            table => new
            {
                Key = table.Column<string>(),
                Subject = table.Column<string>(),
                GivenBy = table.Column<string>(),
                Text = table.Column<string>(),
                Date = table.Column<DateOnly>(),
                Until = table.Column<DateOnly>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Permissions", p => p.Key));
    }

    private static void CreateAnswers(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Answers",
        table => new
        {
            Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
            PupilKey = table.Column<string>(),
            Channel = table.Column<string>(),
            Kind = table.Column<string>(),
            Scope = table.Column<string>(),
            IsYes = table.Column<bool>(),
            Date = table.Column<DateOnly>(),
            At = table.Column<long>(nullable: true),
            GivenBy = table.Column<string>(),
            By = table.Column<string>(),
            How = table.Column<string>(nullable: true),
            TextVersion = table.Column<string>(nullable: true),
            Proof = table.Column<string>(nullable: true),
            RecordedAt = table.Column<long>(),
        },
        constraints: table =>
        {
            table.PrimaryKey("PK_Answers", a => a.Id);
            table.ForeignKey("FK_Answers_Pupils_PupilKey", a => a.PupilKey, "Pupils", "Key", onDelete: ReferentialAction.Cascade);
        });
}
