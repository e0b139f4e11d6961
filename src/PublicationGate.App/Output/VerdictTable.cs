using PublicationGate.App.Screening;
using PublicationGate.Rules;
using PublicationGate.Screening;
using Spectre.Console;

namespace PublicationGate.App.Output;

/// <summary>A progress bar while photos are screened, then a table with a row for each, and a line that sums up.</summary>
internal sealed class VerdictTable : IVerdictOutput
{
    private readonly string language;
    private readonly int skipped;
    private readonly List<ScreenedPhoto> photos = [];
    private readonly ProgressBar progress;

    public VerdictTable(string language, int total, int skipped)
    {
        (this.language, this.skipped) = (language, skipped);
        progress = new ProgressBar(total, Say("cli.screening"));
    }

    /// <inheritdoc/>
    public void Write(ScreenedPhoto photo)
    {
        photos.Add(photo);
        progress.Advance();
    }

    /// <inheritdoc/>
    public void Finish()
    {
        progress.Dispose();
        var console = AnsiConsole.Console;
        if (photos.Count == 0)
        {
            console.MarkupLine(Say("cli.no-photos"));
            return;
        }

        foreach (var folder in photos.GroupBy(photo => Path.GetDirectoryName(photo.Path) ?? ""))
        {
            console.Write(Rows(folder.Key, folder));
        }

        console.MarkupLine(Summary());
    }

    /// <inheritdoc/>
    public void Dispose() => progress.Dispose();

    private Table Rows(string folder, IEnumerable<ScreenedPhoto> rows)
    {
        var table = new Table { Border = TableBorder.Horizontal, Title = new TableTitle(Markup.Escape(Printable.Of(folder)), Style.Parse("bold")), Expand = true };
        table.AddColumn(new TableColumn(Say("cli.column.photo")));
        table.AddColumn(new TableColumn(Say("cli.column.outcome")).NoWrap());
        table.AddColumn(new TableColumn(Say("cli.column.faces")).NoWrap());
        table.AddColumn(new TableColumn(Say("cli.column.reasons")));
        foreach (var photo in rows)
        {
            var outcome = photo.Verdict.Outcome;
            table.AddRow(
                $"{Markup.Escape(Printable.Of(Path.GetFileName(photo.Path)))}\n[dim]{photo.Verdict.Id[..VerdictStore.ShortestId]}[/]",
                $"[{Colour(outcome)}]{Mark(outcome)} {Say("outcome." + outcome)}[/]",
                Faces(photo),
                string.Join('\n', photo.Verdict.Findings.Select(finding => $"[{Colour(finding.Outcome)}]{finding.Clause}[/] {Markup.Escape(Printable.Of(finding.Reason.In(language)))}")));
        }

        return table;
    }

    private string Summary()
    {
        var counts = Enum.GetValues<Outcome>().Select(outcome => $"[{Colour(outcome)}]{photos.Count(photo => photo.Verdict.Outcome == outcome)} {Say("outcome." + outcome)}[/]");
        var left = skipped == 0 ? "" : "  " + Texts.Get("cli.skipped", ("count", skipped)).In(language);
        return $"{Texts.Get(photos.Count == 1 ? "cli.summary-one" : "cli.summary", ("count", photos.Count)).In(language)} {string.Join(", ", counts)}.{left}";
    }

    private static string Faces(ScreenedPhoto photo) => photo.Verdict.Facts.Faces switch
    {
        { Known: false } => "?",
        { Doubtful.Count: 0 } faces => $"{faces.Sure.Count}",
        var faces => $"{faces.Sure.Count} + {faces.Doubtful.Count}?",
    };

    private static string Colour(Outcome outcome) => outcome switch
    {
        Outcome.Approved => "green",
        Outcome.Held => "yellow",
        _ => "red",
    };

    // Colours alone would leave out who cannot tell them apart.
    private static string Mark(Outcome outcome) => outcome switch
    {
        Outcome.Approved => "✓",
        Outcome.Held => "…",
        _ => "✗",
    };

    private string Say(string key) => Texts.Get(key).In(language);
}
