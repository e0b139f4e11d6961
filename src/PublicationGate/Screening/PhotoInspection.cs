using Microsoft.Extensions.Logging;
using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Gathers the facts of a photo, stage by stage. What a stage cannot find out becomes an unknown, never an exception.</summary>
public sealed partial class PhotoInspection(
    ImageDecoder decoder, FaceCounter faces, ConsentLookup consent, RegisterNames names, TimeProvider time, ILogger<PhotoInspection> logger)
{
    /// <summary>All facts that the rules need.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<PhotoFacts> InspectAsync(MediaFile file, Declaration declaration, CancellationToken cancellationToken)
    {
        var facts = new PhotoFacts { FileName = file.FileName, ContentSha256 = file.Sha256, Declaration = declaration, IntakeProblem = file.Problem };
        if (file.Problem == IntakeProblem.None)
        {
            facts = LookAt(file, facts, cancellationToken);
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var known = await consent.LookUpAsync(declaration, today, cancellationToken);
        var namesInTexts = known.Known ? await names.FindAsync(declaration, file.FileName, cancellationToken) : null;
        return facts with { Consent = namesInTexts is null ? new ConsentFacts { Known = false } : known, Names = namesInTexts ?? [] };
    }

    private PhotoFacts LookAt(MediaFile file, PhotoFacts facts, CancellationToken cancellationToken)
    {
        try
        {
            var header = decoder.ReadHeader(file.Content);
            facts = facts with { Image = header };
            var hasWarnings = false;
            var counted = faces.Count(header, longSide => decoder.DecodeFrames(file.Content, header, longSide, () => hasWarnings = true), cancellationToken);
            return facts with { Faces = counted, DecodedWithWarnings = hasWarnings };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (UnreadableImageException unreadable)
        {
            LogUnreadable(logger, file.Sha256, unreadable.Message);
            return facts with { ImageProblem = unreadable.Problem };
        }
#pragma warning disable CA1031 // Whatever breaks while looking at a photo, it must be held and the run goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(logger, file.Sha256, failure);
            return facts with { Faces = new FaceFacts { Known = false } };
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Sha256} could not be looked at: {Detail}")]
    private static partial void LogUnreadable(ILogger logger, string? sha256, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Sha256}: the faces could not be counted")]
    private static partial void LogFailed(ILogger logger, string? sha256, Exception failure);
}
