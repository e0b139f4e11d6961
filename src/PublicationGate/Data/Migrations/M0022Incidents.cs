using Microsoft.EntityFrameworkCore.Migrations;

namespace PublicationGate.Data.Migrations;

/// <summary>Incidents, as files that can only grow until the head destroys one as a whole.</summary>
[Migration("0022_Incidents")]
public sealed class M0022Incidents : Migration
{
    private const string IsDestroyed = "EXISTS (SELECT 1 FROM \"DestroyedIncidents\" WHERE \"Id\" = OLD.\"IncidentId\")";

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Incidents",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                ReportedAt = table.Column<long>(),
                ReportedBy = table.Column<string>(),
                SubmissionId = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_Incidents", incident => incident.Id));
        migrationBuilder.CreateIndex("IX_Incidents_ReportedBy_ReportedAt", "Incidents", ["ReportedBy", "ReportedAt"]);
        migrationBuilder.CreateTable(
            "IncidentEntries",
            table => new
            {
                Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true),
                IncidentId = table.Column<long>(),
                Kind = table.Column<string>(),
                At = table.Column<long>(),
                By = table.Column<string>(),
                Words = table.Column<string>(),
                OccurredOn = table.Column<DateOnly>(nullable: true),
                Severity = table.Column<string>(nullable: true),
                Corrects = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_IncidentEntries", entry => entry.Id);
                table.ForeignKey("FK_IncidentEntries_Incidents_IncidentId", entry => entry.IncidentId, "Incidents", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_IncidentEntries_IncidentId", "IncidentEntries", "IncidentId");
        migrationBuilder.CreateTable(
            "DestroyedIncidents",
            table => new { Id = table.Column<long>(), At = table.Column<long>(), By = table.Column<string>() },
            constraints: table => table.PrimaryKey("PK_DestroyedIncidents", destroyed => destroyed.Id));
        AppendOnly.Guard(migrationBuilder, "Incidents");
        AppendOnly.Guard(migrationBuilder, "IncidentEntries");
        AppendOnly.Guard(migrationBuilder, "DestroyedIncidents");
        LetDestroyedGo(migrationBuilder);
    }

    // What was said goes with the file as a whole, once it is on record that the head destroyed it; the row of the incident stays.
    private static void LetDestroyedGo(MigrationBuilder migrationBuilder)
    {
        if (migrationBuilder.IsPostgres())
        {
            migrationBuilder.Sql($"""
                CREATE FUNCTION "IncidentEntries_are_appended_or_destroyed"() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF {IsDestroyed} THEN RETURN OLD; END IF;
                  RAISE EXCEPTION 'IncidentEntries are never deleted, but with the file of their incident.';
                END $$
                """);
            migrationBuilder.Sql("DROP TRIGGER \"IncidentEntries_are_not_changed\" ON \"IncidentEntries\"");
            migrationBuilder.Sql("CREATE TRIGGER \"IncidentEntries_are_not_changed\" BEFORE UPDATE ON \"IncidentEntries\" FOR EACH ROW EXECUTE FUNCTION \"IncidentEntries_are_appended\"()");
            migrationBuilder.Sql("CREATE TRIGGER \"IncidentEntries_are_not_deleted\" BEFORE DELETE ON \"IncidentEntries\" FOR EACH ROW EXECUTE FUNCTION \"IncidentEntries_are_appended_or_destroyed\"()");
            return;
        }

        migrationBuilder.Sql("DROP TRIGGER \"IncidentEntries_are_not_deleted\"");
        migrationBuilder.Sql(
            $"CREATE TRIGGER \"IncidentEntries_are_not_deleted\" BEFORE DELETE ON \"IncidentEntries\" WHEN NOT {IsDestroyed} BEGIN SELECT RAISE(ABORT, 'IncidentEntries are never deleted, but with the file of their incident.'); END");
    }
}
