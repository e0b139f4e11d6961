using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Where recordings with a purpose lie, how parents were told, and how recordings were destroyed.</summary>
[Migration("0021_Destruction")]
public sealed class M0021Destruction : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("NoticeHow", "Recordings", nullable: true);
        migrationBuilder.AddColumn<string>("Place", "Recordings", nullable: true);
        migrationBuilder.AddColumn<string>("Location", "Recordings", nullable: true);
        // Recordings of which nobody gave the file have no hash, and there may be several.
        migrationBuilder.DropIndex("IX_Recordings_ContentSha256", "Recordings");
        migrationBuilder.CreateIndex("IX_Recordings_ContentSha256", "Recordings", "ContentSha256", unique: true, filter: "\"ContentSha256\" <> ''");
        migrationBuilder.CreateTable(
            "Destructions",
            table => new
            {
                RecordingId = table.Column<long>(),
                BegunAt = table.Column<long>(),
                By = table.Column<string>(),
                Mark = table.Column<string>(),
                SeenAt = table.Column<long>(nullable: true),
                Problem = table.Column<string>(nullable: true),
                EndedAt = table.Column<long>(nullable: true),
                Certificate = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Destructions", destruction => destruction.RecordingId));
        migrationBuilder.CreateIndex("IX_Destructions_EndedAt", "Destructions", "EndedAt");
    }
}
