using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Data;
using PublicationGate.Mailing;
using PublicationGate.Recordings;

namespace PublicationGate.Duties.Destruction;

/// <summary>
/// Reminds of recordings: the website managers some days before and on the last day, and when it is past the head too, each week until it is destroyed. A gate that was off for days
/// sends what holds now, not what it missed; nobody gets a letter twice, since its key is that of the recording and the occasion.
/// </summary>
/// <param name="database">Where the register is.</param>
/// <param name="options">When.</param>
/// <param name="time">Clock.</param>
public sealed class RecordingReminders(GateDatabase database, DestructionOptions options, TimeProvider time)
{
    private const int Week = 7;

    /// <summary>Writes the letters that are due today and were not written.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var (today, until) = (time.Today(), time.Today().AddDays(options.DaysBefore));
        if (!await db.Recordings.AnyAsync(recording => recording.DestroyedOn == null && recording.DestroyBy <= until, cancellationToken))
        {
            return;
        }

        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        foreach (var recording in await db.Recordings.AsNoTracking().Where(recording => recording.DestroyedOn == null && recording.DestroyBy <= until).OrderBy(recording => recording.Id).ToListAsync(cancellationToken))
        {
            var (occasion, kind, roles) = Occasion(recording.DaysLeft(today)!.Value);
            var draft = new LetterDraft($"{RecordingRegister.SubjectOf(recording.Id)}-{occasion}", "", "nl", kind)
            {
                Values = new Dictionary<string, string> { ["id"] = recording.Id.ToString(CultureInfo.InvariantCulture), ["date"] = RecordingDraft.Written(recording.DestroyBy) },
            };
            await Letters.WriteToRolesAsync(db, roles, draft, time.GetUtcNow(), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static (string Occasion, string Kind, Roles Roles) Occasion(int daysLeft) => daysLeft switch
    {
        > 0 => ("soon", "recording-soon", Roles.WebsiteManager),
        0 => ("today", "recording-today", Roles.WebsiteManager),
        _ => (string.Create(CultureInfo.InvariantCulture, $"overdue-{(-daysLeft - 1) / Week}"), "recording-overdue", Roles.WebsiteManager | Roles.Head),
    };
}
