using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>What was seen in a photo, so that it is not looked at again.</summary>
[Migration("0002_Looks")]
public sealed class M0002Looks : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Looks",
        table => new
        {
            ContentSha256 = table.Column<string>(),
            LookedBy = table.Column<string>(),
            Seen = table.Column<string>(),
        },
        constraints: table => table.PrimaryKey("PK_Looks", look => new { look.ContentSha256, look.LookedBy }));
}
