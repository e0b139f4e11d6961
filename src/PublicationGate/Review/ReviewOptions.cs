namespace PublicationGate.Review;

/// <summary>Who may review what.</summary>
public sealed record ReviewOptions
{
    /// <summary>
    /// Whether somebody may approve what they submitted themselves although another person could; default false: four eyes. Where nobody else may review, it is
    /// always allowed, since nothing could be decided otherwise.
    /// </summary>
    public bool AllowsOwn { get; init; }
}
