using System.Runtime.InteropServices;

namespace PublicationGate.Imaging;

/// <summary>An upright picture in memory: rows of R, G, B bytes in sRGB, without padding. The memory is libvips', not the garbage collector's.</summary>
public sealed unsafe class PixelImage : SafeHandle
{
    internal PixelImage(nint memory, int width, int height)
        : base(0, ownsHandle: true)
    {
        Width = width;
        Height = height;
        SetHandle(memory);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Number of bytes: three a pixel.</summary>
    public int Length => checked(Width * Height * 3);

    /// <summary>The bytes, valid until this is disposed.</summary>
    public ReadOnlySpan<byte> Bytes => new((void*)handle, Length);

    /// <summary>The same picture with its long side at <paramref name="longSide"/> pixels; null when it has that size already.</summary>
    public PixelImage? Resized(int longSide)
    {
        var present = Math.Max(Width, Height);
        if (longSide == present)
        {
            return null;
        }

        using var image = VipsImage.FromPixels(handle, Width, Height);
        using var resized = image.Resize((double)longSide / present);
        return resized.ToPixels();
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibVips.g_free(handle);
        return true;
    }
}
