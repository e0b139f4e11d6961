namespace PublicationGate.Screening;

/// <summary>Who asks for which items of the queue.</summary>
/// <param name="Owner">The process.</param>
/// <param name="Store">Id of the store that it works on.</param>
/// <param name="ProtocolVersion">Version of the protocol that it judges under.</param>
/// <param name="Now">Items that are due by this instant.</param>
/// <param name="Until">End of the lease.</param>
/// <param name="Most">At most so many.</param>
public sealed record QueueClaim(string Owner, string Store, string ProtocolVersion, DateTimeOffset Now, DateTimeOffset Until, int Most);
