using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>What outputs are to be told of releases.</summary>
[Migration("0016_Outbox")]
public sealed class M0016Outbox : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "OutboxEvents",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                ReleaseId = table.Column<string>(),
                SubmissionId = table.Column<string>(),
                Output = table.Column<string>(),
                Kind = table.Column<string>(),
                At = table.Column<long>(),
                State = table.Column<string>(),
                Attempts = table.Column<long>(),
                DueAt = table.Column<long>(nullable: true),
                LeaseOwner = table.Column<string>(nullable: true),
                Failure = table.Column<string>(nullable: true),
                Remote = table.Column<string>(nullable: true),
                Ground = table.Column<string>(nullable: true),
                EndedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_OutboxEvents", row => row.Id));
        migrationBuilder.CreateIndex("IX_OutboxEvents_ReleaseId_Output_Kind", "OutboxEvents", ["ReleaseId", "Output", "Kind"], unique: true);
        migrationBuilder.CreateIndex("IX_OutboxEvents_Output_DueAt", "OutboxEvents", ["Output", "DueAt"]);
        migrationBuilder.CreateIndex("IX_OutboxEvents_SubmissionId", "OutboxEvents", "SubmissionId");
        migrationBuilder.CreateTable(
            "SwitchedOffOutputs",
            table => new { Output = table.Column<string>(), At = table.Column<long>() },
            constraints: table => table.PrimaryKey("PK_SwitchedOffOutputs", row => row.Output));
    }
}
