using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Mailing;

namespace PublicationGate.App.Duties;

/// <summary>Letters that do not arrive: given up, failing for hours, or waiting for settings.</summary>
internal sealed class MailDuties(GateDb db, MailSettings mail, PublicAddress address, TimeProvider time) : IDuties
{
    // Within a few hours most mail servers are back by themselves.
    private static readonly TimeSpan Long = TimeSpan.FromHours(4);

    public async Task<IReadOnlyList<Duty>> FindAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Long;
        var waiting = db.Letters.AsNoTracking().Where(letter => letter.DueAt != null);
        List<(string Key, int Count, bool IsUrgent)> found =
        [
            ("dead", await db.Letters.CountAsync(letter => letter.State == LetterState.Dead, cancellationToken), true),
            ("unset", mail.IsSet ? 0 : await waiting.CountAsync(cancellationToken), true),
            ("no-address", mail.IsSet && address.Root is null ? await waiting.CountAsync(letter => letter.Link != null, cancellationToken) : 0, true),
            ("failing", mail.IsSet ? await waiting.CountAsync(letter => letter.Failure != null && letter.At < before, cancellationToken) : 0, false),
        ];
        return [.. found.Where(one => one.Count > 0).Select(one => new Duty(Texts.Get("dashboard.duty.mail." + one.Key, ("count", one.Count)), "/mail", one.IsUrgent))];
    }
}
