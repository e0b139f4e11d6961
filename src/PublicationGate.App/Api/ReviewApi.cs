using System.Text;
using System.Text.Json;
using PublicationGate.App.Reviewing;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Intake;
using PublicationGate.Review;
using PublicationGate.Rules;

namespace PublicationGate.App.Api;

/// <summary>What people do about a photo. Each step names the verdict that was looked at, and is refused when there is another one by now.</summary>
internal static class ReviewApi
{
    public static void MapReview(this IEndpointRouteBuilder api)
    {
        Map<WordsStep>(api, "approve", "Approves what is held, on a stated ground.", body => new ReviewStep.Approve(body.Words));
        Map<WordsStep>(api, "refuse", "Refuses it, on a stated ground.", body => new ReviewStep.Refuse(body.Words));
        Map<WordsStep>(api, "question", "Asks who submitted it.", body => new ReviewStep.Ask(body.Words));
        Map<WordsStep>(api, "answer", "Answers, as who submitted it.", body => new ReviewStep.Answer(body.Words));
        Map<MarksStep>(api, "marks", "Marks places in the picture; all marks, those made before included.", body => new ReviewStep.Mark([.. body.Marks.Select(mark => mark.Mark)]));
        Map<DeclareStep>(api, "declaration", "Declares something else: another channel, other people.", body => new ReviewStep.Declare(body.Parse()));
        Map<UndoStep>(api, "undo", "Takes the latest step back.", body => new ReviewStep.Undo(body.Act));
    }

    private static void Map<T>(IEndpointRouteBuilder api, string step, string summary, Func<T, ReviewStep> read)
        where T : IStepBody =>
        api.MapPost("/submissions/{id}/" + step, async (HttpContext context, string id, T body, GateDb db, ReviewSteps steps, CancellationToken cancellationToken) =>
        {
            if (await DecisionsApi.FindAsync(context, db, id, cancellationToken) is not { } submission || (step == "answer" && submission.SubmitterId != context.Account().Id))
            {
                return await context.NotFoundAsync();
            }

            return await steps.SendAsync(context.Account(), id, body.Verdict, read(body), cancellationToken) is { } reviewed ? Results.Json(SubmissionAnswer.Of(reviewed)) : await context.NotFoundAsync();
        }).WithName("review" + char.ToUpperInvariant(step[0]) + step[1..]).WithSummary(summary).WithDescription("The photo is screened anew with it: ask for the submission to hear the outcome.")
            .Produces<SubmissionAnswer>().Problems(400, 404, 409, 413, 415);
}

/// <summary>What every step names.</summary>
internal interface IStepBody
{
    /// <summary>Id of the verdict that was looked at; null for a step that depends on none.</summary>
    string? Verdict { get; }
}

/// <summary>Takes a step back.</summary>
/// <param name="Verdict">Id of the verdict that was looked at; null for a step that depends on none.</param>
/// <param name="Act">Number of the step that is meant, among <c>acts</c> of the submission; null for the latest, where the same account took it.</param>
internal sealed record UndoStep(string? Verdict, long? Act = null) : IStepBody;

/// <summary>A step with words.</summary>
/// <param name="Verdict">Id of the verdict that was looked at.</param>
/// <param name="Words">The ground, the question or the answer; at most 1000 characters.</param>
internal sealed record WordsStep(string? Verdict, string Words) : IStepBody;

/// <summary>Marks in the picture.</summary>
/// <param name="Verdict">Id of the verdict that was looked at.</param>
/// <param name="Marks">All marks, at most 500.</param>
internal sealed record MarksStep(string? Verdict, IReadOnlyList<MarkBody> Marks) : IStepBody;

/// <summary>What is in one place of the picture, in pixels of the upright original.</summary>
internal sealed record MarkBody(float X, float Y, float Width, float Height, FaceMarkKind Kind)
{
    internal FaceMark Mark => new(new FaceBox(X, Y, Width, Height, 1), Kind);
}

/// <summary>Another declaration.</summary>
/// <param name="Verdict">Id of the verdict that was looked at.</param>
/// <param name="Declaration">All that is declared from now on, by the keys of a declaration file.</param>
internal sealed record DeclareStep(string? Verdict, JsonElement Declaration) : IStepBody
{
    internal Declaration Parse() => DeclarationReader.Parse(Encoding.UTF8.GetBytes(Declaration.GetRawText()), "declaration");
}
