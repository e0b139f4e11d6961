using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Links;

/// <summary>Finds links by their tokens, and ends them.</summary>
public static class AccessLinks
{
    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(1);

    /// <summary>The link that a token stands for, while it holds, and notes that it was used.</summary>
    /// <returns>The link; null when it is unknown, over, revoked, or for something else: who asks is told no difference.</returns>
    public static async Task<AccessLink?> FindAsync(GateDb db, string token, LinkPurpose purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sha256 = AccessLink.HashOf(token);
        var link = await db.AccessLinks.AsNoTracking().SingleOrDefaultAsync(link => link.Sha256 == sha256 && link.Purpose == purpose && link.RevokedAt == null && link.EndsAt > now, cancellationToken);
        if (link is not null && !(link.LastUsedAt > now - Noted))
        {
            await db.AccessLinks.Where(row => row.Id == link.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancellationToken);
        }

        return link;
    }

    /// <summary>Ends all links about a subject, in the transaction of the context if there is one.</summary>
    /// <param name="db">A context.</param>
    /// <param name="purpose">What the links let their holders do.</param>
    /// <param name="subject">What they are about.</param>
    /// <param name="guardianId">Only those given to this guardian; null for all.</param>
    /// <param name="now">This moment.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many held until now.</returns>
    public static Task<int> RevokeAsync(GateDb db, LinkPurpose purpose, string subject, long? guardianId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.AccessLinks.Where(link => link.Purpose == purpose && link.Subject == subject && link.RevokedAt == null && link.EndsAt > now && (guardianId == null || link.GuardianId == guardianId))
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.RevokedAt, now), cancellationToken);
}
