using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Who submitted what, what reviewers did, and what was released.</summary>
[Migration("0011_Submissions")]
public sealed class M0011Submissions : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Submissions",
            table => new
            {
                Id = table.Column<string>(),
                SubmittedAt = table.Column<long>(),
                Source = table.Column<string>(),
                SubmitterId = table.Column<string>(nullable: true),
                AlbumId = table.Column<string>(),
                FileName = table.Column<string>(),
                ContentSha256 = table.Column<string>(),
                Channel = table.Column<string>(),
                Activity = table.Column<string>(nullable: true),
                QueueItemId = table.Column<long>(),
                TakenFileId = table.Column<long>(nullable: true),
                VerdictId = table.Column<string>(nullable: true),
                Outcome = table.Column<string>(nullable: true),
                Turn = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Submissions", submission => submission.Id);
                table.ForeignKey("FK_Submissions_QueueItems_QueueItemId", submission => submission.QueueItemId, "QueueItems", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Submissions_Outcome_Turn_Id", "Submissions", ["Outcome", "Turn", "Id"]);
        migrationBuilder.CreateIndex("IX_Submissions_SubmitterId_Id", "Submissions", ["SubmitterId", "Id"]);
        migrationBuilder.CreateIndex("IX_Submissions_AlbumId", "Submissions", "AlbumId");
        migrationBuilder.CreateIndex("IX_Submissions_QueueItemId", "Submissions", "QueueItemId");
        migrationBuilder.CreateIndex("IX_Submissions_TakenFileId", "Submissions", "TakenFileId");

        migrationBuilder.CreateTable(
            "ReviewActs",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                SubmissionId = table.Column<string>(),
                At = table.Column<long>(),
                AccountId = table.Column<string>(),
                Kind = table.Column<string>(),
                Words = table.Column<string>(nullable: true),
                Before = table.Column<string>(),
                TurnBefore = table.Column<string>(),
                IsUndone = table.Column<bool>(),
            },
            constraints: table => table.PrimaryKey("PK_ReviewActs", act => act.Id));
        migrationBuilder.CreateIndex("IX_ReviewActs_SubmissionId", "ReviewActs", "SubmissionId");

        migrationBuilder.CreateTable(
            "Releases",
            table => new
            {
                Id = table.Column<string>(),
                SubmissionId = table.Column<string>(),
                VerdictId = table.Column<string>(),
                ContentSha256 = table.Column<string>(),
                Channel = table.Column<string>(),
                ReleasedAt = table.Column<long>(),
                WithdrawnAt = table.Column<long>(nullable: true),
                CopySha256 = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Releases", release => release.Id));
        migrationBuilder.CreateIndex("IX_Releases_SubmissionId", "Releases", "SubmissionId");
        migrationBuilder.CreateIndex("IX_Releases_ContentSha256", "Releases", "ContentSha256");
        TakeOverFolders(migrationBuilder);
    }

    // What came from watched folders before there were submissions.
    private static void TakeOverFolders(MigrationBuilder migrationBuilder)
    {
        var (channel, activity) = migrationBuilder.IsPostgres()
            ? ("item.\"Photo\"::json->'declaration'->>'channel'", "item.\"Photo\"::json->'declaration'->>'activity'")
            : ("json_extract(item.\"Photo\", '$.declaration.channel')", "json_extract(item.\"Photo\", '$.declaration.activity')");
        var taken = """
            SELECT 'taken-' || file."Id", COALESCE(verdict."DecidedAt", 0), 'Folder', 'taken-' || file."Id", file."Name", file."ContentSha256", COALESCE(CHANNEL, 'website'), ACTIVITY,
                   item."Id", file."Id", item."VerdictId", item."Outcome", 'Reviewer'
            FROM "TakenFiles" file JOIN "QueueItems" item ON item."Id" = file."QueueItemId" LEFT JOIN "Verdicts" verdict ON verdict."Id" = item."VerdictId"
            """.Replace("CHANNEL", channel, StringComparison.Ordinal).Replace("ACTIVITY", activity, StringComparison.Ordinal);
        migrationBuilder.Sql($"""
            INSERT INTO "Submissions" ("Id", "SubmittedAt", "Source", "AlbumId", "FileName", "ContentSha256", "Channel", "Activity", "QueueItemId", "TakenFileId", "VerdictId", "Outcome", "Turn")
            {taken}
            """);
        migrationBuilder.Sql("""
            INSERT INTO "Releases" ("Id", "SubmissionId", "VerdictId", "ContentSha256", "Channel", "ReleasedAt")
            SELECT "Id", "Id", "VerdictId", "ContentSha256", "Channel", "SubmittedAt" FROM "Submissions" WHERE "Outcome" = 'Approved'
            """);
    }
}
