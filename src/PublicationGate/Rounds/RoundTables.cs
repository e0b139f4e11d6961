using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;

namespace PublicationGate.Rounds;

/// <summary>How the tables of rounds are laid out.</summary>
internal static class RoundTables
{
    /// <summary>Maps them.</summary>
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Round>(round =>
        {
            round.HasIndex(r => new { r.ClosedAt, r.Deadline });
            round.Ignore(r => r.LinksEndAt);
        });
        modelBuilder.Entity<RoundPupil>(row =>
        {
            row.HasKey(r => new { r.RoundId, r.PupilKey });
            row.HasIndex(r => r.PupilKey);
            row.HasOne<Round>().WithMany().HasForeignKey(r => r.RoundId);
            row.HasOne<Pupil>().WithMany().HasForeignKey(r => r.PupilKey);
        });
        modelBuilder.Entity<RoundInvitation>(row =>
        {
            row.HasIndex(r => r.RoundId);
            row.HasIndex(r => r.PupilKey);
            row.HasOne<Round>().WithMany().HasForeignKey(r => r.RoundId);
            row.HasOne<Pupil>().WithMany().HasForeignKey(r => r.PupilKey);
        });
        modelBuilder.Entity<RoundAnswer>(row =>
        {
            row.HasIndex(r => new { r.RoundId, r.PupilKey });
            row.HasIndex(r => r.PupilKey);
            row.HasOne<Round>().WithMany().HasForeignKey(r => r.RoundId);
            row.HasOne<Pupil>().WithMany().HasForeignKey(r => r.PupilKey);
        });
    }
}
