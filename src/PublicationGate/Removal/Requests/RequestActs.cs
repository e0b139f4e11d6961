using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Removal.Requests;

/// <summary>Hides published pictures for a request: chosen by who asked, or by a person of the school.</summary>
/// <param name="Id">Number of the request.</param>
/// <param name="Releases">Ids of releases; of a picture each, at most 50. Who asked chooses among those that were found.</param>
/// <param name="By">Id of the account; null for who asked.</param>
/// <returns>The request; null when there is none of this number, or it is closed.</returns>
/// <exception cref="RemovalRefusedException">Nothing that can be hidden was chosen; nothing was changed.</exception>
public sealed record HideForRequest(long Id, IReadOnlyCollection<string> Releases, string? By) : IRequest<RemovalRequest?>;

/// <summary>Closes a request of which nothing is hidden, with an answer to who asked.</summary>
/// <param name="Id">Number of the request.</param>
/// <param name="IsGone">The picture is gone from where it was, by somebody's hand; false when nothing was found.</param>
/// <param name="Ground">The answer.</param>
/// <param name="By">Id of the account.</param>
/// <returns>The request; null when there is none of this number, or it is closed.</returns>
/// <exception cref="RemovalRefusedException">There is no answer, or something was hidden for it and must first be gone; nothing was changed.</exception>
public sealed record AnswerRequest(long Id, bool IsGone, string Ground, string By) : IRequest<RemovalRequest?>;

/// <summary>Who asked adds something; a request that was closed is looked at again.</summary>
/// <param name="Id">Number of the request.</param>
/// <param name="Words">What; at most 1,000 characters.</param>
/// <returns>The request; null when there is none of this number.</returns>
/// <exception cref="RemovalRefusedException">Nothing was written, or too much.</exception>
public sealed record AddToRequest(long Id, string Words) : IRequest<RemovalRequest?>;

internal sealed class RequestActsHandler(GateDb db, RequestHiding hiding, AuditTrail audit, RequestOptions options, TimeProvider time)
    : IRequestHandler<HideForRequest, RemovalRequest?>, IRequestHandler<AnswerRequest, RemovalRequest?>, IRequestHandler<AddToRequest, RemovalRequest?>
{
    private const int MostReleases = 50;
    private const int MostWords = 5000;

    public async Task<RemovalRequest?> Handle(HideForRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await OpenAsync(request.Id, cancellationToken) is not { } row)
        {
            return null;
        }

        var releases = request.By is null ? await OfferedAsync(row, request.Releases, cancellationToken) : [.. request.Releases.Take(MostReleases)];
        if (releases.Count > 0 && request.By is null && await hiding.IsTooMuchAsync(row.Source, releases, cancellationToken))
        {
            (row.State, row.Why) = (RequestState.Received, RequestWhy.Limit);
            await RequestLetters.ToStaffAsync(db, row, "request-urgent", time.GetUtcNow(), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        else if (!await hiding.HideAsync(row, releases, request.By, cancellationToken))
        {
            throw new RemovalRefusedException(Texts.Get("request.none-chosen"));
        }

        await transaction.CommitAsync(cancellationToken);
        return row;
    }

    public async Task<RemovalRequest?> Handle(AnswerRequest request, CancellationToken cancellationToken)
    {
        var ground = RemovalRefusedException.GroundOf(request.Ground);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await OpenAsync(request.Id, cancellationToken) is not { } row)
        {
            return null;
        }

        if (row.State == RequestState.Hidden)
        {
            throw new RemovalRefusedException(Texts.Get("request.still-there"));
        }

        await RequestClosing.CloseAsync(db, audit, row, request.IsGone ? RequestState.Gone : RequestState.Answered, request.By, ground, time.GetUtcNow(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return row;
    }

    public async Task<RemovalRequest?> Handle(AddToRequest request, CancellationToken cancellationToken)
    {
        var words = RemovalRefusedException.GroundOf(request.Words);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.RemovalRequests.SingleOrDefaultAsync(row => row.Id == request.Id && row.EmptiedAt == null, cancellationToken) is not { } row)
        {
            return null;
        }

        var (now, said) = (time.GetUtcNow(), string.IsNullOrEmpty(row.Words) ? words : row.Words + "\n\n" + words);
        row.Words = said.Length > MostWords ? throw new RemovalRefusedException(Texts.Get("request.enough-words")) : said;
        if (row.ClosedAt is not null)
        {
            (row.State, row.Why, row.ClosedAt, row.ClosedBy, row.AnswerBy) = (RequestState.Received, RequestWhy.Remark, null, null, options.AnswerBy(now.Day()));
        }

        await RequestLetters.ToStaffAsync(db, row, "request-remark", now, cancellationToken);
        await audit.AppendAsync(db, AuditKinds.RequestAddedTo, row.Name, null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return row;
    }

    private Task<RemovalRequest?> OpenAsync(long id, CancellationToken cancellationToken) => db.RemovalRequests.SingleOrDefaultAsync(row => row.Id == id && row.ClosedAt == null, cancellationToken);

    // Anybody may send any id: who asked chooses among what was found for them, and only while it is a choice. A picture has several releases, of which they saw one.
    private async Task<List<string>> OfferedAsync(RemovalRequest row, IReadOnlyCollection<string> chosen, CancellationToken cancellationToken) =>
        row.State == RequestState.Choosing ? await db.RequestedReleases.Where(offered => offered.RequestId == row.Id && chosen.Contains(offered.ReleaseId)).Select(offered => offered.ReleaseId).ToListAsync(cancellationToken) : [];
}

/// <summary>Closes requests, in the transaction of the context.</summary>
internal static class RequestClosing
{
    /// <summary>Closes one and tells who asked; the caller saves.</summary>
    public static async Task CloseAsync(GateDb db, AuditTrail audit, RemovalRequest row, RequestState state, string? by, string? ground, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (row.State, row.Why, row.ClosedAt, row.ClosedBy, row.Ground, row.EmptiedAt) = (state, null, now, by, ground, null);
        await db.RequestPictures.Where(picture => picture.RequestId == row.Id).ExecuteDeleteAsync(cancellationToken);
#pragma warning disable CA1308 // Words of the trail are lower case.
        await audit.AppendAsync(db, AuditKinds.RequestClosed, row.Name, new Dictionary<string, string> { ["by"] = by ?? "", ["state"] = state.ToString().ToLowerInvariant() }, cancellationToken);
#pragma warning restore CA1308
        await RequestLetters.ToFamilyAsync(db, row, state switch { RequestState.Gone => "request-receipt", RequestState.Restored => "request-restored", _ => "request-answered" }, now, cancellationToken);
    }
}
