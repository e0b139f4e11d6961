using PublicationGate.App.Output;
using PublicationGate.Recordings;

namespace PublicationGate.App.Duties;

/// <summary>Recordings with a purpose that must be destroyed soon, or should have been.</summary>
internal sealed class RecordingDuties(RecordingRegister recordings, TimeProvider time) : IDuties
{
    // Two weeks: a holiday is no reason to be late.
    private const int DaysAhead = 14;

    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var today = time.Today();
        return [.. (await recordings.ListAsync(cancellationToken)).Where(recording => recording.DaysLeft(today) <= DaysAhead).Select(recording => Of(recording, recording.DaysLeft(today) < 0))];
    }

    private static Duty Of(Recording recording, bool isOverdue) => new(
        Texts.Get(isOverdue ? "dashboard.duty.recording.overdue" : "dashboard.duty.recording", ("id", recording.Id), ("date", AnswerWords.Of(recording.DestroyBy)),
            ("purpose", Texts.ChannelName(RecordingRegister.ChannelOf(recording.Purpose)))), null, isOverdue);
}
