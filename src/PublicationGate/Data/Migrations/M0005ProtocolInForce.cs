using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Which protocol was put in force when.</summary>
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
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Version = table.Column<string>(),
                Since = table.Column<long>(),
                Source = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ProtocolsInForce", act => act.Id);
                table.ForeignKey("FK_ProtocolsInForce_Protocols_Version", act => act.Version, "Protocols", "Version", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_ProtocolsInForce_Version", "ProtocolsInForce", "Version");
    }
}
