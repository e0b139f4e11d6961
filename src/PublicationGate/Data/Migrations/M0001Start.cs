using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>The register, verdicts and the protocol files that made them.</summary>
[Migration("0001_Start")]
public sealed class M0001Start : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Pupils",
            table => new
            {
                Key = table.Column<string>(),
                FirstName = table.Column<string>(),
                Prefix = table.Column<string>(),
                Surname = table.Column<string>(),
                Group = table.Column<string>(),
                BirthDate = table.Column<DateOnly>(nullable: true),
                LeftOn = table.Column<DateOnly>(nullable: true),
                FoldedGroup = table.Column<string>(),
                FoldedFirstName = table.Column<string>(),
                FoldedFullName = table.Column<string>(),
                FoldedShortName = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_Pupils", p => p.Key));
        migrationBuilder.CreateIndex("IX_Pupils_FoldedGroup", "Pupils", "FoldedGroup");
        migrationBuilder.CreateIndex("IX_Pupils_FoldedFirstName_FoldedGroup", "Pupils", ["FoldedFirstName", "FoldedGroup"]);
        migrationBuilder.CreateIndex("IX_Pupils_FoldedFullName", "Pupils", "FoldedFullName");
        migrationBuilder.CreateIndex("IX_Pupils_FoldedShortName", "Pupils", "FoldedShortName");

        migrationBuilder.CreateTable(
            "Answers",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                PupilKey = table.Column<string>(),
                Channel = table.Column<string>(),
                Kind = table.Column<string>(),
                Scope = table.Column<string>(),
                IsYes = table.Column<bool>(),
                Date = table.Column<DateOnly>(),
                GivenBy = table.Column<string>(),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Answers", a => a.Id);
                table.ForeignKey("FK_Answers_Pupils_PupilKey", a => a.PupilKey, "Pupils", "Key", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Answers_PupilKey", "Answers", "PupilKey");

        migrationBuilder.CreateTable(
            "Staff",
            table => new
            {
                Key = table.Column<string>(),
                FirstName = table.Column<string>(),
                Prefix = table.Column<string>(),
                Surname = table.Column<string>(),
                Role = table.Column<string>(),
                Permission = table.Column<string>(),
                FoldedFirstName = table.Column<string>(),
                FoldedFullName = table.Column<string>(),
                FoldedShortName = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_Staff", s => s.Key));
        migrationBuilder.CreateIndex("IX_Staff_FoldedFirstName", "Staff", "FoldedFirstName");
        migrationBuilder.CreateIndex("IX_Staff_FoldedFullName", "Staff", "FoldedFullName");
        migrationBuilder.CreateIndex("IX_Staff_FoldedShortName", "Staff", "FoldedShortName");

        migrationBuilder.CreateTable(
            "RegisterImports",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                ImportedAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_RegisterImports", i => i.Id));

        migrationBuilder.CreateTable(
            "Verdicts",
            table => new
            {
                Id = table.Column<string>(),
                ContentSha256 = table.Column<string>(),
                DeclarationSha256 = table.Column<string>(),
                ProtocolVersion = table.Column<string>(),
                Outcome = table.Column<string>(),
                Channel = table.Column<string>(),
                FileName = table.Column<string>(),
                DecidedAt = table.Column<long>(),
                Evidence = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_Verdicts", v => v.Id));
        migrationBuilder.CreateIndex("IX_Verdicts_ContentSha256_DeclarationSha256", "Verdicts", ["ContentSha256", "DeclarationSha256"]);

        migrationBuilder.CreateTable(
            "Protocols",
            table => new
            {
                Version = table.Column<string>(),
                Yaml = table.Column<string>(),
                FirstUsedAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_Protocols", p => p.Version));
    }
}
