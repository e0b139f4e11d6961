using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Intake;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;

namespace PublicationGate.Removal.Addresses;

/// <summary>
/// Looks at the addresses of hidden pictures until they are gone, and then ends their take-downs. What is due stands in the rows, so that a run that is killed anywhere is gone on
/// with by the next.
/// </summary>
internal sealed class AddressLooks : IDisposable
{
    private const int MostAtOnce = 200;

    // A look that was claimed and never ended is taken again then; longer than any look.
    private static readonly TimeSpan ClaimedFor = TimeSpan.FromMinutes(5);

    private readonly GateDatabase database;
    private readonly PictureComparison comparison;
    private readonly PostedAddressOptions options;
    private readonly AuditTrail audit;
    private readonly TimeProvider time;
    private readonly Dictionary<bool, AddressCalls> calls;

    /// <param name="database">The gate's database.</param>
    /// <param name="decoder">Decodes what is met.</param>
    /// <param name="store">Originals.</param>
    /// <param name="outputs">The outputs, whose receivers may be anywhere.</param>
    /// <param name="options">Pauses and limits.</param>
    /// <param name="audit">Where ends are recorded.</param>
    /// <param name="time">The clock.</param>
    public AddressLooks(GateDatabase database, IImageDecoder decoder, IContentStore store, OutputList outputs, PostedAddressOptions options, AuditTrail audit, TimeProvider time)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (this.database, this.options, this.audit, this.time) = (database, options, audit, time);
        comparison = new(decoder, store);
        calls = new()
        {
            [true] = new(options, WebAddress.OwnReceivers(outputs, AddressFrom.Output), time),
            [false] = new(options, WebAddress.OwnReceivers(outputs, AddressFrom.Parent), time),
        };
    }

    /// <summary>Writes down new addresses, looks at those that are due, and ends take-downs of which nothing is left.</summary>
    /// <returns>How much there was to do.</returns>
    public async Task<int> WorkAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        if (!await db.TakeDowns.AnyAsync(row => row.EndedAt == null, cancellationToken))
        {
            return 0;
        }

        var collected = await PostedAddresses.CollectAsync(db, options, cancellationToken);
        var due = await DueAsync(db, cancellationToken);
        // One host after the other within itself, so that none is asked by many at once; hosts beside each other, so that a slow one holds up no other.
        await Parallel.ForEachAsync(due.GroupBy(HostOf), new ParallelOptions { MaxDegreeOfParallelism = options.HostsAtOnce, CancellationToken = cancellationToken }, async (host, token) =>
        {
            foreach (var (at, row) in host.Index())
            {
                await Task.Delay(at == 0 ? TimeSpan.Zero : options.Spacing, time, token);
                await LookAsync(row, token);
            }
        });
        return collected + due.Count + await new FinishedTakeDowns(audit, time).EndAsync(db, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in calls.Values)
        {
            one.Dispose();
        }
    }

    private async Task<List<PostedAddress>> DueAsync(GateDb db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var open = db.TakeDowns.Where(takeDown => takeDown.EndedAt == null);
        // What an output took down since is looked at now; and a clock that was set back must not make a pause longer.
        var horizon = now + (options.LongestPause > options.SureOfElseAfter ? options.LongestPause : options.SureOfElseAfter) + ClaimedFor;
        await db.PostedAddresses.Where(row => row.DueAt > now && (row.DueAt > horizon || open.Any(takeDown => takeDown.Id == row.TakeDownId && db.OutboxEvents.Any(
                sent => sent.ReleaseId == takeDown.ReleaseId && sent.Kind == OutboxEventKind.TakeDown && sent.State == OutboxState.Delivered && sent.EndedAt > row.LookedAt))))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now).SetProperty(row => row.Looks, 1L), cancellationToken);
        return await db.PostedAddresses.AsNoTracking().Where(row => row.DueAt <= now && open.Any(takeDown => takeDown.Id == row.TakeDownId)).OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
    }

    private async Task LookAsync(PostedAddress row, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var claimed = time.GetUtcNow() + ClaimedFor;
        if (await db.PostedAddresses.Where(same => same.Id == row.Id && same.DueAt == row.DueAt).ExecuteUpdateAsync(set => set.SetProperty(same => same.DueAt, claimed), cancellationToken) == 0)
        {
            // Another process looks, or somebody named it anew.
            return;
        }

        var judged = await TryAsync(db, row, cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.PostedAddresses.SingleOrDefaultAsync(same => same.Id == row.Id && same.DueAt == claimed, cancellationToken) is { } now)
        {
            Note(now, judged);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private void Note(PostedAddress row, AddressJudgement judged)
    {
        var now = time.GetUtcNow();
        (row.Answer, row.LookedAt, row.Looks) = (judged.Answer, now, row.Looks + 1);
        row.SeenAt = judged.State == AddressState.Visible ? now : row.SeenAt;
        // An answer that says nothing is no proof of the contrary either: what was missing before still needs its second look.
        row.MissingAt = judged.State switch { AddressState.Missing => row.MissingAt ?? now, AddressState.NoAnswer => row.MissingAt, _ => null };
        // Something else in its place first needs its second look like all, and then a late one.
        var isSureAt = row.MissingAt + (judged.IsSomethingElse && now - row.MissingAt >= options.SureAfter ? options.SureOfElseAfter : options.SureAfter);
        row.State = judged.State == AddressState.Missing && now >= isSureAt ? AddressState.Gone : judged.State;
        var pause = options.PauseAfter(row.Looks);
        row.DueAt = row.State switch
        {
            AddressState.Gone => null,
            AddressState.Missing => isSureAt,
            _ => now + (judged.RetryAfter > pause ? (judged.RetryAfter < options.LongestPause ? judged.RetryAfter.Value : options.LongestPause) : pause),
        };
    }

    // Whatever one address breaks, nothing is known of it and the others go on.
    private async Task<AddressJudgement> TryAsync(GateDb db, PostedAddress row, CancellationToken cancellationToken)
    {
        try
        {
            return await JudgeAsync(db, row, cancellationToken);
        }
#pragma warning disable CA1031
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is not (DbException or DbUpdateException or GateDatabaseException or DecoderUnavailableException) && !DatabaseFailure.IsPassing(failure))
#pragma warning restore CA1031
        {
            return new(AddressState.NoAnswer, failure.GetType().Name);
        }
    }

    private async Task<AddressJudgement> JudgeAsync(GateDb db, PostedAddress row, CancellationToken cancellationToken)
    {
        if (WebAddress.Of(row.Address) is null)
        {
            return JudgeFile(row);
        }

        var met = await calls[row.From == AddressFrom.Output].GetAsync(new Uri(row.Address), cancellationToken);
        var pictures = await db.PostedAddresses.Where(other => other.TakeDownId == row.TakeDownId && other.From == AddressFrom.Output && other.Address.StartsWith("http")).Select(other => other.Address).ToListAsync(cancellationToken);
        return await AddressJudgement.OfAsync(met, row.From == AddressFrom.Output || row.SeenAt is not null, pictures, async body => await comparison.CompareAsync(body, await HiddenPicture.OfAsync(db, row.TakeDownId, time, cancellationToken), cancellationToken));
    }

    // Only outputs name files. A folder that is missing is away, not empty.
    private static AddressJudgement JudgeFile(PostedAddress row) =>
        row.From != AddressFrom.Output ? new(AddressState.NoAnswer, "no-address")
        : !Path.IsPathFullyQualified(row.Address) || !Directory.Exists(Path.GetDirectoryName(row.Address)) ? new(AddressState.NoAnswer, "folder-away")
        : File.Exists(row.Address) ? new(AddressState.Visible, "file-there") : new(AddressState.Missing, "file-gone");

    private static string HostOf(PostedAddress row) => Uri.TryCreate(row.Address, UriKind.Absolute, out var uri) ? WebAddress.HostOf(uri) ?? "" : "";
}
