using System.Security.Cryptography;
using PublicationGate.Duties.Destruction;
using PublicationGate.Recordings;

namespace PublicationGate.Watching;

/// <summary>Goes on with destructions of recordings that broke off, and reminds once a day, and at the start, of recordings that must be destroyed.</summary>
/// <param name="watch">What the watch stands on.</param>
/// <param name="data">The data folder.</param>
/// <param name="options">When people are reminded.</param>
internal sealed class DutyFollowing(WatchParts watch, string data, DestructionOptions options)
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly RecordingDestruction destruction = RecordingDestruction.In(data, watch.Database, watch.Audit, watch.Time);
    private readonly RecordingReminders reminders = new(watch.Database, options, watch.Time);
    private DateOnly? looked;

    /// <summary>Works until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => watch.RepeatAsync("duties", () => TryAsync(cancellationToken), Look, cancellationToken);

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var today = watch.Time.Today();
        if (looked != today)
        {
            await reminders.WriteAsync(cancellationToken);
            looked = today;
            await destruction.LayCertificatesAsync(cancellationToken);
            await using var db = watch.Database.CreateDbContext();
            await new RecordingFiles(data).SweepAsync(db, watch.Time, cancellationToken);
        }

        await destruction.GoOnAsync(cancellationToken);
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        // Without a key or a disk there is no certificate; the row stays open, and the dashboard says so.
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException && WatchFailure.Of(failure) is null)
        {
        }
    }
}
