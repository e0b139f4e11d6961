using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Requests of families that a picture goes, what each is about, and what was sent with it.</summary>
[Migration("0018_Requests")]
public sealed class M0018Requests : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "RemovalRequests",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                At = table.Column<long>(),
                State = table.Column<string>(),
                Why = table.Column<string>(nullable: true),
                AnswerBy = table.Column<DateOnly>(),
                Address = table.Column<string>(nullable: true),
                Child = table.Column<string>(),
                Group = table.Column<string>(),
                Contact = table.Column<string>(),
                Words = table.Column<string>(nullable: true),
                Language = table.Column<string>(),
                Source = table.Column<string>(),
                ContentSha256 = table.Column<string>(nullable: true),
                PictureHash = table.Column<string>(nullable: true),
                HiddenAt = table.Column<long>(nullable: true),
                ClosedAt = table.Column<long>(nullable: true),
                ClosedBy = table.Column<string>(nullable: true),
                Ground = table.Column<string>(nullable: true),
                EmptiedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_RemovalRequests", request => request.Id));
        migrationBuilder.CreateIndex("IX_RemovalRequests_State_AnswerBy", "RemovalRequests", ["State", "AnswerBy"]);
        migrationBuilder.CreateIndex("IX_RemovalRequests_EmptiedAt_ClosedAt", "RemovalRequests", ["EmptiedAt", "ClosedAt"]);
        migrationBuilder.CreateTable(
            "RequestedReleases",
            table => new
            {
                RequestId = table.Column<long>(),
                ReleaseId = table.Column<string>(),
                IsLike = table.Column<bool>(),
                HiddenAt = table.Column<long>(nullable: true),
                IsByItself = table.Column<bool>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RequestedReleases", row => new { row.RequestId, row.ReleaseId });
                table.ForeignKey("FK_RequestedReleases_RemovalRequests_RequestId", row => row.RequestId, "RemovalRequests", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_RequestedReleases_ReleaseId", "RequestedReleases", "ReleaseId");
        migrationBuilder.CreateIndex("IX_RequestedReleases_HiddenAt", "RequestedReleases", "HiddenAt");
        migrationBuilder.CreateIndex("IX_TakeDowns_ReleaseId", "TakeDowns", "ReleaseId");
        migrationBuilder.CreateTable(
            "RequestPictures",
            table => new { RequestId = table.Column<long>(), Jpeg = table.Column<byte[]>() },
            constraints: table =>
            {
                table.PrimaryKey("PK_RequestPictures", picture => picture.RequestId);
                table.ForeignKey("FK_RequestPictures_RemovalRequests_RequestId", picture => picture.RequestId, "RemovalRequests", "Id", onDelete: ReferentialAction.Cascade);
            });
    }
}
