using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Guardians, links for people without an account, and letters to them.</summary>
[Migration("0017_Letters")]
public sealed class M0017Letters : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Guardians",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                PupilKey = table.Column<string>(),
                Name = table.Column<string>(),
                Email = table.Column<string>(nullable: true),
                Language = table.Column<string>(),
                IsPupil = table.Column<bool>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Guardians", guardian => guardian.Id);
                table.ForeignKey("FK_Guardians_Pupils_PupilKey", guardian => guardian.PupilKey, "Pupils", "Key", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Guardians_PupilKey", "Guardians", "PupilKey");
        migrationBuilder.CreateTable(
            "AccessLinks",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Sha256 = table.Column<string>(),
                Purpose = table.Column<string>(),
                Subject = table.Column<string>(),
                GuardianId = table.Column<long>(nullable: true),
                MadeAt = table.Column<long>(),
                EndsAt = table.Column<long>(),
                RevokedAt = table.Column<long>(nullable: true),
                LastUsedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_AccessLinks", link => link.Id));
        migrationBuilder.CreateIndex("IX_AccessLinks_Sha256", "AccessLinks", "Sha256", unique: true);
        migrationBuilder.CreateIndex("IX_AccessLinks_Purpose_Subject", "AccessLinks", ["Purpose", "Subject"]);
        migrationBuilder.CreateTable(
            "Letters",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Key = table.Column<string>(),
                To = table.Column<string>(),
                Language = table.Column<string>(),
                Kind = table.Column<string>(),
                Values = table.Column<string>(),
                Link = table.Column<string>(nullable: true),
                At = table.Column<long>(),
                State = table.Column<string>(),
                Attempts = table.Column<long>(),
                DueAt = table.Column<long>(nullable: true),
                LeaseOwner = table.Column<string>(nullable: true),
                Failure = table.Column<string>(nullable: true),
                EndedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Letters", letter => letter.Id));
        migrationBuilder.CreateIndex("IX_Letters_Key", "Letters", "Key", unique: true);
        migrationBuilder.CreateIndex("IX_Letters_DueAt", "Letters", "DueAt");
    }
}
