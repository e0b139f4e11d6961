using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Api;

/// <summary>What was decided of a photo, and why.</summary>
internal static class DecisionsApi
{
    public static void MapDecisions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/submissions/{id}", GetAsync).WithName("getSubmission").WithSummary("One photo, with its decision as soon as there is one.").Produces<SubmissionDetail>().Problems(404, 409);
        api.MapGet("/submissions/{id}/explanation", ExplainAsync).WithName("explain").WithSummary("The verdict clause by clause: what was asked, what was found, what would change it.")
            .Produces<ExplanationAnswer>().Problems(404, 409);
        api.MapGet("/submissions/{id}/facts", FactsAsync).WithName("getFacts").WithSummary("The evidence: everything that the verdict was made from.").Produces<Verdict>().Problems(404, 409);
    }

    /// <summary>The submission of this id that who asks may see; null for none.</summary>
    public static Task<Submission?> FindAsync(HttpContext context, GateDb db, string id, CancellationToken cancellationToken) =>
        context.Viewer().Of(db.Submissions.AsNoTracking()).SingleOrDefaultAsync(one => one.Id == id, cancellationToken);

    /// <summary>A submission with what is declared and decided of it.</summary>
    public static async Task<SubmissionDetail> DetailAsync(Submission submission, string accountId, GateDb db, VerdictStore verdicts, CancellationToken cancellationToken)
    {
        var photo = await db.QueueItems.AsNoTracking().Where(item => item.Id == submission.QueueItemId).Select(item => item.Photo).SingleAsync(cancellationToken);
        var found = submission.VerdictId is { } verdict ? await verdicts.FindAsync(verdict, cancellationToken) : null;
        var acts = await db.ReviewActs.AsNoTracking().Where(act => act.SubmissionId == submission.Id).OrderBy(act => act.Id)
            .Select(act => new ActAnswer(act.Id, act.Kind, act.At, act.AccountId == accountId, act.IsUndone, act.Words)).ToListAsync(cancellationToken);
        return new SubmissionDetail(SubmissionAnswer.Of(submission), QueuedPhoto.Read(photo).Declaration, found is null ? null : DecisionAnswer.Of(found), acts);
    }

    /// <summary>The verdict of a submission that who asks may see; null for none.</summary>
    public static async Task<(Submission Submission, FoundVerdict Found)?> VerdictAsync(HttpContext context, GateDb db, VerdictStore verdicts, string id, CancellationToken cancellationToken) =>
        await FindAsync(context, db, id, cancellationToken) is { VerdictId: { } verdict } submission && await verdicts.FindAsync(verdict, cancellationToken) is { } found ? (submission, found) : null;

    private static async Task<IResult> GetAsync(HttpContext context, string id, GateDb db, VerdictStore verdicts, CancellationToken cancellationToken) =>
        await FindAsync(context, db, id, cancellationToken) is { } submission ? Results.Json(await DetailAsync(submission, context.Account().Id, db, verdicts, cancellationToken)) : await context.NotFoundAsync();

    private static async Task<IResult> ExplainAsync(HttpContext context, string id, GateDb db, VerdictStore verdicts, RuleList rules, CancellationToken cancellationToken)
    {
        if (await VerdictAsync(context, db, verdicts, id, cancellationToken) is not var (_, found))
        {
            return await context.NotFoundAsync();
        }

        var explanation = Explanation.Of(found.Verdict, await verdicts.ProtocolOfAsync(found.Verdict, cancellationToken), rules);
        return Results.Json(new ExplanationAnswer(found.Verdict.Id, found.Verdict.Outcome, found.IsIntact, found.Verdict.ProtocolVersion, explanation.Clauses, explanation.Met, explanation.ApprovedWhen));
    }

    private static async Task<IResult> FactsAsync(HttpContext context, string id, GateDb db, VerdictStore verdicts, CancellationToken cancellationToken) =>
        await VerdictAsync(context, db, verdicts, id, cancellationToken) is var (_, found) ? Results.Bytes(Evidence.Write(found.Verdict), "application/json") : await context.NotFoundAsync();
}

/// <summary>A verdict clause by clause.</summary>
/// <param name="Verdict">Its id.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="IsIntact">False when the record of the verdict was changed since.</param>
/// <param name="Protocol">Version of the protocol that it was made under.</param>
/// <param name="Clauses">The clauses against which something was found.</param>
/// <param name="Met">Ids of the other clauses that were looked at.</param>
/// <param name="ApprovedWhen">The fewest changes that make it approved, each entry one way.</param>
internal sealed record ExplanationAnswer(
    string Verdict, Outcome Outcome, bool IsIntact, string Protocol, IReadOnlyList<ExplainedClause> Clauses, IReadOnlyList<string> Met, IReadOnlyList<IReadOnlyList<Text>> ApprovedWhen);
