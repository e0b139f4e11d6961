using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Screens a copy in which somebody was concealed as if it had been submitted with the same declaration: what it shows is counted anew.</summary>
/// <param name="scopes">Gives a gate for each copy.</param>
public sealed class CopyScreening(IServiceScopeFactory scopes)
{
    /// <summary>
    /// The verdict on the copy. Faces are counted in its own bytes; what a reviewer said of places holds there too, but for what was to be concealed: a face that still
    /// shows counts. Findings that the reviewer settled are settled, word for word. Nothing of it is kept.
    /// </summary>
    /// <param name="copy">The bytes that are to leave.</param>
    /// <param name="width">Width of the copy in pixels.</param>
    /// <param name="original">The verdict that approved the original.</param>
    /// <param name="cancellationToken">Ends the screening.</param>
    /// <exception cref="FactMissingException">Something could not be looked up, which may pass: nothing is said of the copy.</exception>
    public async Task<Verdict> JudgeAsync(ReadOnlyMemory<byte> copy, int width, Verdict original, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var stream = new MemoryStream(copy.ToArray());
        using var read = await MediaFile.ReadAsync(stream, original.Facts.FileName, new IntakeOptions(), cancellationToken);
        var review = original.Facts.Review is { } said ? OnCopy(said, (float)width / original.Facts.Image!.Width) : null;
        var facts = await scope.ServiceProvider.GetRequiredService<PhotoInspection>().InspectAsync(read.From(original.Facts.FolderName, []), original.Facts.Declaration, review, cancellationToken);
        if (!facts.IsLookedUp && facts is { IntakeProblem: IntakeProblem.None, ImageProblem: ImageProblem.None or ImageProblem.DecoderFailed })
        {
            throw new FactMissingException("copy");
        }

        return Verdict.Of(facts, scope.ServiceProvider.GetRequiredService<Protocol>(), scope.ServiceProvider.GetRequiredService<RuleList>());
    }

    private static ReviewFacts OnCopy(ReviewFacts review, float scale) =>
        review with { Counted = null, Marks = [.. review.Marks.Where(mark => !mark.IsConcealed).Select(mark => mark with { Box = mark.Box.Scaled(scale) })] };
}
