using System.Text.Encodings.Web;
using System.Text.Json;
using PublicationGate.Faces;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>A verdict as one JSON object, in the form that DESIGN.md lays down for programs: on standard output, and beside results.</summary>
public static class VerdictJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object on one line.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="file">The photo as shown to people.</param>
    /// <param name="elapsed">Time from opening the file to the verdict.</param>
    /// <param name="item">Id of what was submitted, for who keeps results apart; null to leave it out.</param>
    public static string Line(Verdict verdict, string file, TimeSpan elapsed, string? item = null)
    {
        var faces = verdict.Facts.Faces;
        var written = JsonSerializer.SerializeToNode(
            new
            {
                id = verdict.Id,
                file,
                sha256 = verdict.Facts.ContentSha256,
                outcome = Lower(verdict.Outcome),
                channel = verdict.Facts.Declaration.Channel,
                // Unknown is not zero.
                faces = new { count = faces.Known ? faces.Sure.Count : (int?)null, doubtful = faces.Known ? faces.Doubtful.Count : (int?)null, boxes = faces.Sure.Concat(faces.Doubtful).Select(Box) },
                findings = verdict.Findings.Select(finding => new { rule = finding.Rule, clause = finding.Clause, outcome = Lower(finding.Outcome), reason = finding.Reason }),
                elapsedMs = Math.Round(elapsed.TotalMilliseconds),
            },
            Options)!.AsObject();
        if (item is not null)
        {
            written["item"] = item;
        }

        return written.ToJsonString(Options);
    }

#pragma warning disable CA1308 // The contract of the command line has lower-case words.
    private static string Lower(Outcome outcome) => outcome.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private static object Box(FaceBox box) =>
        new { x = MathF.Round(box.X, 1), y = MathF.Round(box.Y, 1), width = MathF.Round(box.Width, 1), height = MathF.Round(box.Height, 1), score = MathF.Round(box.Score, 3) };
}
