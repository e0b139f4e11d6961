using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations.Sqlite;

/// <summary>What was seen in a photo, so that it is not looked at again.</summary>
[DbContext(typeof(SqliteGateDb))]
[Migration("0002_Looks")]
public sealed class M0002Looks : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Looks",
        table => new
        {
            ContentSha256 = table.Column<string>("TEXT"),
            LookedBy = table.Column<string>("TEXT"),
            Seen = table.Column<string>("TEXT"),
        },
        constraints: table => table.PrimaryKey("PK_Looks", look => new { look.ContentSha256, look.LookedBy }));
}
