using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations.Sqlite;

/// <summary>The register, verdicts and the protocol files that made them.</summary>
[DbContext(typeof(SqliteGateDb))]
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
                Key = table.Column<string>("TEXT"),
                FirstName = table.Column<string>("TEXT"),
                Prefix = table.Column<string>("TEXT"),
                Surname = table.Column<string>("TEXT"),
                Group = table.Column<string>("TEXT"),
                BirthDate = table.Column<DateOnly>("TEXT", nullable: true),
                LeftOn = table.Column<DateOnly>("TEXT", nullable: true),
                FoldedGroup = table.Column<string>("TEXT"),
                FoldedFirstName = table.Column<string>("TEXT"),
                FoldedFullName = table.Column<string>("TEXT"),
                FoldedShortName = table.Column<string>("TEXT"),
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
                Id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                PupilKey = table.Column<string>("TEXT"),
                Channel = table.Column<string>("TEXT"),
                Kind = table.Column<string>("TEXT"),
                Scope = table.Column<string>("TEXT"),
                IsYes = table.Column<bool>("INTEGER"),
                Date = table.Column<DateOnly>("TEXT"),
                GivenBy = table.Column<string>("TEXT"),
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
                Key = table.Column<string>("TEXT"),
                FirstName = table.Column<string>("TEXT"),
                Prefix = table.Column<string>("TEXT"),
                Surname = table.Column<string>("TEXT"),
                Role = table.Column<string>("TEXT"),
                Permission = table.Column<string>("TEXT"),
                FoldedFirstName = table.Column<string>("TEXT"),
                FoldedFullName = table.Column<string>("TEXT"),
                FoldedShortName = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("PK_Staff", s => s.Key));
        migrationBuilder.CreateIndex("IX_Staff_FoldedFirstName", "Staff", "FoldedFirstName");
        migrationBuilder.CreateIndex("IX_Staff_FoldedFullName", "Staff", "FoldedFullName");
        migrationBuilder.CreateIndex("IX_Staff_FoldedShortName", "Staff", "FoldedShortName");

        migrationBuilder.CreateTable(
            "RegisterImports",
            table => new
            {
                Id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                ImportedAt = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_RegisterImports", i => i.Id));

        migrationBuilder.CreateTable(
            "Verdicts",
            table => new
            {
                Id = table.Column<string>("TEXT"),
                ContentSha256 = table.Column<string>("TEXT"),
                DeclarationSha256 = table.Column<string>("TEXT"),
                ProtocolVersion = table.Column<string>("TEXT"),
                Outcome = table.Column<string>("TEXT"),
                Channel = table.Column<string>("TEXT"),
                FileName = table.Column<string>("TEXT"),
                DecidedAt = table.Column<long>("INTEGER"),
                Evidence = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("PK_Verdicts", v => v.Id));
        migrationBuilder.CreateIndex("IX_Verdicts_ContentSha256_DeclarationSha256", "Verdicts", ["ContentSha256", "DeclarationSha256"]);

        migrationBuilder.CreateTable(
            "Protocols",
            table => new
            {
                Version = table.Column<string>("TEXT"),
                Yaml = table.Column<string>("TEXT"),
                FirstUsedAt = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_Protocols", p => p.Version));
    }
}
