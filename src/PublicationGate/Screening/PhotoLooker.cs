using Microsoft.Extensions.Logging;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Imaging.Metadata;
using PublicationGate.Intake;

namespace PublicationGate.Screening;

/// <summary>Decodes a photo, counts its faces and reads what travels inside its file. Whatever goes wrong becomes part of what was seen, never an exception.</summary>
public sealed partial class PhotoLooker(IImageDecoder decoder, FaceCounter faces, ILogger<PhotoLooker> logger)
{
    /// <summary>Looks at a photo that was taken in whole.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="DecoderUnavailableException">Nothing could be decoded: no fault of the photo.</exception>
    public PhotoLook LookAt(MediaFile file, CancellationToken cancellationToken)
    {
        var look = new PhotoLook();
        try
        {
            using var image = decoder.Open(file.Content, cancellationToken);
            var times = new LookTimes();
            var header = times.Decoding(image.ReadHeader);
            look = look with { Image = header };
            var hasWarnings = false;
            PictureHash? hash = null;
            PictureView? shown = null;
            var counted = times.Detecting(() => faces.Count(header, Frames, cancellationToken));
            times.Record(header.Format);
            return look with
            {
                Faces = counted, PictureHash = hash, DecodedWithWarnings = hasWarnings, Metadata = image.ReadMetadata(header.Format, shown ?? PictureView.OfNothing),
            };

            // Looked at on their way to the counter, so that nothing is decoded twice. Of an animation the first frame is what hidden pictures
            // are compared with, and the first that shows anything is hashed.
            IEnumerable<PixelImage> Frames(int longSide) => times.Decoding(image.DecodeFrames(header, longSide, () => hasWarnings = true)).Select(frame =>
            {
                shown ??= PictureView.Of(frame);
                hash ??= PictureHash.Of(frame);
                return frame;
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (DecoderUnavailableException)
        {
            throw;
        }
        catch (UnreadableImageException unreadable)
        {
            LogUnreadable(logger, file.Sha256, unreadable.Message);
            return look with { Problem = unreadable.Problem };
        }
#pragma warning disable CA1031 // Whatever breaks while looking at a photo, it must be held and the run goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(logger, file.Sha256, failure.GetType().Name, failure.Message);
            LogDetails(logger, failure);
            return look;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Sha256} could not be looked at: {Detail}")]
    private static partial void LogUnreadable(ILogger logger, string? sha256, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Sha256}: the faces could not be counted: {Failure}: {Detail}")]
    private static partial void LogFailed(ILogger logger, string? sha256, string failure, string detail);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Where it failed")]
    private static partial void LogDetails(ILogger logger, Exception failure);
}
