using PublicationGate.Consent;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Rounds;
using PublicationGate.Rules;
using PublicationGate.TakenBack;
using PublicationGate.Wording;

namespace PublicationGate.Screening;

/// <summary>Gathers the facts of a photo, stage by stage. What a stage cannot find out becomes an unknown, never an exception.</summary>
public sealed class PhotoInspection(
    PhotoLooker looker, LookStore looks, IImageDecoder decoder, ConsentLookup consent, TextInspection texts, RecordingLookup recordings, TakenBackLookup takenBack, RoundLookup rounds, TimeProvider time)
{
    /// <summary>All facts that the rules need.</summary>
    /// <param name="file">The photo.</param>
    /// <param name="declaration">What the submitter says of it.</param>
    /// <param name="review">What a reviewer found or decided; null where nobody did.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<PhotoFacts> InspectAsync(MediaFile file, Declaration declaration, ReviewFacts? review, CancellationToken cancellationToken)
    {
        var look = file.Problem == IntakeProblem.None ? await LookAsync(file, cancellationToken) : new PhotoLook();
        // Sidecars are no part of the bytes that looks are kept by, so they are read each time.
        var travelling = file.Sidecars.Aggregate(look.Metadata, (facts, sidecar) => facts.With(decoder.ReadSidecar(sidecar, cancellationToken)));
        var faces = review?.Correct(look.Faces, look.Image) ?? look.Faces;
        var now = time.GetUtcNow();
        var known = await consent.LookUpAsync(declaration, now, cancellationToken);
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
            Metadata = travelling,
            Faces = faces,
            Review = review is null || ReferenceEquals(faces, look.Faces) ? review : review with { Counted = look.Faces },
            PictureHash = look.PictureHash,
            Recordings = await recordings.LookUpAsync(file.Sha256, look.PictureHash, now.Day(), cancellationToken),
            TakenBack = await takenBack.LookUpAsync(file.Sha256, look.PictureHash, cancellationToken),
            Consent = known,
            Rounds = await rounds.LookUpAsync(declaration, known.Pupils, now, cancellationToken),
            Wording = await texts.InspectAsync(new PhotoTexts(declaration, file.FileName, file.FolderName, travelling), known.Pupils, cancellationToken),
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
