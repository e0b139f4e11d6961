using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>What a no hid knows that no, so that whoever gave it can be told what became of it.</summary>
[Migration("0019_Withdrawals")]
public sealed class M0019Withdrawals : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("AnswerId", "TakeDowns", nullable: true);
        migrationBuilder.AddColumn<long>("ToldAt", "TakeDowns", nullable: true);
        migrationBuilder.CreateIndex("IX_TakeDowns_AnswerId", "TakeDowns", "AnswerId");
        migrationBuilder.CreateIndex("IX_TakeDowns_ToldAt_AnswerId", "TakeDowns", ["ToldAt", "AnswerId"]);
        HideByAnswers(migrationBuilder);
    }

    // As M0015Removal has it, with the number of the answer.
    private static void HideByAnswers(MigrationBuilder migrationBuilder)
    {
        const string Touched = """
            SELECT release."Id" FROM "Releases" release JOIN "ReleasedPupils" pupil ON pupil."ReleaseId" = release."Id"
            WHERE pupil."PupilKey" = NEW."PupilKey" AND (pupil."Channel" = NEW."Channel" OR NEW."Channel" = '*') AND release."WithdrawnAt" IS NULL
            """;
        const string Hide = $"""
            INSERT INTO "TakeDowns" ("ReleaseId", "SubmissionId", "Channel", "Why", "HiddenAt", "AnswerId")
            SELECT release."Id", release."SubmissionId", release."Channel", 'Consent', NEW."RecordedAt", NEW."Id" FROM "Releases" release WHERE release."Id" IN ({Touched});
            UPDATE "Releases" SET "WithdrawnAt" = NEW."RecordedAt" WHERE "Id" IN ({Touched});
            """;
        if (migrationBuilder.IsPostgres())
        {
            migrationBuilder.Sql($"""CREATE OR REPLACE FUNCTION "Answers_hide"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Hide} RETURN NULL; END $$""");
            return;
        }

        migrationBuilder.Sql("""DROP TRIGGER "Answers_hide_releases" """);
        migrationBuilder.Sql($"""CREATE TRIGGER "Answers_hide_releases" AFTER INSERT ON "Answers" WHEN NOT NEW."IsYes" AND NEW."Kind" IN ('Photo', 'Name') BEGIN {Hide} END""");
    }
}
