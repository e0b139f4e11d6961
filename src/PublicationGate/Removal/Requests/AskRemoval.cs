using System.Globalization;
using MediatR;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Links;

namespace PublicationGate.Removal.Requests;

/// <summary>
/// A family asks that a picture goes. When exactly one published picture matches, it is hidden before this returns, whoever asks; several are a choice; else, and where only
/// the name of a file on a strange site matches, a person looks. First name and group change nothing of that: whatever they changed would tell anybody which child is where.
/// </summary>
/// <param name="Draft">What was asked.</param>
/// <param name="Source">From where: the same for the same sender, and nothing that tells who that is.</param>
/// <returns>The request, and the token of its link, which nobody can read again.</returns>
public sealed record AskRemoval(RequestDraft Draft, string Source) : IRequest<(RemovalRequest Request, string Token)>;

/// <summary>What a family asks.</summary>
/// <param name="Address">Address of the picture or of a page that shows it; null for none.</param>
/// <param name="Picture">The picture itself; null for none.</param>
/// <param name="Child">First name of the child.</param>
/// <param name="Group">The child's group.</param>
/// <param name="Contact">Where the family can be reached.</param>
/// <param name="Words">Why; null for nothing.</param>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
public sealed record RequestDraft(string? Address, SentPicture? Picture, string Child, string Group, string Contact, string? Words, string Language)
{
    /// <summary>Whether what was written can be the address of a picture or a page, or names a release as copies of the gate do.</summary>
    public static bool IsAddress(string written) => GivenAddress.IsAddress(written);
}

/// <summary>A picture that was sent.</summary>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Hash">What it looks like; null when that cannot be told.</param>
/// <param name="Jpeg">It again, small and encoded anew; null when it could not be read.</param>
public sealed record SentPicture(string Sha256, PictureHash? Hash, byte[]? Jpeg);

internal sealed class AskRemovalHandler(GateDb db, PublishedMatches published, RequestHiding hiding, AuditTrail audit, RequestOptions options, TimeProvider time) : IRequestHandler<AskRemoval, (RemovalRequest Request, string Token)>
{
    public async Task<(RemovalRequest Request, string Token)> Handle(AskRemoval request, CancellationToken cancellationToken)
    {
        var draft = request.Draft;
        var matches = await published.FindAsync(draft.Address, draft.Picture?.Sha256, draft.Picture?.Hash, cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var now = time.GetUtcNow();
        var row = RowOf(request, matches, now);
        db.RemovalRequests.Add(row);
        // Its number is given by the database.
        await db.SaveChangesAsync(cancellationToken);
        db.RequestedReleases.AddRange(matches.SelectMany(match => match.Releases, (match, release) => new RequestedRelease { RequestId = row.Id, ReleaseId = release.Id, IsLike = match.IsLike }));
        await db.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(db, AuditKinds.RequestReceived, row.Name, new Dictionary<string, string> { ["matches"] = matches.Count.ToString(CultureInfo.InvariantCulture) }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (matches is [{ IsGuess: false }])
        {
            await HideAsync(row, [.. matches[0].Releases.Select(release => release.Id)], cancellationToken);
        }

        if (row.State != RequestState.Hidden && draft.Picture?.Jpeg is { } jpeg)
        {
            db.RequestPictures.Add(new RequestPicture { RequestId = row.Id, Jpeg = jpeg });
        }

        var (link, token) = AccessLink.Make(new(LinkPurpose.Request, row.Id.ToString(CultureInfo.InvariantCulture), null, now + RequestLetters.LinkHolds), now);
        db.AccessLinks.Add(link);
        await RequestLetters.ToStaffAsync(db, row, row.Why == RequestWhy.Limit ? "request-urgent" : "request-new", now, cancellationToken);
        await RequestLetters.ToFamilyAsync(db, row, "request-received", now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (row, token);
    }

    private RemovalRequest RowOf(AskRemoval request, IReadOnlyList<MatchedPicture> matches, DateTimeOffset now)
    {
        var draft = request.Draft;
        return new RemovalRequest
        {
            At = now, AnswerBy = options.AnswerBy(now.Day()), Address = draft.Address, Child = draft.Child, Group = draft.Group, Contact = draft.Contact, Words = draft.Words, Language = draft.Language,
            Source = request.Source, ContentSha256 = draft.Picture?.Sha256, PictureHash = draft.Picture?.Hash,
            State = matches.Count > 1 && !matches[0].IsGuess ? RequestState.Choosing : RequestState.Received,
            Why = matches is [{ IsGuess: true }, ..] ? RequestWhy.NameOnly : matches.Count > 0 ? null : draft.Picture is { Jpeg: null } ? RequestWhy.Unreadable : RequestWhy.NothingFound,
        };
    }

    private async Task HideAsync(RemovalRequest row, IReadOnlyCollection<string> releases, CancellationToken cancellationToken)
    {
        if (await hiding.IsTooMuchAsync(row.Source, releases, cancellationToken))
        {
            row.Why = RequestWhy.Limit;
        }
        else if (!await hiding.HideAsync(row, releases, null, cancellationToken))
        {
            row.Why = RequestWhy.NothingFound;
        }
    }
}
