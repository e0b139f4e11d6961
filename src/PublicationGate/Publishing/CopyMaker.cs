using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Publishing;

/// <summary>A copy that lies in the store, or why there is none.</summary>
/// <param name="Sha256">Hash of its bytes; empty where there is none.</param>
/// <param name="Stem">How its name begins.</param>
/// <param name="Extension">How its name ends.</param>
/// <param name="Refusal">One of <see cref="NoCopy"/>; null when there is a copy.</param>
internal sealed record MadeCopy(string Sha256, string Stem, string Extension, string? Refusal = null)
{
    public static MadeCopy None(string refusal) => new("", "", "", refusal);
}

/// <summary>Makes the copy of an approved photo as its channel asks, screens it again when anything is concealed in it, and puts it into the store.</summary>
/// <param name="copies">Makes copies.</param>
/// <param name="screening">Screens those that do not show what the original shows.</param>
/// <param name="names">Names them.</param>
internal sealed class CopyMaker(ReleaseCopies copies, CopyScreening screening, CopyNames names)
{
    /// <summary>Makes the copy.</summary>
    /// <exception cref="ContentStoreException">The store does not give the original, or does not take the copy.</exception>
    /// <exception cref="FactMissingException">It could not be screened again for a reason that may pass.</exception>
    /// <exception cref="Imaging.Apart.DecoderUnavailableException">Nothing could be decoded.</exception>
    public async Task<MadeCopy> MakeAsync(IContentStore store, Verdict verdict, Protocol protocol, CancellationToken cancellationToken)
    {
        try
        {
            using var original = await store.ReadAsync(verdict.Facts.ContentSha256!, verdict.Facts.FileName, cancellationToken);
            var copy = copies.Of(original.Content, verdict, protocol.TermsOf(verdict.Facts.Declaration.Channel).Copy, cancellationToken);
            if (verdict.Facts.Review?.Concealed.Count > 0 && (await screening.JudgeAsync(copy.Bytes, copy.Width, verdict, cancellationToken)).Outcome != Outcome.Approved)
            {
                return MadeCopy.None(NoCopy.NotApproved);
            }

            using var bytes = new MemoryStream(copy.Bytes.ToArray());
            var stored = await store.AddAsync(bytes, cancellationToken);
            return stored is { Problem: IntakeProblem.None, Sha256: { } sha256 } ? new(sha256, await names.StemAsync(verdict, cancellationToken), copy.Extension) : MadeCopy.None(NoCopy.NotMade);
        }
        catch (UnreadableImageException broken) when (broken.Problem == ImageProblem.DecoderFailed)
        {
            // Somebody ended the decoder, or the machine was too busy.
            throw new FactMissingException("decoder");
        }
        catch (UnreadableImageException)
        {
            return MadeCopy.None(NoCopy.NotMade);
        }
        catch (StillRecognisableException)
        {
            return MadeCopy.None(NoCopy.StillShows);
        }
    }
}
