using System.Globalization;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Screening;
using Spectre.Console;

namespace PublicationGate.App.Output;

/// <summary>A verdict laid out for a person: the photo, what was declared; then clause by clause what was asked, what was found, and what would change it.</summary>
internal sealed class VerdictExplanation(Verdict verdict, DateTimeOffset decidedAt, Explanation explanation, string language)
{
    public void Write()
    {
        var facts = verdict.Facts;
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        void Row(string key, string? value) => grid.AddRow($"[bold]{Say(key)}[/]", Markup.Escape(Printable.Of(value ?? "-")));

        Row("explain.photo", facts.FileName);
        Row("explain.sha256", facts.ContentSha256);
        Row("explain.verdict", $"{verdict.Id}: {Say("outcome." + verdict.Outcome)}, {decidedAt:yyyy-MM-dd HH:mm:ss} UTC");
        Row("explain.channel", Texts.ChannelName(facts.Declaration.Channel).In(language));
        Row("explain.picture", facts.Image is { } image ? Picture(image) : null);
        Row("explain.faces", Count(facts.Faces, facts.Faces.Sure));
        Row("explain.doubtful", Count(facts.Faces, facts.Faces.Doubtful));
        Row("explain.model", string.Join(", ", facts.Faces.Models.Select(model => $"{model.Name} {model.Sha256}")));
        Row("explain.protocol", verdict.ProtocolVersion);
        Row("explain.caption", facts.Declaration.Caption);
        foreach (var pupil in facts.Consent.Pupils)
        {
            Row("explain.pupil", $"{pupil.FirstName} ({pupil.Key}, {pupil.Group}): {Say("explain.in-group")} {AnswerWords.Of(pupil.InGroupPhoto, pupil.InGroupPhotoCause, language)}, {Say("explain.alone")} {AnswerWords.Of(pupil.Individually, pupil.IndividuallyCause, language)}");
        }

        foreach (var adult in facts.Consent.Adults)
        {
            Row("explain.adult", $"{adult.FirstName} ({adult.Key}): {Say("consent-state." + adult.Permission)}");
        }

        foreach (var match in facts.Recordings.Matches)
        {
            Row("explain.recording", $"{match.Id} ({Texts.ChannelName(RecordingRegister.ChannelOf(match.Purpose)).In(language)}): {Say("recording.by." + match.By)}{(match.Likeness is { } alike ? $", {alike.Waves}/63, {alike.Steps}/128" : "")}");
        }

        if (!facts.Recordings.Known)
        {
            Row("explain.recording", Say("explain.recordings-unknown"));
        }

        foreach (var match in facts.TakenBack?.Matches ?? [])
        {
            Row("explain.taken-back", $"{match.Id} ({Say("taken-back.for." + match.For)}): {Say("recording.by." + match.By)}{(match.Likeness is { } alike ? $", {alike.Waves}/63, {alike.Steps}/128" : "")}");
        }

        if (facts.TakenBack is { Known: false })
        {
            Row("explain.taken-back", Say("explain.taken-back-unknown"));
        }

        Row("explain.rules", string.Join(", ", verdict.Rules));
        AnsiConsole.Write(grid);
        AnsiConsole.WriteLine();
        foreach (var clause in explanation.Clauses)
        {
            WriteClause(clause);
        }

        WriteOutcome();
    }

    private void WriteClause(ExplainedClause clause)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{clause.Clause}[/] {Say("explain.asked")}: {Printable.Of(clause.Asked.In(language))}");
        foreach (var finding in clause.Findings)
        {
            AnsiConsole.MarkupLineInterpolated($"   {Say("explain.found")} ({finding.Rule}, {Say("outcome." + finding.Outcome)}): {Printable.Of(finding.Found.In(language))}");
            WriteWays(Say("explain.change"), finding.WaysOut.Select(way => way.In(language)).DefaultIfEmpty(Say("explain.no-change")));
        }

        AnsiConsole.WriteLine();
    }

    private void WriteOutcome()
    {
        if (explanation.Met.Count > 0)
        {
            AnsiConsole.MarkupLineInterpolated($"{Say("explain.met")}: {string.Join(", ", explanation.Met)}");
        }

        if (verdict.Outcome != Rules.Outcome.Approved)
        {
            var ways = explanation.ApprovedWhen.Select(way => string.Join(' ', way.Select(change => change.In(language)))).ToList();
            if (ways.Count == 0)
            {
                AnsiConsole.MarkupLineInterpolated($"{Say("explain.approved-never")}");
                return;
            }

            AnsiConsole.MarkupLineInterpolated($"[bold]{Say("explain.approved-when")}[/]");
            WriteWays(null, ways);
        }
    }

    private static void WriteWays(string? title, IEnumerable<string> ways)
    {
        foreach (var way in ways)
        {
            AnsiConsole.MarkupLineInterpolated($"   {(title is null ? "" : title + ": ")}{Printable.Of(way)}");
        }
    }

    private string Picture(ImageHeader image)
    {
        var format = image.Format == ImageFormat.Webp ? "WebP" : image.Format.ToString().ToUpperInvariant();
        return image.Frames == 1 ? $"{format}, {image.Width} × {image.Height}"
            : Texts.Get("explain.frames", ("format", format), ("width", image.Width), ("height", image.Height), ("frames", image.Frames)).In(language);
    }

    // How many, and with which scores.
    private static string Count(FaceFacts faces, IReadOnlyList<FaceBox> boxes) => faces.Known
        ? boxes.Count == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{boxes.Count} ({string.Join(", ", boxes.Select(box => $"{box.Score:0.00}"))})")
        : "?";

    private string Say(string key) => Texts.Get(key).In(language);
}
