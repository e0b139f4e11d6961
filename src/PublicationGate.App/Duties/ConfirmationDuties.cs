using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Pages;
using PublicationGate.Confirmations;
using PublicationGate.Data;
using PublicationGate.Submissions;

namespace PublicationGate.App.Duties;

/// <summary>What somebody has yet to confirm for the school: posts that nobody followed, and photos of watched folders, beside which nobody stands.</summary>
internal sealed class ConfirmationDuties(GateDb db, ConfirmationBook book, OpenDiscussions discussions, TimeProvider time) : IDuties
{
    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<Duty>();
        if (await discussions.OfAllAsync(cancellationToken) is var (count, due))
        {
            found.Add(new(Texts.Get(count == 1 ? "dashboard.duty.follow-one" : "dashboard.duty.follow", ("count", count), ("day", DayTexts.InLists(due.Day()))), "/guidance", due < time.GetUtcNow()));
        }

        if (await db.Submissions.AnyAsync(submission => submission.Source == SubmissionSource.Folder, cancellationToken) && !await book.OfThisYear(db, ConfirmationScope.Folders, "").AnyAsync(cancellationToken))
        {
            found.Add(new(Texts.Get("dashboard.duty.folders"), "/guidance"));
        }

        return found;
    }
}
