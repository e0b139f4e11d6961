using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Recordings;

namespace PublicationGate.App.Duties;

/// <summary>Recordings with a purpose that must be destroyed soon, or should have been.</summary>
internal sealed class RecordingDuties(GateDb db, RecordingRegister recordings, TimeProvider time) : IDuties
{
    // Two weeks: a holiday is no reason to be late.
    private const int DaysAhead = 14;

    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var today = time.Today();
        var stuck = await db.Destructions.Where(row => row.EndedAt == null).OrderBy(row => row.RecordingId).Select(row => row.RecordingId).ToListAsync(cancellationToken);
        return
        [
            .. stuck.Select(id => new Duty(Texts.Get("dashboard.duty.recording.stuck", ("id", id)), "/recordings", true)),
            .. (await recordings.ListAsync(cancellationToken)).Where(recording => recording.DaysLeft(today) <= DaysAhead).Select(recording => Of(recording, recording.DaysLeft(today) < 0)),
        ];
    }

    private static Duty Of(Recording recording, bool isOverdue) => new(
        Texts.Get(isOverdue ? "dashboard.duty.recording.overdue" : "dashboard.duty.recording", ("id", recording.Id), ("date", DayTexts.InLists(recording.DestroyBy)),
            ("purpose", Texts.ChannelName(RecordingRegister.ChannelOf(recording.Purpose)))), "/recordings", isOverdue);
}
