using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Recordings that are locked to their purpose.</summary>
[Migration("0004_Recordings")]
public sealed class M0004Recordings : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Recordings",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Purpose = table.Column<string>(),
                PupilKey = table.Column<string>(nullable: true),
                MadeBy = table.Column<string>(nullable: true),
                FileName = table.Column<string>(),
                NoticeOn = table.Column<DateOnly>(),
                DestroyBy = table.Column<DateOnly>(),
                ContentSha256 = table.Column<string>(),
                PictureHash = table.Column<string>(nullable: true),
                RegisteredAt = table.Column<long>(),
                DestroyedOn = table.Column<DateOnly>(nullable: true),
                DestructionProof = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Recordings", r => r.Id));
        migrationBuilder.CreateIndex("IX_Recordings_ContentSha256", "Recordings", "ContentSha256", unique: true);
    }
}
