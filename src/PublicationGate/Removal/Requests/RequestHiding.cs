using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Removal.Addresses;
using PublicationGate.Screening;
using PublicationGate.TakenBack;

namespace PublicationGate.Removal.Requests;

/// <summary>Hides what a request is about, in the transaction of the context.</summary>
internal sealed class RequestHiding(GateDb db, VerdictStore verdicts, PostedAddresses posted, AuditTrail audit, RequestOptions options, TimeProvider time)
{
    private static readonly string[] EndingsOfPictures = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff"];

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Whether these releases, and those of the same pictures that go with them, are more than may still be hidden by themselves: in 24 hours, by everybody or from one source.</summary>
    public async Task<bool> IsTooMuchAsync(string source, IReadOnlyCollection<string> releases, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - Day;
        var hidden = db.RequestedReleases.Where(row => row.IsByItself && row.HiddenAt > since);
        var more = await db.Releases.CountAsync(
            release => releases.Contains(release.Id) || (release.WithdrawnAt == null && db.Releases.Any(meant => releases.Contains(meant.Id) && meant.ContentSha256 == release.ContentSha256)), cancellationToken);
        return await hidden.CountAsync(cancellationToken) + more > options.HidesADay
            || await hidden.CountAsync(row => db.RemovalRequests.Any(request => request.Id == row.RequestId && request.Source == source), cancellationToken) + more > options.HidesASource;
    }

    /// <summary>Hides the pictures of these releases, with all releases and copies of each, and has them never come again.</summary>
    /// <param name="request">The request; saved already.</param>
    /// <param name="releases">Ids of releases.</param>
    /// <param name="by">Id of the account of the school that hides; null for nobody of the school.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether there was anything to hide, or to be taken down still.</returns>
    public async Task<bool> HideAsync(RemovalRequest request, IReadOnlyCollection<string> releases, string? by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var meant = await db.Releases.Where(release => releases.Contains(release.Id)).ToListAsync(cancellationToken);
        var hidden = new HashSet<string>(meant.Select(release => release.Id));
        foreach (var picture in meant.GroupBy(release => release.ContentSha256))
        {
            var taken = new TakeBackPicture(picture.Key, await HashOfAsync(picture, cancellationToken), TakenBackFor.Family, GroundOf(request), request.Name, picture.First().SubmissionId);
            hidden.UnionWith((await TakeBackPictureHandler.TakeBackAsync(db, audit, time, taken, cancellationToken)).Hidden.Select(release => release.Id));
        }

        await LinkAsync(request, hidden, by is null, now, cancellationToken);
        if (hidden.Count == 0)
        {
            return false;
        }

        (request.State, request.Why, request.HiddenAt) = (RequestState.Hidden, null, request.HiddenAt ?? now);
        await db.RequestPictures.Where(picture => picture.RequestId == request.Id).ExecuteDeleteAsync(cancellationToken);
        var details = new Dictionary<string, string> { ["by"] = by ?? "", ["hidden"] = hidden.Count.ToString(CultureInfo.InvariantCulture) };
        await audit.AppendAsync(db, AuditKinds.RequestHidden, request.Name, details, cancellationToken);
        await WatchAddressAsync(request, hidden, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    // A picture that the family saw must be gone there, too, before they get the receipt. A page that shows it needs a person anyhow.
    private async Task WatchAddressAsync(RemovalRequest request, HashSet<string> hidden, CancellationToken cancellationToken)
    {
        if (Uri.TryCreate(request.Address, UriKind.Absolute, out var address) && EndingsOfPictures.Contains(Path.GetExtension(address.AbsolutePath), StringComparer.OrdinalIgnoreCase)
            && await TakeDownAtAsync(GivenAddress.Read(request.Address!), hidden, cancellationToken) is { } takeDown)
        {
            await posted.AddAddressAsync(db, takeDown.Id, request.Address!, AddressFrom.Parent, request.Name, cancellationToken);
        }
    }

    // The one of which an output put the picture there, or on that host: what is said of one channel says nothing of another. Else the first, which it then keeps open.
    private async Task<TakeDown?> TakeDownAtAsync(GivenAddress? given, HashSet<string> hidden, CancellationToken cancellationToken)
    {
        var open = await db.TakeDowns.Where(row => hidden.Contains(row.ReleaseId) && row.EndedAt == null).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var sent = await db.OutboxEvents.AsNoTracking().Where(row => hidden.Contains(row.ReleaseId) && row.Kind == OutboxEventKind.Publish && row.Remote != null).ToListAsync(cancellationToken);
        var known = sent.SelectMany(row => RemoteCopy.Read(row.Remote)!.Addresses, (row, address) => (row.ReleaseId, Address: GivenAddress.Read(address))).ToList();
        return open.Find(row => known.Exists(one => one.ReleaseId == row.ReleaseId && given is not null && given.IsSame(one.Address)))
            ?? open.Find(row => known.Exists(one => one.ReleaseId == row.ReleaseId && given is not null && given.Host == one.Address?.Host))
            ?? open.FirstOrDefault();
    }

    private async Task LinkAsync(RemovalRequest request, HashSet<string> hidden, bool isByItself, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.RequestedReleases.Where(row => row.RequestId == request.Id).ToDictionaryAsync(row => row.ReleaseId, cancellationToken);
        foreach (var id in hidden)
        {
            if (!rows.TryGetValue(id, out var row))
            {
                db.RequestedReleases.Add(row = new RequestedRelease { RequestId = request.Id, ReleaseId = id, IsLike = false });
            }

            (row.HiddenAt, row.IsByItself) = (row.HiddenAt ?? now, row.HiddenAt is null ? isByItself : row.IsByItself);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    // Read by people of the school, whose first language is the school's.
    private static string GroundOf(RemovalRequest request) => Texts.Get("request.ground", ("number", request.Id)).Nl;

    // While it stands it is in the index; after that only its verdict knows.
    private async Task<PictureHash?> HashOfAsync(IEnumerable<Release> picture, CancellationToken cancellationToken)
    {
        foreach (var release in picture)
        {
            if (await db.ReleasedPictures.AsNoTracking().SingleOrDefaultAsync(row => row.ReleaseId == release.Id, cancellationToken) is { } row)
            {
                return row.PictureHash;
            }
        }

        try
        {
            return (await verdicts.FindAsync(picture.First().VerdictId, cancellationToken))?.Verdict.Facts.PictureHash;
        }
        catch (UnreadableVerdictException)
        {
            return null;
        }
    }
}
