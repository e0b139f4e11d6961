using System.Diagnostics;
using System.Text.Json.Serialization;
using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>How well and how fast faces are counted over a set of photos. Shares are 0 to 1; null where the set has nothing to measure it by.</summary>
public sealed record FaceMeasures
{
    /// <summary>Photos that were looked at.</summary>
    public int Photos { get; init; }

    /// <summary>Share of photos with exactly the right number of sure faces.</summary>
    public double? ExactShare { get; init; }

    /// <summary>Share of photos at most one off.</summary>
    public double? WithinOneShare { get; init; }

    /// <summary>Mean of how many faces the count is off.</summary>
    public double? MeanError { get; init; }

    /// <summary>The same over photos with 14 faces or more.</summary>
    public double? MeanErrorFrom14 { get; init; }

    /// <summary>Share of labelled faces with a short side of 20 pixels or more that a sure box meets with an intersection over union of 0.4.</summary>
    public double? Recall20 { get; init; }

    /// <summary>The same for faces of 10 up to 20 pixels.</summary>
    public double? Recall10to20 { get; init; }

    /// <summary>Sure boxes on no labelled face, or, without boxes, sure faces beyond the number known, per photo.</summary>
    public double? FalsePerPhoto { get; init; }

    /// <summary>Share of the photos that hold a face in which none was surely found.</summary>
    public double? MissedShare { get; init; }

    /// <summary>Median milliseconds to decode a photo.</summary>
    public double? DecodeMs { get; init; }

    /// <summary>Median milliseconds to find its faces.</summary>
    public double? DetectMs { get; init; }

    /// <summary>Milliseconds of decoding per megapixel of the originals.</summary>
    [JsonIgnore]
    public double? DecodeMsPerMegapixel { get; init; }

    /// <summary>Milliseconds of finding faces per megapixel of the originals.</summary>
    [JsonIgnore]
    public double? DetectMsPerMegapixel { get; init; }

    /// <summary>Median milliseconds of both together.</summary>
    public double? P50Ms { get; init; }

    /// <summary>The time that 95 of 100 photos stay within, in milliseconds.</summary>
    public double? P95Ms { get; init; }

    /// <summary>Photos per second, one after the other.</summary>
    public double? PhotosPerSecond { get; init; }

    /// <summary>The most memory that the program ever held, in megabytes.</summary>
    public double PeakMegabytes { get; init; }
}

/// <summary>Measures a face counter over photos whose faces are known.</summary>
public static class FaceMeasurement
{
    private const float IntersectionOverUnion = 0.4f;

    /// <summary>Looks at one photo after the other, each with all cores. The first is looked at once before, so that loading is not measured.</summary>
    /// <param name="photos">The photos.</param>
    /// <param name="decoder">Decodes them.</param>
    /// <param name="faces">Counts in them.</param>
    /// <param name="onUnreadable">Hears of a photo that cannot be read or decoded; it is left out.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public static FaceMeasures Run(IReadOnlyList<LabelledPhoto> photos, ImageDecoder decoder, FaceCounter faces, Action<string> onUnreadable, CancellationToken cancellationToken)
    {
        var looks = new List<Look>();
        foreach (var photo in photos)
        {
            try
            {
                if (looks.Count == 0)
                {
                    LookAt(photo, decoder, faces, cancellationToken);
                }

                looks.Add(LookAt(photo, decoder, faces, cancellationToken));
            }
            catch (Exception cause) when (cause is UnreadableImageException or IOException or UnauthorizedAccessException)
            {
                onUnreadable(photo.Path);
            }
        }

        return Sum(looks);
    }

    private static Look LookAt(LabelledPhoto photo, ImageDecoder decoder, FaceCounter faces, CancellationToken cancellationToken)
    {
        var content = File.ReadAllBytes(photo.Path);
        var start = Stopwatch.GetTimestamp();
        var header = decoder.ReadHeader(content);
        var decoding = TimeSpan.Zero;
        var found = faces.Count(header, longSide => Timed(decoder.DecodeFrames(content, header, longSide, () => { })), cancellationToken);
        return new Look(photo, header, found, decoding, Stopwatch.GetElapsedTime(start) - decoding);

        IEnumerable<PixelImage> Timed(IEnumerable<PixelImage> frames)
        {
            using var each = frames.GetEnumerator();
            while (true)
            {
                var before = Stopwatch.GetTimestamp();
                var more = each.MoveNext();
                decoding += Stopwatch.GetElapsedTime(before);
                if (!more)
                {
                    yield break;
                }

                yield return each.Current;
            }
        }
    }

    private static FaceMeasures Sum(List<Look> looks)
    {
        var times = looks.Select(look => (look.Decoding + look.Detecting).TotalMilliseconds).Order().ToList();
        double? megapixels = looks.Count == 0 ? null : looks.Sum(look => look.Header.Width / 1e6 * look.Header.Height);
        return new FaceMeasures
        {
            Photos = looks.Count,
            ExactShare = Mean(looks, look => look.Error == 0 ? 1 : 0),
            WithinOneShare = Mean(looks, look => look.Error <= 1 ? 1 : 0),
            MeanError = Mean(looks, look => look.Error),
            MeanErrorFrom14 = Mean(looks.Where(look => look.Photo.Count >= 14), look => look.Error),
            Recall20 = Recall(looks, 20, float.MaxValue),
            Recall10to20 = Recall(looks, 10, 20),
            FalsePerPhoto = Mean(looks, look => look.False),
            MissedShare = Mean(looks.Where(look => look.Photo.Count > 0), look => look.Faces.Sure.Count == 0 ? 1 : 0),
            DecodeMs = At(looks.Select(look => look.Decoding.TotalMilliseconds).Order().ToList(), 0.5),
            DetectMs = At(looks.Select(look => look.Detecting.TotalMilliseconds).Order().ToList(), 0.5),
            DecodeMsPerMegapixel = looks.Sum(look => look.Decoding.TotalMilliseconds) / megapixels,
            DetectMsPerMegapixel = looks.Sum(look => look.Detecting.TotalMilliseconds) / megapixels,
            P50Ms = At(times, 0.5),
            P95Ms = At(times, 0.95),
            PhotosPerSecond = looks.Count > 0 ? looks.Count * 1000 / times.Sum() : null,
            PeakMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024),
        };
    }

    private static double? Mean(IEnumerable<Look> looks, Func<Look, double> value) => looks.Select(value).Cast<double?>().Average();

    private static double? Recall(IEnumerable<Look> looks, float from, float to) => looks.Where(look => look.Photo.Boxes is not null)
        .SelectMany(look => look.Photo.Boxes!.Where(box => box.ShortSide >= from && box.ShortSide < to).Select(box => look.Meets(box) ? 1.0 : 0)).Cast<double?>().Average();

    private static double? At(List<double> sorted, double share) => sorted.Count == 0 ? null : sorted[(int)Math.Min(sorted.Count - 1, Math.Floor(sorted.Count * share))];

    private sealed record Look(LabelledPhoto Photo, ImageHeader Header, FaceFacts Faces, TimeSpan Decoding, TimeSpan Detecting)
    {
        public int Error => Math.Abs(Faces.Sure.Count - Photo.Count);

        public int False => Photo.Boxes is { } labelled
            ? Faces.Sure.Count(found => !labelled.Any(box => box.IntersectionOverUnion(found) >= IntersectionOverUnion))
            : Math.Max(0, Faces.Sure.Count - Photo.Count);

        public bool Meets(FaceBox box) => Faces.Sure.Any(found => box.IntersectionOverUnion(found) >= IntersectionOverUnion);
    }
}
