using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Submissions;

namespace PublicationGate.Watching;

/// <summary>Has the result of a file in a watched folder follow its submission: what a reviewer did shows in the folder too.</summary>
internal sealed class MovedSubmissions : INotificationHandler<SubmissionMoved>
{
    public async Task Handle(SubmissionMoved moved, CancellationToken cancellationToken)
    {
        var (taken, item) = (moved.Submission.TakenFileId, moved.Submission.QueueItemId);
        if (taken is not null)
        {
            await moved.Db.TakenFiles.Where(file => file.Id == taken).ExecuteUpdateAsync(set => set.SetProperty(file => file.QueueItemId, item).SetProperty(file => file.IsOpen, true), cancellationToken);
        }
    }
}
