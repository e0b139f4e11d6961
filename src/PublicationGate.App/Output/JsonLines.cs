using System.Text.Encodings.Web;
using System.Text.Json;
using PublicationGate.App.Screening;
using PublicationGate.Faces;

namespace PublicationGate.App.Output;

/// <summary>One JSON object a line for each photo, as DESIGN.md lays down; nothing else goes to standard output.</summary>
internal sealed class JsonLines : IVerdictOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly TextWriter output = Console.Out;

    /// <inheritdoc/>
    public void Write(ScreenedPhoto photo)
    {
        var (verdict, faces) = (photo.Verdict, photo.Verdict.Facts.Faces);
        output.WriteLine(JsonSerializer.Serialize(
            new
            {
                id = verdict.Id,
                file = photo.Path,
                sha256 = verdict.Facts.ContentSha256,
                outcome = Lower(verdict.Outcome),
                channel = verdict.Facts.Declaration.Channel,
                // Unknown is not zero.
                faces = new { count = faces.Known ? faces.Sure.Count : (int?)null, doubtful = faces.Known ? faces.Doubtful.Count : (int?)null, boxes = faces.Sure.Concat(faces.Doubtful).Select(Box) },
                findings = verdict.Findings.Select(finding => new { rule = finding.Rule, clause = finding.Clause, outcome = Lower(finding.Outcome), reason = finding.Reason }),
                elapsedMs = Math.Round(photo.Elapsed.TotalMilliseconds),
            },
            Options));
        output.Flush();
    }

    /// <inheritdoc/>
    public void Finish()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

#pragma warning disable CA1308 // The contract of the command line has lower-case words.
    private static string Lower(Rules.Outcome outcome) => outcome.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private static object Box(FaceBox box) =>
        new { x = MathF.Round(box.X, 1), y = MathF.Round(box.Y, 1), width = MathF.Round(box.Width, 1), height = MathF.Round(box.Height, 1), score = MathF.Round(box.Score, 3) };
}
