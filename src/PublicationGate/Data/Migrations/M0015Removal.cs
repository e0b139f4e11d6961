using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Pictures that were taken back; who is shown by what is released; what was hidden since, and must be taken down.</summary>
[Migration("0015_Removal")]
public sealed class M0015Removal : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "TakenBackPictures",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                ContentSha256 = table.Column<string>(),
                PictureHash = table.Column<string>(nullable: true),
                At = table.Column<long>(),
                For = table.Column<string>(),
                Ground = table.Column<string>(),
                By = table.Column<string>(),
                SubmissionId = table.Column<string>(nullable: true),
                LiftedAt = table.Column<long>(nullable: true),
                LiftedGround = table.Column<string>(nullable: true),
                LiftedBy = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_TakenBackPictures", picture => picture.Id));
        migrationBuilder.CreateIndex("IX_TakenBackPictures_ContentSha256", "TakenBackPictures", "ContentSha256");

        migrationBuilder.CreateTable(
            "TakeDowns",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                ReleaseId = table.Column<string>(),
                SubmissionId = table.Column<string>(),
                Channel = table.Column<string>(),
                Why = table.Column<string>(),
                HiddenAt = table.Column<long>(),
                FollowedAt = table.Column<long>(nullable: true),
                EndedAt = table.Column<long>(nullable: true),
                EndedBy = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_TakeDowns", row => row.Id));
        migrationBuilder.CreateIndex("IX_TakeDowns_FollowedAt", "TakeDowns", "FollowedAt");
        migrationBuilder.CreateIndex("IX_TakeDowns_EndedAt_Id", "TakeDowns", ["EndedAt", "Id"]);
        migrationBuilder.CreateIndex("IX_TakeDowns_SubmissionId", "TakeDowns", "SubmissionId");
        IndexReleases(migrationBuilder);
        TakeOverReleases(migrationBuilder);
        HideByAnswers(migrationBuilder);
    }

    private static void IndexReleases(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "ReleasedPupils",
            table => new
            {
                ReleaseId = table.Column<string>(),
                PupilKey = table.Column<string>(),
                Channel = table.Column<string>(),
                InGroupPhoto = table.Column<string>(),
                Individually = table.Column<string>(),
                Name = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ReleasedPupils", row => new { row.ReleaseId, row.PupilKey });
                table.ForeignKey("FK_ReleasedPupils_Releases_ReleaseId", row => row.ReleaseId, "Releases", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_ReleasedPupils_PupilKey_Channel", "ReleasedPupils", ["PupilKey", "Channel"]);
        migrationBuilder.CreateTable(
            "ReleasedPictures",
            table => new { ReleaseId = table.Column<string>(), PictureHash = table.Column<string>() },
            constraints: table =>
            {
                table.PrimaryKey("PK_ReleasedPictures", row => row.ReleaseId);
                table.ForeignKey("FK_ReleasedPictures_Releases_ReleaseId", row => row.ReleaseId, "Releases", "Id", onDelete: ReferentialAction.Cascade);
            });
    }

    // What was released before. Evidence that was erased has none of this.
    private static void TakeOverReleases(MigrationBuilder migrationBuilder)
    {
        var (pupils, member, hash) = migrationBuilder.IsPostgres()
            ? ("CROSS JOIN LATERAL json_array_elements(verdict.\"Evidence\"::json#>'{facts,consent,pupils}') pupil", "(pupil.value->>'{0}')", "(verdict.\"Evidence\"::json#>>'{facts,pictureHash}')")
            : (", json_each(verdict.\"Evidence\", '$.facts.consent.pupils') pupil", "json_extract(pupil.value, '$.{0}')", "json_extract(verdict.\"Evidence\", '$.facts.pictureHash')");
        string Member(string name) => member.Replace("{0}", name, StringComparison.Ordinal);
        // Evidence has words in lower case, tables in the case of the code.
        string State(string name) => $"upper(substr({Member(name)}, 1, 1)) || substr({Member(name)}, 2)";
        migrationBuilder.Sql($"""
            INSERT INTO "ReleasedPupils" ("ReleaseId", "PupilKey", "Channel", "InGroupPhoto", "Individually", "Name")
            SELECT release."Id", {Member("key")}, release."Channel", {State("inGroupPhoto")}, {State("individually")}, {State("name")}
            FROM "Releases" release JOIN "Verdicts" verdict ON verdict."Id" = release."VerdictId" {pupils}
            WHERE release."WithdrawnAt" IS NULL
            """);
        migrationBuilder.Sql($"""
            INSERT INTO "ReleasedPictures" ("ReleaseId", "PictureHash")
            SELECT release."Id", {hash} FROM "Releases" release JOIN "Verdicts" verdict ON verdict."Id" = release."VerdictId"
            WHERE release."WithdrawnAt" IS NULL AND {hash} IS NOT NULL
            """);
    }

    // In the transaction of the no itself, whoever writes it: there is no moment in between, and nothing that a crash could lose.
    private static void HideByAnswers(MigrationBuilder migrationBuilder)
    {
        const string Touched = """
            SELECT release."Id" FROM "Releases" release JOIN "ReleasedPupils" pupil ON pupil."ReleaseId" = release."Id"
            WHERE pupil."PupilKey" = NEW."PupilKey" AND (pupil."Channel" = NEW."Channel" OR NEW."Channel" = '*') AND release."WithdrawnAt" IS NULL
            """;
        const string Hide = $"""
            INSERT INTO "TakeDowns" ("ReleaseId", "SubmissionId", "Channel", "Why", "HiddenAt")
            SELECT release."Id", release."SubmissionId", release."Channel", 'Consent', NEW."RecordedAt" FROM "Releases" release WHERE release."Id" IN ({Touched});
            UPDATE "Releases" SET "WithdrawnAt" = NEW."RecordedAt" WHERE "Id" IN ({Touched});
            """;
        if (migrationBuilder.IsPostgres())
        {
            migrationBuilder.Sql($"""CREATE FUNCTION "Answers_hide"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Hide} RETURN NULL; END $$""");
            migrationBuilder.Sql("""CREATE TRIGGER "Answers_hide_releases" AFTER INSERT ON "Answers" FOR EACH ROW WHEN (NOT NEW."IsYes" AND NEW."Kind" IN ('Photo', 'Name')) EXECUTE FUNCTION "Answers_hide"()""");
            return;
        }

        migrationBuilder.Sql($"""CREATE TRIGGER "Answers_hide_releases" AFTER INSERT ON "Answers" WHEN NOT NEW."IsYes" AND NEW."Kind" IN ('Photo', 'Name') BEGIN {Hide} END""");
    }
}
