using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Keys of pseudonyms, and erasure: the one way in which answers go.</summary>
[Migration("0008_Erasure")]
public sealed class M0008Erasure : Migration
{
    // A row of Erasures that names the pupil is written, used and blanked within one transaction.
    private const string IsErased = "EXISTS (SELECT 1 FROM \"Erasures\" WHERE \"PupilKey\" = OLD.\"PupilKey\")";

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "PersonKeys",
            table => new { Person = table.Column<string>(), Secret = table.Column<string>() },
            constraints: table => table.PrimaryKey("PK_PersonKeys", key => key.Person));
        migrationBuilder.CreateTable(
            "Erasures",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Subject = table.Column<string>(),
                PupilKey = table.Column<string>(nullable: true),
                At = table.Column<long>(),
                FinishedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Erasures", erasure => erasure.Id));
        if (migrationBuilder.IsPostgres())
        {
            migrationBuilder.Sql($"""
                CREATE FUNCTION "Answers_are_appended_or_erased"() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF {IsErased} THEN RETURN OLD; END IF;
                  RAISE EXCEPTION 'Answers are never deleted, but by the erasure of a pupil.';
                END $$
                """);
            migrationBuilder.Sql("DROP TRIGGER \"Answers_are_not_changed\" ON \"Answers\"");
            migrationBuilder.Sql("CREATE TRIGGER \"Answers_are_not_changed\" BEFORE UPDATE ON \"Answers\" FOR EACH ROW EXECUTE FUNCTION \"Answers_are_appended\"()");
            migrationBuilder.Sql("CREATE TRIGGER \"Answers_are_not_deleted\" BEFORE DELETE ON \"Answers\" FOR EACH ROW EXECUTE FUNCTION \"Answers_are_appended_or_erased\"()");
            return;
        }

        migrationBuilder.Sql("DROP TRIGGER \"Answers_are_not_deleted\"");
        migrationBuilder.Sql($"CREATE TRIGGER \"Answers_are_not_deleted\" BEFORE DELETE ON \"Answers\" WHEN NOT {IsErased} BEGIN SELECT RAISE(ABORT, 'Answers are never deleted, but by the erasure of a pupil.'); END");
    }
}
