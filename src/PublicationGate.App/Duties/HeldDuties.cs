using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rules;

namespace PublicationGate.App.Duties;

/// <summary>Photos that are held for long.</summary>
internal sealed class HeldDuties(GateDb db, TimeProvider time) : IDuties
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(7);

    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Long;
        return await db.Submissions.CountAsync(submission => submission.Outcome == Outcome.Held && submission.SubmittedAt < before, cancellationToken) is > 0 and var count
            ? [new Duty(Texts.Get("dashboard.duty.held", ("count", count)), "/review", true)] : [];
    }
}
