using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Where hidden pictures were posted, and whether they are gone there.</summary>
[Migration("0024_PostedAddresses")]
public sealed class M0024PostedAddresses : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "PostedAddresses",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                TakeDownId = table.Column<long>(),
                Address = table.Column<string>(),
                From = table.Column<string>(),
                OutboxEventId = table.Column<long>(nullable: true),
                State = table.Column<string>(),
                Answer = table.Column<string>(nullable: true),
                Looks = table.Column<long>(),
                LookedAt = table.Column<long>(nullable: true),
                SeenAt = table.Column<long>(nullable: true),
                MissingAt = table.Column<long>(nullable: true),
                DueAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_PostedAddresses", row => row.Id));
        migrationBuilder.CreateIndex("IX_PostedAddresses_TakeDownId", "PostedAddresses", "TakeDownId");
        migrationBuilder.CreateIndex("IX_PostedAddresses_DueAt", "PostedAddresses", "DueAt");
    }
}
