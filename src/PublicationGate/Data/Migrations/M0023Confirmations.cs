using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>What people confirmed of the protocol.</summary>
[Migration("0023_Confirmations")]
public sealed class M0023Confirmations : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Confirmations",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                AccountId = table.Column<string>(nullable: true),
                Clause = table.Column<string>(),
                ProtocolVersion = table.Column<string>(),
                At = table.Column<long>(),
                Scope = table.Column<string>(),
                SubmissionId = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Confirmations", confirmation => confirmation.Id));
        migrationBuilder.CreateIndex("IX_Confirmations_SubmissionId", "Confirmations", "SubmissionId");
        migrationBuilder.CreateIndex("IX_Confirmations_Scope_AccountId_At", "Confirmations", ["Scope", "AccountId", "At"]);
        AppendOnly.Guard(migrationBuilder, "Confirmations");
    }
}
