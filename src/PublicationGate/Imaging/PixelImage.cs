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

    /// <summary>Memory for a picture whose pixels come from elsewhere: <see cref="Pixels"/>.</summary>
    /// <exception cref="InsufficientMemoryException">There is none.</exception>
    internal static PixelImage Empty(int width, int height)
    {
        var memory = LibVips.g_try_malloc(checked((nuint)width * (nuint)height * 3));
        return memory != 0 ? new PixelImage(memory, width, height) : throw new InsufficientMemoryException();
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Number of bytes: three a pixel.</summary>
    public int Length => checked(Width * Height * 3);

    /// <summary>The bytes, valid until this is disposed.</summary>
    public ReadOnlySpan<byte> Bytes => new((void*)handle, Length);

    /// <summary>The same bytes, to be written.</summary>
    internal Span<byte> Pixels => new((void*)handle, Length);

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

    /// <summary>The same picture with every value multiplied by <paramref name="gain"/>, at most 255.</summary>
    public PixelImage Brightened(float gain)
    {
        using var image = VipsImage.FromPixels(handle, Width, Height);
        using var brightened = image.Multiply(gain);
        return brightened.ToPixels();
    }

    /// <summary>The same picture turned clockwise by 90, 180 or 270 degrees.</summary>
    public PixelImage Turned(int angle)
    {
        using var image = VipsImage.FromPixels(handle, Width, Height);
        using var turned = image.Turn(angle);
        return turned.ToPixels();
    }

    /// <summary>A part of the picture, scaled, and turned clockwise by any angle in degrees; grey where nothing is.</summary>
    public PixelImage Tilted(int left, int top, int width, int height, int angle, float scale)
    {
        using var image = VipsImage.FromPixels(handle, Width, Height);
        using var part = image.Crop(left, top, width, height);
        using var tilted = part.Tilt(angle, scale);
        return tilted.ToPixels();
    }

    /// <summary>Writes the picture as a JPEG without any metadata.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveJpeg(string path)
    {
        using var image = VipsImage.FromPixels(handle, Width, Height);
        image.SaveJpeg(path);
    }

    /// <summary>Paints one pixel.</summary>
    internal void Set(int x, int y, byte red, byte green, byte blue)
    {
        var pixel = new Span<byte>((byte*)handle + ((((long)y * Width) + x) * 3), 3);
        (pixel[0], pixel[1], pixel[2]) = (red, green, blue);
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
