using System.Diagnostics;
using PublicationGate.Imaging;
using PublicationGate.Intake;

namespace PublicationGate.Screening;

/// <summary>How long decoding a photo and counting its faces took: the counter pulls frames, so that one runs in the middle of the other.</summary>
internal sealed class LookTimes
{
    private readonly Stopwatch decoding = new();
    private readonly Stopwatch detecting = new();

    /// <summary>Times a step of decoding.</summary>
    public T Decoding<T>(Func<T> step)
    {
        detecting.Stop();
        decoding.Start();
        try
        {
            return step();
        }
        finally
        {
            decoding.Stop();
            detecting.Start();
        }
    }

    /// <summary>Times the decoding of each frame, not what is done with it.</summary>
    public IEnumerable<PixelImage> Decoding(IEnumerable<PixelImage> frames)
    {
        using var each = frames.GetEnumerator();
        while (Decoding(each.MoveNext))
        {
            yield return each.Current;
        }
    }

    /// <summary>Times counting, but for what is decoded in the middle of it.</summary>
    public T Detecting<T>(Func<T> count)
    {
        detecting.Restart();
        var counted = count();
        detecting.Stop();
        return counted;
    }

    /// <summary>Tells whoever listens.</summary>
    public void Record(ImageFormat format)
    {
        var tag = new KeyValuePair<string, object?>("format", format.ToString().ToLowerInvariant());
        GateMetrics.DecodeSeconds.Record(decoding.Elapsed.TotalSeconds, tag);
        GateMetrics.DetectSeconds.Record(detecting.Elapsed.TotalSeconds, tag);
    }
}
