using Microsoft.EntityFrameworkCore;
using PublicationGate.Duties.Destruction;
using PublicationGate.Duties.Incidents;
using PublicationGate.Recordings;

namespace PublicationGate.Duties;

/// <summary>How the tables of recordings and incidents are laid out.</summary>
internal static class DutyTables
{
    /// <summary>Maps them.</summary>
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Recording>().HasIndex(recording => recording.ContentSha256).IsUnique().HasFilter("\"ContentSha256\" <> ''");
        modelBuilder.Entity<RecordedDestruction>(destruction =>
        {
            destruction.ToTable("Destructions").HasKey(d => d.RecordingId);
            destruction.Property(d => d.RecordingId).ValueGeneratedNever();
            destruction.HasIndex(d => d.EndedAt);
        });
        modelBuilder.Entity<Incident>().HasIndex(incident => new { incident.ReportedBy, incident.ReportedAt });
        modelBuilder.Entity<IncidentEntry>(entry =>
        {
            entry.HasIndex(e => e.IncidentId);
            entry.HasOne<Incident>().WithMany().HasForeignKey(e => e.IncidentId);
        });
        modelBuilder.Entity<DestroyedIncident>().Property(destroyed => destroyed.Id).ValueGeneratedNever();
    }
}
