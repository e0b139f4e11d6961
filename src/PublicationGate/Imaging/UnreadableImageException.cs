namespace PublicationGate.Imaging;

/// <summary>Why the pixels of a file could not be looked at.</summary>
public enum ImageProblem
{
    /// <summary>There is no problem.</summary>
    None,

    /// <summary>No picture that the gate recognises.</summary>
    NotAPicture,

    /// <summary>HEIC: the gate has no decoder for it.</summary>
    Heic,

    /// <summary>A picture or film of a kind that the gate does not read.</summary>
    UnsupportedType,

    /// <summary>An animation of which only the first picture could be looked at (animated PNG or AVIF).</summary>
    UnreadableAnimation,

    /// <summary>Header or pixels are damaged, or the file is cut off.</summary>
    Damaged,

    /// <summary>More pixels, or a longer side, than <see cref="ImageLimits"/> allows.</summary>
    TooManyPixels,

    /// <summary>More frames or pages than <see cref="ImageLimits"/> allows.</summary>
    TooManyFrames,

    /// <summary>Decoding takes more memory or processor time than a photo may take; trying again would end in the same way.</summary>
    TooDemanding,

    /// <summary>Whoever decoded it ended in the middle of it, or did not answer in time; trying again may help.</summary>
    DecoderFailed,
}

/// <summary>A picture could not be looked at, for a reason that a person can act on.</summary>
/// <param name="problem">The reason.</param>
/// <param name="detail">For the log: what libvips said.</param>
public sealed class UnreadableImageException(ImageProblem problem, string detail) : Exception($"{problem}: {detail}")
{
    /// <summary>The reason.</summary>
    public ImageProblem Problem { get; } = problem;
}
