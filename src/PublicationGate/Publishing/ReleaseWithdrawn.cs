using MediatR;
using PublicationGate.Data;

namespace PublicationGate.Publishing;

/// <summary>A release was withdrawn, for another reason than its next verdict. Told within the transaction that puts it on record; the release was hidden already.</summary>
/// <param name="Db">The context of that transaction.</param>
/// <param name="Release">The release.</param>
public sealed record ReleaseWithdrawn(GateDb Db, Release Release) : INotification;
