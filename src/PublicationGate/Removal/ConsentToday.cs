using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;

namespace PublicationGate.Removal;

/// <summary>
/// Hides what was released on a consent that no longer holds although nobody said no: a yes ran out, a pupil turned 16, a no takes effect today, the school
/// asks under another text. <see cref="HiddenReleases"/> does the rest.
/// </summary>
/// <param name="db">A context without changes.</param>
/// <param name="register">Who agreed to what.</param>
/// <param name="time">The clock.</param>
public sealed class ConsentToday(GateDb db, ConsentRegister register, TimeProvider time)
{
    /// <summary>Weighs the answers of everybody who is shown, and hides what was released on better ones.</summary>
    /// <param name="terms">What the protocol in force says of consent.</param>
    /// <param name="cancellationToken">Stops between channels; the next look goes on.</param>
    /// <returns>How many releases were hidden.</returns>
    public async Task<int> HideOutdatedAsync(ConsentTerms terms, CancellationToken cancellationToken)
    {
        var hidden = 0;
        var asked = await db.ReleasedPupils.Select(row => new Relied(row.PupilKey, row.Channel, row.InGroupPhoto, row.Individually, row.Name)).Distinct().ToListAsync(cancellationToken);
        foreach (var channel in asked.GroupBy(relied => relied.Channel))
        {
            var now = (await register.ConsentOfAsync([.. channel.Select(relied => relied.PupilKey).Distinct()], channel.Key, terms, time.GetUtcNow(), cancellationToken)).ToDictionary(pupil => pupil.Key);
            foreach (var relied in channel.Where(relied => !now.TryGetValue(relied.PupilKey, out var pupil) || relied.IsMoreThan(pupil)))
            {
                hidden += await HideAsync(relied, cancellationToken);
            }
        }

        return hidden;
    }

    private async Task<int> HideAsync(Relied relied, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var (key, channel, inGroup, alone, name) = relied;
        var releases = await db.Releases.Where(release => release.WithdrawnAt == null && db.ReleasedPupils.Any(
            row => row.ReleaseId == release.Id && row.PupilKey == key && row.Channel == channel && row.InGroupPhoto == inGroup && row.Individually == alone && row.Name == name)).ToListAsync(cancellationToken);
        TakeBackPictureHandler.Hide(db, releases, TakeDownWhy.Consent, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return releases.Count;
    }

    private sealed record Relied(string PupilKey, string Channel, ConsentState InGroupPhoto, ConsentState Individually, ConsentState Name)
    {
        public bool IsMoreThan(PupilConsent now) => IsWorse(now.InGroupPhoto, InGroupPhoto) || IsWorse(now.Individually, Individually) || IsWorse(now.Name, Name);

        // Yes, then silence, then no. A silence that a reviewer answered for is no reason to hide; a no after it is.
        private static bool IsWorse(ConsentState now, ConsentState then) => Weight(now) > Weight(then);

        private static int Weight(ConsentState state) => state switch { ConsentState.Yes => 0, ConsentState.Silent => 1, _ => 2 };
    }
}
