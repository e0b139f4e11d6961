using MediatR;
using PublicationGate.Data;

namespace PublicationGate.Submissions;

/// <summary>A submission is screened as another item than before. Told within the transaction in which that is kept.</summary>
/// <param name="Db">The context of that transaction.</param>
/// <param name="Submission">The submission, moved.</param>
public sealed record SubmissionMoved(GateDb Db, Submission Submission) : INotification;
