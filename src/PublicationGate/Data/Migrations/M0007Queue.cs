using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Photos that wait for their verdict, and the files of watched folders that they are.</summary>
[Migration("0007_Queue")]
public sealed class M0007Queue : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "QueueItems",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                ContentSha256 = table.Column<string>(),
                DeclarationSha256 = table.Column<string>(),
                ProtocolVersion = table.Column<string>(),
                Photo = table.Column<string>(),
                Store = table.Column<string>(),
                State = table.Column<string>(),
                Attempts = table.Column<long>(),
                DueAt = table.Column<long>(nullable: true),
                LeaseOwner = table.Column<string>(nullable: true),
                Failure = table.Column<string>(nullable: true),
                VerdictId = table.Column<string>(nullable: true),
                Outcome = table.Column<string>(nullable: true),
                ElapsedMs = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_QueueItems", item => item.Id));
        migrationBuilder.CreateIndex("IX_QueueItems_ContentSha256_DeclarationSha256_ProtocolVersion", "QueueItems", ["ContentSha256", "DeclarationSha256", "ProtocolVersion"], unique: true);
        migrationBuilder.CreateIndex("IX_QueueItems_Store_ProtocolVersion_DueAt_Id", "QueueItems", ["Store", "ProtocolVersion", "DueAt", "Id"]);

        migrationBuilder.CreateTable(
            "TakenFiles",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Inbox = table.Column<string>(),
                Name = table.Column<string>(),
                Length = table.Column<long>(),
                ModifiedTicks = table.Column<long>(),
                ContentSha256 = table.Column<string>(),
                QueueItemId = table.Column<long>(),
                IsOpen = table.Column<bool>(),
                PlacedVerdictId = table.Column<string>(nullable: true),
                PlacedOutcome = table.Column<string>(nullable: true),
                HasLeft = table.Column<bool>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_TakenFiles", file => file.Id);
                table.ForeignKey("FK_TakenFiles_QueueItems_QueueItemId", file => file.QueueItemId, "QueueItems", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_TakenFiles_Inbox_Name_ContentSha256", "TakenFiles", ["Inbox", "Name", "ContentSha256"], unique: true);
        migrationBuilder.CreateIndex("IX_TakenFiles_QueueItemId", "TakenFiles", "QueueItemId");
        migrationBuilder.CreateIndex("IX_TakenFiles_IsOpen", "TakenFiles", "IsOpen");
    }
}
