using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations.Sqlite;

/// <summary>Which protocol was put in force when.</summary>
[DbContext(typeof(SqliteGateDb))]
[Migration("0005_ProtocolInForce")]
public sealed class M0005ProtocolInForce : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "ProtocolsInForce",
            table => new
            {
                Id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                Version = table.Column<string>("TEXT"),
                Since = table.Column<long>("INTEGER"),
                Source = table.Column<string>("TEXT"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ProtocolsInForce", act => act.Id);
                table.ForeignKey("FK_ProtocolsInForce_Protocols_Version", act => act.Version, "Protocols", "Version", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_ProtocolsInForce_Version", "ProtocolsInForce", "Version");
    }
}
