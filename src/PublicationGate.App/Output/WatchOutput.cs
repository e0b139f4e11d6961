using PublicationGate.Publishing;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Watching;

namespace PublicationGate.App.Output;

/// <summary>What a watch has to say: a line for each result on standard output; what waits, and what is wrong, on standard error, once each time it comes.</summary>
internal sealed class WatchOutput(string language, bool isJson)
{
    // Files on their way are no news; who waits longer than a copy takes is.
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Outcome, int> counts = [];
    private readonly Lock writing = new();
    private HashSet<string> told = [];
    private bool wasReady = true;

    public void Placed(ScreenedFile file, PlacedResult result)
    {
        lock (writing)
        {
            counts[file.Verdict.Outcome] = counts.GetValueOrDefault(file.Verdict.Outcome) + 1;
            Console.Out.WriteLine(isJson ? VerdictJson.Line(file.Verdict, file.Name, file.Elapsed, file.Item) : Line(file));
            Console.Out.Flush();
        }
    }

    public void Told(WatchState state)
    {
        var now = TimeProvider.System.GetUtcNow();
        var lines = state.Problems.Select(problem => problem.In(language))
            .Concat(state.Troubles.Select(trouble => $"{Printable.Of(trouble.Path)}: {trouble.Reason.In(language)}"))
            .Concat(state.Waiting.Where(file => now - file.Since >= LongWait).Select(file => $"{Printable.Of(file.Path)}: {file.Reason.In(language)}"))
            .ToHashSet();
        foreach (var line in lines.Where(line => !told.Contains(line)))
        {
            Console.Error.WriteLine(line);
        }

        var isReady = state.Problems.Count == 0;
        if (isReady && !wasReady)
        {
            Console.Error.WriteLine(Say("watch.works-again"));
        }

        (told, wasReady) = (lines, isReady);
    }

    /// <summary>How many there were, for the end.</summary>
    public string Summary()
    {
        var all = Enum.GetValues<Outcome>().Select(outcome => $"{counts.GetValueOrDefault(outcome)} {Say("outcome." + outcome)}");
        return Texts.Get("watch.stopped", ("count", string.Join(", ", all))).In(language);
    }

    private string Line(ScreenedFile file)
    {
        var reasons = file.Verdict.Findings.Select(finding => $"{finding.Clause} {Printable.Of(finding.Reason.In(language))}");
        return $"{Mark(file.Verdict.Outcome)} {Say("outcome." + file.Verdict.Outcome)}  {Printable.Of(file.Name)}" + string.Concat(reasons.Select(reason => "\n    " + reason));
    }

    private static string Mark(Outcome outcome) => outcome switch
    {
        Outcome.Approved => "✓",
        Outcome.Held => "…",
        _ => "✗",
    };

    private string Say(string key) => Texts.Get(key).In(language);
}
