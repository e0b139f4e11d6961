using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Review;

// Whether somebody may take a step at all.
internal static class ReviewChecks
{
    public static void Check(ReviewSubmission request, Submission submission, QueuedPhoto photo, ReviewOptions options)
    {
        var step = request.Step;
        var refusal = step switch
        {
            _ when request.SeenVerdictId is not null && request.SeenVerdictId != (submission.VerdictId ?? "") => "changed-meanwhile",
            ReviewStep.Approve or ReviewStep.Refuse or ReviewStep.Mark when string.IsNullOrEmpty(request.SeenVerdictId) => "nothing-seen",
            { Words: { } words } when string.IsNullOrWhiteSpace(words) => "no-words",
            { Words.Length: > ReviewStep.LongestWords } => "too-many-words",
            ReviewStep.Mark { Marks.Count: > ReviewStep.Mark.Most } => "too-many-marks",
            ReviewStep.Mark mark when mark.Marks.Any(one => !(one.Box is { Width: > 0, Height: > 0 } box && float.IsFinite(box.X + box.Y + box.Width + box.Height))) => "no-place",
            ReviewStep.Approve when submission.Outcome != Outcome.Held => "not-held",
            ReviewStep.Approve when IsOwn(request, submission, options) => "own",
            ReviewStep.Mark mark when IsOwn(request, submission, options) && !OnlyConceals(photo.Review?.Marks ?? [], mark.Marks) => "own",
            ReviewStep.Ask when submission.SubmitterId is null => "nobody-to-ask",
            ReviewStep.Answer when submission.Turn != SubmissionTurn.Submitter => "not-asked",
            _ => null,
        };
        if (refusal is not null)
        {
            throw new ReviewRefusedException(refusal);
        }
    }

    // Who names no act means what they did themselves.
    public static void CheckUndo(ReviewSubmission request, Submission submission, ReviewAct last, ReviewOptions options)
    {
        var isTheirs = last.AccountId == request.AccountId;
        if (request.Step is ReviewStep.Undo { ActId: var meant } && (meant is null ? !isTheirs : meant != last.Id))
        {
            throw new ReviewRefusedException("changed-meanwhile");
        }

        if (!isTheirs && IsOwn(request, submission, options))
        {
            throw new ReviewRefusedException("own-undo");
        }
    }

    // Four eyes: they submitted it, and another person could decide.
    public static bool IsOwn(ReviewSubmission request, Submission submission, ReviewOptions options) =>
        submission.SubmitterId == request.AccountId && request.OthersCouldApprove && !options.AllowsOwn;

    // Making more unrecognisable shows nobody more; whatever else is said of faces may release the photo.
    private static bool OnlyConceals(IReadOnlyList<FaceMark> before, IReadOnlyList<FaceMark> after)
    {
        var (old, now) = (before.Select(Place).ToHashSet(), after.Select(Place).ToHashSet());
        return now.Except(old).All(mark => mark.IsConcealed)
            && old.All(mark => now.Contains(mark) || (!mark.IsConcealed && now.Any(one => one.IsConcealed && one.Box == mark.Box)));
    }

    private static FaceMark Place(FaceMark mark) => mark with { Box = mark.Box with { Score = 0 } };
}
