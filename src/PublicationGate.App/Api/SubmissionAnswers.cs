using PublicationGate.Intake;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Api;

/// <summary>A submitted photo.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Album">The same for photos that were submitted together.</param>
/// <param name="SubmittedAt">When.</param>
/// <param name="Source">By which entrance.</param>
/// <param name="FileName">Name of the file as it came in.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Channel">Channel that it is for.</param>
/// <param name="Activity">School activity that it shows.</param>
/// <param name="State">Whether there is a verdict.</param>
/// <param name="Outcome">The outcome; null while it waits.</param>
/// <param name="Verdict">Id of the verdict; null while it waits. Review actions name the one that was looked at.</param>
/// <param name="Turn">Whose turn it is while it is held.</param>
internal sealed record SubmissionAnswer(
    string Id, string Album, DateTimeOffset SubmittedAt, SubmissionSource Source, string FileName, string Sha256, string Channel, string? Activity, SubmissionState State, Outcome? Outcome, string? Verdict, SubmissionTurn Turn)
{
    public static SubmissionAnswer Of(Submission submission) => new(
        submission.Id, submission.AlbumId, submission.SubmittedAt, submission.Source, submission.FileName, submission.ContentSha256, submission.Channel, submission.Activity,
        submission.VerdictId is null ? SubmissionState.Waiting : SubmissionState.Decided, submission.Outcome, submission.VerdictId, submission.Turn);
}

/// <summary>How far a submitted photo is.</summary>
internal enum SubmissionState
{
    /// <summary>Ask again later.</summary>
    Waiting,

    /// <summary>It has a verdict.</summary>
    Decided,
}

/// <summary>A submitted photo with what was declared and decided of it.</summary>
/// <param name="Submission">The photo.</param>
/// <param name="Declaration">What is declared of it now.</param>
/// <param name="Decision">What was decided; null while it waits, and when its evidence was erased with the data of a person.</param>
/// <param name="Acts">What people did about it, oldest first. To take one back, <c>undo</c> names its number.</param>
internal sealed record SubmissionDetail(SubmissionAnswer Submission, Declaration Declaration, DecisionAnswer? Decision, IReadOnlyList<ActAnswer> Acts);

/// <summary>What somebody did about a photo.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">What.</param>
/// <param name="At">When.</param>
/// <param name="IsOwn">Who asks did it.</param>
/// <param name="IsUndone">It was taken back, or takes another back.</param>
/// <param name="Words">The ground, question or answer; null for none.</param>
internal sealed record ActAnswer(long Id, ReviewActKind Kind, DateTimeOffset At, bool IsOwn, bool IsUndone, string? Words);

/// <summary>Several submitted photos.</summary>
/// <param name="Submissions">The photos.</param>
/// <param name="Next">What to send as <c>before</c> for those that follow; null when there are none.</param>
internal sealed record SubmissionList(IReadOnlyList<SubmissionAnswer> Submissions, string? Next);

/// <summary>What was decided of a photo.</summary>
/// <param name="Verdict">Id of the verdict.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Outcome">The worst of the findings that no reviewer settled.</param>
/// <param name="IsIntact">False when the record of the verdict was changed since.</param>
/// <param name="Findings">Everything that was found against releasing it.</param>
/// <param name="Faces">What was counted.</param>
internal sealed record DecisionAnswer(string Verdict, DateTimeOffset DecidedAt, Outcome Outcome, bool IsIntact, IReadOnlyList<FindingAnswer> Findings, FacesAnswer Faces)
{
    public static DecisionAnswer Of(FoundVerdict found)
    {
        var (verdict, faces) = (found.Verdict, found.Verdict.Facts.Faces);
        return new(verdict.Id, found.DecidedAt, verdict.Outcome, found.IsIntact,
            [.. verdict.Findings.Select(finding => new FindingAnswer(finding.Rule, finding.Clause, finding.Outcome, finding.Reason, verdict.Facts.Review?.Settles(finding) == true))],
            // Unknown is not zero.
            new(faces.Known ? faces.Sure.Count : null, faces.Known ? faces.Doubtful.Count : null, [.. faces.Sure.Select(box => BoxAnswer.Of(box, false)), .. faces.Doubtful.Select(box => BoxAnswer.Of(box, true))]));
    }
}

/// <summary>One thing that was found against releasing a photo.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Clause">The clause of the protocol.</param>
/// <param name="Outcome">Held or rejected.</param>
/// <param name="Reason">What was found and what to do.</param>
/// <param name="IsSettled">A reviewer answers for it.</param>
internal sealed record FindingAnswer(string Rule, string Clause, Outcome Outcome, Text Reason, bool IsSettled);

/// <summary>The faces in a photo.</summary>
/// <param name="Count">How many are sure; null when they could not be counted.</param>
/// <param name="Doubtful">How many are doubtful; null when they could not be counted.</param>
/// <param name="Boxes">Where they are.</param>
internal sealed record FacesAnswer(int? Count, int? Doubtful, IReadOnlyList<BoxAnswer> Boxes);

/// <summary>Where a face is, in pixels of the upright original.</summary>
internal sealed record BoxAnswer(double X, double Y, double Width, double Height, double Score, bool IsDoubtful)
{
    public static BoxAnswer Of(Faces.FaceBox box, bool isDoubtful) => new(Math.Round(box.X, 1), Math.Round(box.Y, 1), Math.Round(box.Width, 1), Math.Round(box.Height, 1), Math.Round(box.Score, 3), isDoubtful);
}
