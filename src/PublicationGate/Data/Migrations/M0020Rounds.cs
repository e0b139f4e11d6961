using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Rounds of questions to parents, with answers that can only grow; and what was released under which round.</summary>
[Migration("0020_Rounds")]
public sealed class M0020Rounds : Migration
{
    // A row of Erasures that names the pupil is written, used and blanked within one transaction.
    private const string IsErased = "EXISTS (SELECT 1 FROM \"Erasures\" WHERE \"PupilKey\" = OLD.\"PupilKey\")";

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Rounds",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Name = table.Column<string>(),
                Organisation = table.Column<string>(),
                Channel = table.Column<string>(),
                Kind = table.Column<string>(),
                Scope = table.Column<string>(),
                Question = table.Column<string>(nullable: true),
                Explanation = table.Column<string>(),
                Groups = table.Column<string>(),
                Keys = table.Column<string>(),
                Deadline = table.Column<DateOnly>(),
                ReminderDays = table.Column<long>(),
                MadeBy = table.Column<string>(),
                MadeAt = table.Column<long>(),
                OpenedAt = table.Column<long>(nullable: true),
                OpenedBy = table.Column<string>(nullable: true),
                RemindedAt = table.Column<long>(nullable: true),
                ClosedAt = table.Column<long>(nullable: true),
                ClosedBy = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Rounds", round => round.Id));
        migrationBuilder.CreateIndex("IX_Rounds_ClosedAt_Deadline", "Rounds", ["ClosedAt", "Deadline"]);
        CreateAsked(migrationBuilder);
        CreateAnswers(migrationBuilder);
        migrationBuilder.AddColumn<long>("RoundId", "ReleasedPupils", nullable: true);
        HideByAnswers(migrationBuilder);
    }

    private static void CreateAsked(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "RoundPupils",
            table => new { RoundId = table.Column<long>(), PupilKey = table.Column<string>() },
            constraints: table =>
            {
                table.PrimaryKey("PK_RoundPupils", row => new { row.RoundId, row.PupilKey });
                table.ForeignKey("FK_RoundPupils_Rounds_RoundId", row => row.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_RoundPupils_Pupils_PupilKey", row => row.PupilKey, "Pupils", "Key", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_RoundPupils_PupilKey", "RoundPupils", "PupilKey");
        migrationBuilder.CreateTable(
            "RoundInvitations",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                RoundId = table.Column<long>(),
                PupilKey = table.Column<string>(),
                GuardianId = table.Column<long>(nullable: true),
                Name = table.Column<string>(),
                IsPupil = table.Column<bool>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RoundInvitations", row => row.Id);
                table.ForeignKey("FK_RoundInvitations_Rounds_RoundId", row => row.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_RoundInvitations_Pupils_PupilKey", row => row.PupilKey, "Pupils", "Key", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_RoundInvitations_RoundId", "RoundInvitations", "RoundId");
        migrationBuilder.CreateIndex("IX_RoundInvitations_PupilKey", "RoundInvitations", "PupilKey");
    }

    private static void CreateAnswers(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "RoundAnswers",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                RoundId = table.Column<long>(),
                PupilKey = table.Column<string>(),
                InvitationId = table.Column<long>(),
                IsPupil = table.Column<bool>(),
                IsYes = table.Column<bool>(),
                At = table.Column<long>(),
                WrittenBy = table.Column<string>(nullable: true),
                Ground = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RoundAnswers", row => row.Id);
                table.ForeignKey("FK_RoundAnswers_Rounds_RoundId", row => row.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_RoundAnswers_Pupils_PupilKey", row => row.PupilKey, "Pupils", "Key", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_RoundAnswers_RoundId_PupilKey", "RoundAnswers", ["RoundId", "PupilKey"]);
        migrationBuilder.CreateIndex("IX_RoundAnswers_PupilKey", "RoundAnswers", "PupilKey");
        AppendOnly.Guard(migrationBuilder, "RoundAnswers");
        if (migrationBuilder.IsPostgres())
        {
            migrationBuilder.Sql($"""
                CREATE FUNCTION "RoundAnswers_are_appended_or_erased"() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF {IsErased} THEN RETURN OLD; END IF;
                  RAISE EXCEPTION 'Answers are never deleted, but by the erasure of a pupil.';
                END $$
                """);
            migrationBuilder.Sql("DROP TRIGGER \"RoundAnswers_are_not_changed\" ON \"RoundAnswers\"");
            migrationBuilder.Sql("CREATE TRIGGER \"RoundAnswers_are_not_changed\" BEFORE UPDATE ON \"RoundAnswers\" FOR EACH ROW EXECUTE FUNCTION \"RoundAnswers_are_appended\"()");
            migrationBuilder.Sql("CREATE TRIGGER \"RoundAnswers_are_not_deleted\" BEFORE DELETE ON \"RoundAnswers\" FOR EACH ROW EXECUTE FUNCTION \"RoundAnswers_are_appended_or_erased\"()");
            return;
        }

        migrationBuilder.Sql("DROP TRIGGER \"RoundAnswers_are_not_deleted\"");
        migrationBuilder.Sql($"CREATE TRIGGER \"RoundAnswers_are_not_deleted\" BEFORE DELETE ON \"RoundAnswers\" WHEN NOT {IsErased} BEGIN SELECT RAISE(ABORT, 'Answers are never deleted, but by the erasure of a pupil.'); END");
    }

    // As a no of the register does: in the transaction of the no itself.
    private static void HideByAnswers(MigrationBuilder migrationBuilder)
    {
        const string Touched = """
            SELECT release."Id" FROM "Releases" release JOIN "ReleasedPupils" pupil ON pupil."ReleaseId" = release."Id"
            WHERE pupil."PupilKey" = NEW."PupilKey" AND pupil."RoundId" = NEW."RoundId" AND release."WithdrawnAt" IS NULL
            """;
        const string Hide = $"""
            INSERT INTO "TakeDowns" ("ReleaseId", "SubmissionId", "Channel", "Why", "HiddenAt")
            SELECT release."Id", release."SubmissionId", release."Channel", 'Consent', NEW."At" FROM "Releases" release WHERE release."Id" IN ({Touched});
            UPDATE "Releases" SET "WithdrawnAt" = NEW."At" WHERE "Id" IN ({Touched});
            """;
        if (migrationBuilder.IsPostgres())
        {
            migrationBuilder.Sql($"""CREATE FUNCTION "RoundAnswers_hide"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Hide} RETURN NULL; END $$""");
            migrationBuilder.Sql("""CREATE TRIGGER "RoundAnswers_hide_releases" AFTER INSERT ON "RoundAnswers" FOR EACH ROW WHEN (NOT NEW."IsYes") EXECUTE FUNCTION "RoundAnswers_hide"()""");
            return;
        }

        migrationBuilder.Sql($"""CREATE TRIGGER "RoundAnswers_hide_releases" AFTER INSERT ON "RoundAnswers" WHEN NOT NEW."IsYes" BEGIN {Hide} END""");
    }
}
