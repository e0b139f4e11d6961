using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>How bright a picture is. Detectors learned from well-lit pictures: a dark one is brightened before they look.</summary>
/// <param name="Gain">Factor that brings the picture's brightest parts to where they usually are; 1 for a picture that is not dark.</param>
/// <param name="IsEnough">False when so little light is in it that brightening shows noise.</param>
internal readonly record struct Light(float Gain, bool IsEnough)
{
    /// <summary>Below this long side in pixels a face can be too small for any of the models: "no faces" means nothing.</summary>
    public const int SmallestLongSide = 480;

    // A picture counts as dark when even its brightest hundredth is below a bit under half of full brightness.
    private const int Dark = 112;
    private const int Usual = 224;
    private const int TooDark = 16;
    private const float LargestGain = 8;

    /// <summary>Looks at the green of every fourth pixel, which is most of what brightness is.</summary>
    public static Light Of(PixelImage picture)
    {
        Span<int> histogram = stackalloc int[256];
        var bytes = picture.Bytes;
        var count = 0;
        for (var at = 1; at < bytes.Length; at += 12)
        {
            histogram[bytes[at]]++;
            count++;
        }

        var brightest = 255;
        for (var above = 0; brightest > 0 && (above += histogram[brightest]) < Math.Max(1, count / 100); brightest--)
        {
        }

        return new Light(brightest >= Dark ? 1 : Math.Min(LargestGain, (float)Usual / Math.Max(1, brightest)), brightest >= TooDark);
    }
}
