using MediatR;
using PublicationGate.Data;

namespace PublicationGate.Screening;

/// <summary>An item of the queue has its verdict. Told within the transaction that keeps it: what follows from it is kept with it, or nothing is.</summary>
/// <param name="Db">The context of that transaction.</param>
/// <param name="Item">The item, decided.</param>
/// <param name="Verdict">Its verdict.</param>
public sealed record ItemDecided(GateDb Db, QueueItem Item, Verdict Verdict) : INotification;
