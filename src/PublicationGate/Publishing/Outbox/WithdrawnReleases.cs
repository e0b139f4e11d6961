using MediatR;

namespace PublicationGate.Publishing.Outbox;

/// <summary>Has outputs take down what was withdrawn outside a verdict: a no, or a picture that was taken back.</summary>
internal sealed class WithdrawnReleases(ReleaseEvents events) : INotificationHandler<ReleaseWithdrawn>
{
    public Task Handle(ReleaseWithdrawn withdrawn, CancellationToken cancellationToken) => events.WithdrawnAsync(withdrawn.Db, [withdrawn.Release.Id], cancellationToken);
}
