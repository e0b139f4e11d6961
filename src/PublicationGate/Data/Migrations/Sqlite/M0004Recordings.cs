using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations.Sqlite;

/// <summary>Recordings that are locked to their purpose.</summary>
[DbContext(typeof(SqliteGateDb))]
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
                Id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                Purpose = table.Column<string>("TEXT"),
                PupilKey = table.Column<string>("TEXT", nullable: true),
                MadeBy = table.Column<string>("TEXT", nullable: true),
                FileName = table.Column<string>("TEXT"),
                NoticeOn = table.Column<DateOnly>("TEXT"),
                DestroyBy = table.Column<DateOnly>("TEXT"),
                ContentSha256 = table.Column<string>("TEXT"),
                PictureHash = table.Column<string>("TEXT", nullable: true),
                RegisteredAt = table.Column<long>("INTEGER"),
                DestroyedOn = table.Column<DateOnly>("TEXT", nullable: true),
                DestructionProof = table.Column<string>("TEXT", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Recordings", r => r.Id));
        migrationBuilder.CreateIndex("IX_Recordings_ContentSha256", "Recordings", "ContentSha256", unique: true);
    }
}
