using Microsoft.EntityFrameworkCore;
using PublicationGate.Publishing;
using PublicationGate.Removal.Addresses;
using PublicationGate.Removal.Requests;
using PublicationGate.TakenBack;

namespace PublicationGate.Removal;

/// <summary>How the tables of taking back are laid out.</summary>
internal static class RemovalTables
{
    /// <summary>Maps them.</summary>
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TakenBackPicture>().HasIndex(picture => picture.ContentSha256);
        modelBuilder.Entity<ReleasedPupil>(row =>
        {
            row.HasKey(r => new { r.ReleaseId, r.PupilKey });
            row.HasIndex(r => new { r.PupilKey, r.Channel });
            row.HasOne<Release>().WithMany().HasForeignKey(r => r.ReleaseId);
        });
        modelBuilder.Entity<ReleasedPicture>(row =>
        {
            row.HasKey(r => r.ReleaseId);
            row.HasOne<Release>().WithOne().HasForeignKey<ReleasedPicture>(r => r.ReleaseId);
        });
        modelBuilder.Entity<TakeDown>(row =>
        {
            row.HasIndex(r => r.FollowedAt);
            row.HasIndex(r => new { r.EndedAt, r.Id });
            row.HasIndex(r => r.SubmissionId);
            row.HasIndex(r => r.AnswerId);
            row.HasIndex(r => new { r.ToldAt, r.AnswerId });
            row.HasIndex(r => r.ReleaseId);
        });
        modelBuilder.Entity<RemovalRequest>(request =>
        {
            request.HasIndex(r => new { r.State, r.AnswerBy });
            request.HasIndex(r => new { r.EmptiedAt, r.ClosedAt });
        });
        modelBuilder.Entity<RequestedRelease>(row =>
        {
            row.HasKey(r => new { r.RequestId, r.ReleaseId });
            row.HasIndex(r => r.ReleaseId);
            row.HasIndex(r => r.HiddenAt);
            row.HasOne<RemovalRequest>().WithMany().HasForeignKey(r => r.RequestId);
        });
        modelBuilder.Entity<RequestPicture>(picture =>
        {
            picture.HasKey(p => p.RequestId);
            picture.HasOne<RemovalRequest>().WithOne().HasForeignKey<RequestPicture>(p => p.RequestId);
        });
        modelBuilder.Entity<PostedAddress>(row =>
        {
            row.HasIndex(r => r.TakeDownId);
            row.HasIndex(r => r.DueAt);
        });
    }
}
