namespace PublicationGate.App.Uploads;

/// <summary>What one upload may be, and how long its sender waits for a verdict.</summary>
internal sealed record UploadOptions
{
    /// <summary>Photos in one upload; default 50, range 1 to 500.</summary>
    public int MostPhotos { get; init; } = 50;

    /// <summary>Photos that one account may upload in 24 hours; default 2000, range 1 to 100,000: a school day of a busy camera, and no disk full of one account's files.</summary>
    public int MostPhotosADay { get; init; } = 2000;

    /// <summary>How long the sender of one photo waits for its verdict before it is told where to ask; default 10 seconds, range 0 to 100 seconds.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes a second below which an upload is broken off after <see cref="Grace"/>; default 1 KiB, slower than any telephone.</summary>
    public double SlowestBytesASecond { get; init; } = 1024;

    /// <summary>How long an upload may be slower; default 10 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
