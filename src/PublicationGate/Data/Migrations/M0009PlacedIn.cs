using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Where a result was laid, so that an erasure finds it on every disk.</summary>
[Migration("0009_PlacedIn")]
public sealed class M0009PlacedIn : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<string>("PlacedIn", "TakenFiles", nullable: true);
}
