using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Imaging;

/// <summary>How large and how good a copy is.</summary>
public sealed record CleanCopyOptions
{
    /// <summary>Longest side in pixels; smaller pictures keep their size. Default 2048, which fills a wide screen; range 64 to 20,000.</summary>
    [Range(64, 20_000)]
    public int LongSide { get; init; } = 2048;

    /// <summary>Quality of JPEG and WebP; default 85, at which loss is hard to see; range 1 to 100.</summary>
    [Range(1, 100)]
    public int Quality { get; init; } = 85;

    /// <summary>
    /// The format; null for JPEG, or for PNG where the original is a PNG or GIF and its copy as PNG is not the larger of the two, which
    /// tells drawings from photographs.
    /// </summary>
    public CopyFormat? Format { get; init; }
}
