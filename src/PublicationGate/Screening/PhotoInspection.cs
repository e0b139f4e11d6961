using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Wording;

namespace PublicationGate.Screening;

/// <summary>Gathers the facts of a photo, stage by stage. What a stage cannot find out becomes an unknown, never an exception.</summary>
public sealed class PhotoInspection(PhotoLooker looker, LookStore looks, ConsentLookup consent, TextInspection texts, TimeProvider time)
{
    /// <summary>All facts that the rules need.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<PhotoFacts> InspectAsync(MediaFile file, Declaration declaration, CancellationToken cancellationToken)
    {
        var look = file.Problem == IntakeProblem.None ? await LookAsync(file, cancellationToken) : new PhotoLook();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var known = await consent.LookUpAsync(declaration, today, cancellationToken);
        var wording = await texts.InspectAsync(new PhotoTexts(declaration, file.FileName, file.FolderName, look.Metadata), known.Pupils, cancellationToken);
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
            Metadata = look.Metadata,
            Faces = look.Faces,
            Consent = known,
            Wording = wording,
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
