namespace PublicationGate.Screening;

/// <summary>Where a protocol came from when it was put in force.</summary>
public enum ProtocolSource
{
    /// <summary>The file <c>protocol.yaml</c> in the data folder, found good at a start.</summary>
    DataFolder,

    /// <summary>Somebody put a file in force by hand.</summary>
    ByHand,

    /// <summary>Somebody opened or shut a channel on the protocol page.</summary>
    Page,
}

/// <summary>A protocol was put in force. Rows are added, never changed: the newest is in force.</summary>
public sealed class ProtocolInForce
{
    /// <summary>Number given by the database, rising.</summary>
    public long Id { get; init; }

    /// <summary>Version; see <see cref="StoredProtocol"/>.</summary>
    public required string Version { get; init; }

    /// <summary>From when; kept to the millisecond.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Where it came from.</summary>
    public required ProtocolSource Source { get; init; }
}
