using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Confirmations;

/// <summary>Keeps what people confirm, with an audit entry, in the transaction of the caller.</summary>
/// <param name="audit">What is told of.</param>
/// <param name="time">The clock.</param>
public sealed class ConfirmationBook(AuditTrail audit, TimeProvider time)
{
    /// <summary>What each member of staff confirms once a school year: how they stand for the school, reply, and go about with pupils online.</summary>
    public static IReadOnlyList<string> OfPerson { get; } = ["C3", "M9", "M10", "M11", "M16", "M17", "A1", "A2", "A3", "A5"];

    /// <summary>What the school confirms once a school year for photos from watched folders.</summary>
    public static IReadOnlyList<string> OfFolders { get; } = ["M6"];

    /// <summary>Whoever posts follows what is said under it.</summary>
    public const string Discussion = "M8";

    /// <summary>Somebody confirms clauses of a photo; those that were confirmed of it before are left as they are.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="submissionId">The photo.</param>
    /// <param name="accountId">Who; null for the file of a watched folder.</param>
    /// <param name="clauses">Ids of the clauses; null or empty for none.</param>
    /// <param name="protocolVersion">The protocol in force.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task OfPhotoAsync(GateDb db, string submissionId, string? accountId, IReadOnlyList<string>? clauses, string protocolVersion, CancellationToken cancellationToken)
    {
        if (clauses is not { Count: > 0 })
        {
            return;
        }

        var known = await db.Confirmations.Where(one => one.SubmissionId == submissionId && one.Scope == ConfirmationScope.Photo).Select(one => one.Clause).ToListAsync(cancellationToken);
        await AddAsync(db, ConfirmationScope.Photo, submissionId, accountId, [.. clauses.Except(known).Order(StringComparer.Ordinal)], protocolVersion, cancellationToken);
    }

    /// <summary>Somebody confirms clauses for themselves or the school; again in the same school year changes nothing.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="scope"><see cref="ConfirmationScope.Person"/> or <see cref="ConfirmationScope.Folders"/>.</param>
    /// <param name="accountId">Who.</param>
    /// <param name="clauses">Ids of the clauses.</param>
    /// <param name="protocolVersion">The protocol in force.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task OfYearAsync(GateDb db, ConfirmationScope scope, string accountId, IReadOnlyList<string> clauses, string protocolVersion, CancellationToken cancellationToken)
    {
        var known = await OfThisYear(db, scope, accountId).Select(one => one.Clause).ToListAsync(cancellationToken);
        await AddAsync(db, scope, null, accountId, [.. clauses.Except(known)], protocolVersion, cancellationToken);
    }

    /// <summary>Somebody looked at what is said under posts.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="submissionIds">The photos that were posted.</param>
    /// <param name="accountId">Who.</param>
    /// <param name="protocolVersion">The protocol in force.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task OfDiscussionsAsync(GateDb db, IEnumerable<string> submissionIds, string accountId, string protocolVersion, CancellationToken cancellationToken)
    {
        foreach (var id in submissionIds)
        {
            await AddAsync(db, ConfirmationScope.Discussion, id, accountId, [Discussion], protocolVersion, cancellationToken);
        }
    }

    /// <summary>What was confirmed in this school year: by one person for themselves, or by anybody for the school.</summary>
    /// <param name="db">A context.</param>
    /// <param name="scope"><see cref="ConfirmationScope.Person"/> or <see cref="ConfirmationScope.Folders"/>.</param>
    /// <param name="accountId">Who; not looked at for the school.</param>
    public IQueryable<Confirmation> OfThisYear(GateDb db, ConfirmationScope scope, string accountId)
    {
        var from = SchoolYear.StartOf(time.GetUtcNow());
        return db.Confirmations.Where(one => one.Scope == scope && one.At >= from && (scope == ConfirmationScope.Folders || one.AccountId == accountId));
    }

    private async Task AddAsync(GateDb db, ConfirmationScope scope, string? submissionId, string? accountId, string[] clauses, string protocolVersion, CancellationToken cancellationToken)
    {
        if (clauses.Length == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        db.Confirmations.AddRange(clauses.Select(clause => new Confirmation { AccountId = accountId, Clause = clause, ProtocolVersion = protocolVersion, At = now, Scope = scope, SubmissionId = submissionId }));
        var details = new Dictionary<string, string> { ["clauses"] = string.Join(' ', clauses), ["protocol"] = protocolVersion, ["scope"] = scope.ToString().ToLowerInvariant() };
        if (accountId is not null)
        {
            details["by"] = accountId;
        }

        await audit.AppendAsync(db, AuditKinds.Confirmed, submissionId ?? accountId!, details, cancellationToken);
    }
}
