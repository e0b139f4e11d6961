using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Uploads that were sent under a key.</summary>
[Migration("0012_Uploads")]
public sealed class M0012Uploads : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "RememberedUploads",
            table => new
            {
                AccountId = table.Column<string>(),
                Key = table.Column<string>(),
                Sha256 = table.Column<string>(),
                AlbumId = table.Column<string>(),
                At = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_RememberedUploads", upload => new { upload.AccountId, upload.Key }));
        migrationBuilder.CreateIndex("IX_RememberedUploads_At", "RememberedUploads", "At");
    }
}
