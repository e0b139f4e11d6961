using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Imaging.Apart;

/// <summary>What decoding apart may cost. A process that exceeds it is ended, and its photo is held.</summary>
public sealed record ApartOptions
{
    /// <summary>
    /// Most processes; they are started when first needed and stay. Default one a core and one more, since laying a result decodes as well
    /// while every core screens; range 1 to 256.
    /// </summary>
    [Range(1, 256)]
    public int Processes { get; init; } = Environment.ProcessorCount + 1;

    /// <summary>
    /// How long one answer may take (a header, a frame, the metadata); default 60 s, range 1 ms to 10 minutes. Above
    /// <see cref="ProcessorSeconds"/>, so that on a busy machine only what stands still meets it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Seconds of processor time for all of a photo; default 30, range 1 to 600. The largest pictures allowed, 100 megapixels, take some
    /// 5 s on a desktop, and small servers are several times slower.
    /// </summary>
    [Range(1, 600)]
    public int ProcessorSeconds { get; init; } = 30;

    /// <summary>
    /// Megabytes for a photo, beyond what the process itself takes (some 60); default 1,024, range 16 to 16,384. 100 megapixels of 16 bits
    /// with alpha, stored interlaced, have to be held whole: 800.
    /// </summary>
    [Range(16, 16_384)]
    public int Megabytes { get; init; } = 1024;

    /// <summary>The same in bytes.</summary>
    internal long Bytes => Megabytes * 1024L * 1024L;
}
