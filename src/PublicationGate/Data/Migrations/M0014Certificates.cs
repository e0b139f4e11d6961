using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>The copy of each release, and its certificates.</summary>
[Migration("0014_Certificates")]
public sealed class M0014Certificates : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("CopyName", "Releases", nullable: true);
        migrationBuilder.AddColumn<long>("NextLookAt", "Releases", nullable: true);
        migrationBuilder.CreateIndex("IX_Releases_WithdrawnAt_NextLookAt", "Releases", ["WithdrawnAt", "NextLookAt"]);
        migrationBuilder.CreateIndex("IX_Releases_CopySha256", "Releases", "CopySha256");
        migrationBuilder.CreateIndex("IX_Releases_CopyName", "Releases", "CopyName");

        migrationBuilder.CreateTable(
            "Certificates",
            table => new
            {
                Id = table.Column<string>(),
                ReleaseId = table.Column<string>(),
                IssuedAt = table.Column<long>(),
                ExpiresAt = table.Column<long>(),
                Text = table.Column<string>(nullable: true),
                RevokedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Certificates", certificate => certificate.Id));
        migrationBuilder.CreateIndex("IX_Certificates_ReleaseId", "Certificates", "ReleaseId");

        migrationBuilder.CreateTable(
            "CertificateKeys",
            table => new
            {
                Id = table.Column<string>(),
                X = table.Column<string>(),
                Y = table.Column<string>(),
                Since = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_CertificateKeys", key => key.Id));
    }
}
