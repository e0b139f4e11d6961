using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>The audit trail, which can only grow.</summary>
[Migration("0006_Audit")]
public sealed class M0006Audit : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "AuditEntries",
            table => new
            {
                Id = table.Column<long>(),
                At = table.Column<long>(),
                Kind = table.Column<string>(),
                Subject = table.Column<string>(),
                Details = table.Column<string>(),
                Previous = table.Column<string>(),
                Hash = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_AuditEntries", entry => entry.Id));
        AppendOnly.Guard(migrationBuilder, "AuditEntries");
    }
}
