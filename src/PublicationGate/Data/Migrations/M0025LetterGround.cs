using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Why a person dropped a letter.</summary>
[Migration("0025_LetterGround")]
public sealed class M0025LetterGround : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Ground", "Letters", nullable: true);
        migrationBuilder.CreateIndex("IX_Letters_State", "Letters", "State");
    }
}
