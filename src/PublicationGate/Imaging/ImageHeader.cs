using PublicationGate.Intake;

namespace PublicationGate.Imaging;

/// <summary>What the header of a picture says, known before any pixel is decoded.</summary>
/// <param name="Format">The format by content.</param>
/// <param name="Width">Width of a frame in pixels, upright.</param>
/// <param name="Height">Height of a frame in pixels, upright.</param>
/// <param name="Frames">Frames or pages; at least 1.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; null when the file does not say which side is up.</param>
public sealed record ImageHeader(ImageFormat Format, int Width, int Height, int Frames, int? Orientation);
