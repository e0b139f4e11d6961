using PublicationGate.Consent;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Gathers the facts of a photo, stage by stage. What a stage cannot find out becomes an unknown, never an exception.</summary>
public sealed class PhotoInspection(
    PhotoLooker looker, LookStore looks, MetadataReader metadata, ConsentLookup consent, RegisterNames names, RecordingLookup recordings, TimeProvider time)
{
    /// <summary>All facts that the rules need.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<PhotoFacts> InspectAsync(MediaFile file, Declaration declaration, CancellationToken cancellationToken)
    {
        var look = file.Problem == IntakeProblem.None ? await LookAsync(file, cancellationToken) : new PhotoLook();
        var now = time.GetUtcNow();
        var known = await consent.LookUpAsync(declaration, now, cancellationToken);
        var namesInTexts = known.Known ? await names.FindAsync(declaration, file.FileName, cancellationToken) : null;
        return new PhotoFacts
        {
            FileName = file.FileName,
            FolderName = file.FolderName,
            ContentSha256 = file.Sha256,
            Declaration = declaration,
            IntakeProblem = file.Problem,
            ImageProblem = look.Problem,
            Image = look.Image,
            DecodedWithWarnings = look.DecodedWithWarnings,
            // Sidecars are no part of the bytes that looks are kept by, so they are read each time.
            Metadata = file.Sidecars.Aggregate(look.Metadata, (facts, sidecar) => facts.With(metadata.ReadSidecar(sidecar))),
            Faces = look.Faces,
            PictureHash = look.PictureHash,
            Recordings = await recordings.LookUpAsync(file.Sha256, look.PictureHash, DateOnly.FromDateTime(now.UtcDateTime), cancellationToken),
            Consent = namesInTexts is null ? new ConsentFacts { Known = false } : known,
            Names = namesInTexts ?? [],
        };
    }

    private async Task<PhotoLook> LookAsync(MediaFile file, CancellationToken cancellationToken)
    {
        if (await looks.FindAsync(file.Sha256!, cancellationToken) is { } seenBefore)
        {
            return seenBefore;
        }

        var look = looker.LookAt(file, cancellationToken);
        looks.Keep(file.Sha256!, look);
        return look;
    }
}
