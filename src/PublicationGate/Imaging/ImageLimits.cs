namespace PublicationGate.Imaging;

/// <summary>How large a picture may be before a single pixel is decoded. What is larger is held.</summary>
public sealed record ImageLimits
{
    /// <summary>Pixels over all frames together; default 100 million, so that decoding stays within about 400 MB.</summary>
    public long Pixels { get; init; } = 100_000_000;

    /// <summary>Pixels along a side; default 20,000.</summary>
    public int Side { get; init; } = 20_000;

    /// <summary>Frames or pages, each of which is looked at; default 100.</summary>
    public int Frames { get; init; } = 100;
}
