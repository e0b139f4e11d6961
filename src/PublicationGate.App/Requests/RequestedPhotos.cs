using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Screening;

namespace PublicationGate.App.Requests;

/// <summary>A release that a request is about, as pages show it.</summary>
/// <param name="ReleaseId">The release.</param>
/// <param name="Channel">Where it was posted; null once it was erased.</param>
/// <param name="ReleasedAt">When; null once it was erased.</param>
/// <param name="Activity">What it shows, for people of the school.</param>
/// <param name="CopyName">Name of its copy, which names nobody.</param>
/// <param name="Stands">It is shown now.</param>
/// <param name="IsLike">It was found by a likeness.</param>
/// <param name="HiddenAt">When it was hidden for the request; null when it was not.</param>
/// <param name="GoneAt">Since when it is gone where it was posted; null while it is not known to be.</param>
/// <param name="SubmissionId">The submission; null once it was erased.</param>
internal sealed record RequestedPhoto(string ReleaseId, string? Channel, DateTimeOffset? ReleasedAt, string? Activity, string? CopyName, bool Stands, bool IsLike, DateTimeOffset? HiddenAt, DateTimeOffset? GoneAt, string? SubmissionId)
{
    /// <summary>Addresses on the net at which it, or a smaller size of it, was.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The activity as far as anybody may read it: in the name of the copy nobody is named. Null for none.</summary>
    public string? PublicActivity => CopyName is null || ReleasedAt is not { } at || CopyName.IndexOf(at.Day().ToString("-yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) is var end && (end < 1 || CopyName[..end] == "foto")
        ? null : CopyName[..end].Replace('-', ' ');
}

/// <summary>Reads what requests are about.</summary>
internal sealed class RequestedPhotos(GateDb db, ProtocolInUse protocol)
{
    /// <summary>The releases of a request, in the order of release.</summary>
    public async Task<IReadOnlyList<RequestedPhoto>> OfAsync(long request, CancellationToken cancellationToken)
    {
        var photos = await (
            from row in db.RequestedReleases.AsNoTracking()
            where row.RequestId == request
            join release in db.Releases on row.ReleaseId equals release.Id into releases
            from release in releases.DefaultIfEmpty()
            join submission in db.Submissions on release.SubmissionId equals submission.Id into submissions
            from submission in submissions.DefaultIfEmpty()
            orderby row.ReleaseId
            select new RequestedPhoto(
                row.ReleaseId, release.Channel ?? db.TakeDowns.Where(takeDown => takeDown.ReleaseId == row.ReleaseId).Select(takeDown => takeDown.Channel).FirstOrDefault(), (DateTimeOffset?)release.ReleasedAt, submission.Activity, release.CopyName,
                release != null && release.WithdrawnAt == null, row.IsLike, row.HiddenAt,
                db.TakeDowns.Any(takeDown => takeDown.ReleaseId == row.ReleaseId && takeDown.EndedAt == null) ? null
                    : db.TakeDowns.Where(takeDown => takeDown.ReleaseId == row.ReleaseId).Max(takeDown => takeDown.EndedAt),
                submission.Id)).ToListAsync(cancellationToken);
        var ids = photos.Select(photo => photo.ReleaseId).ToList();
        var remotes = await db.OutboxEvents.AsNoTracking().Where(row => ids.Contains(row.ReleaseId) && row.Kind == OutboxEventKind.Publish && row.Remote != null).Select(row => new { row.ReleaseId, row.Remote }).ToListAsync(cancellationToken);
        return [.. photos.Select(photo => photo with { Addresses = [.. remotes.Where(row => row.ReleaseId == photo.ReleaseId).SelectMany(row => RemoteCopy.Read(row.Remote)!.Addresses).Where(IsOnTheNet).Distinct()] })];
    }

    /// <summary>
    /// Whether somebody without an account may see a photo to choose by: it can be seen by everybody anyway, and who asks has a likeness of it.
    /// </summary>
    public bool MayBeSeen(RequestedPhoto photo) => photo is { Stands: true, IsLike: true, Channel: { } channel } && IsOpenToAll(channel);

    /// <summary>Whether everybody sees what a channel shows.</summary>
    public bool IsOpenToAll(string channel) => protocol.Current.TermsOf(channel) is { IsPublic: true, IsOpen: true };

    /// <summary>Those of some releases in which a pupil of this first name was declared; of this group where there is one in it.</summary>
    public async Task<IReadOnlySet<string>> ShowingAsync(string child, string group, IReadOnlyCollection<string> releases, CancellationToken cancellationToken) =>
        (await Named(child, group).Where(id => releases.Contains(id)).ToListAsync(cancellationToken)).ToHashSet();

    /// <summary>Ids of standing releases in which a pupil of this first name and group was declared.</summary>
    public IQueryable<string> Named(string child, string group)
    {
        var (name, of) = (NameFolding.Fold(child.Trim()), NameFolding.Fold(group.Trim()));
        var end = " " + of;
        return from row in db.ReleasedPupils
               join pupil in db.Pupils on row.PupilKey equals pupil.Key
               where pupil.FoldedFirstName == name && (of == "" || pupil.FoldedGroup == of || pupil.FoldedGroup!.EndsWith(end))
               select row.ReleaseId;
    }

    private static bool IsOnTheNet(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
