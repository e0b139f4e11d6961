using PublicationGate.Rules;
using PublicationGate.Screening;
using Spectre.Console;

namespace PublicationGate.App.Output;

/// <summary>What came of judging stored verdicts again, for people or as JSON lines.</summary>
internal static class ReplayView
{
    /// <summary>Writes which verdicts do not come out as they were kept, and how many do. True when all do.</summary>
    public static async Task<bool> WriteSameAsync(IAsyncEnumerable<ReplayedVerdict> replayed, int erased, bool asJson, string language)
    {
        var (count, unlike) = (0, new List<string>());
        await foreach (var verdict in replayed)
        {
            count++;
            if (!verdict.IsSame)
            {
                unlike.Add(verdict.Kept.Id);
                if (!asJson)
                {
                    var key = verdict.After is null ? "cli.replay.unreadable" : "cli.replay.unlike";
                    await Console.Out.WriteLineAsync(Texts.Get(key, ("id", verdict.Kept.Id), ("file", Printable.Of(verdict.Kept.FileName))).In(language));
                }
            }
        }

        await Console.Out.WriteLineAsync(asJson
            ? JsonText.WithoutNullsOf(new { replayed = count, same = count - unlike.Count, different = unlike, erased = erased > 0 ? erased : (int?)null })
            : Texts.Get("cli.replay.summary", ("same", count - unlike.Count), ("count", count)).In(language));
        if (erased > 0 && !asJson)
        {
            await Console.Out.WriteLineAsync(Texts.Get("cli.replay.erased-count", ("count", erased)).In(language));
        }

        return unlike.Count == 0;
    }

    /// <summary>Writes the verdicts that another protocol would decide otherwise, a row or a JSON line each. True when there is none.</summary>
    public static async Task<bool> WriteChangesAsync(IAsyncEnumerable<ReplayedVerdict> replayed, bool asJson, string language)
    {
        string Say(string key) => Texts.Get(key).In(language);
        var counts = new Counts();
        var table = new Table { Border = TableBorder.Horizontal }.AddColumns(Say("cli.column.id"), Say("cli.column.photo"), Say("cli.column.before"), Say("cli.column.after"), Say("cli.column.clauses"));
        await foreach (var verdict in replayed)
        {
            counts.Add(verdict);
            if (verdict is { IsDecidedOtherwise: true } && asJson)
            {
                await Console.Out.WriteLineAsync(Json(verdict));
            }
            else if (verdict.IsDecidedOtherwise)
            {
                table.AddRow([.. new[]
                {
                    verdict.Kept.Id[..VerdictStore.ShortestId], verdict.Kept.FileName, verdict.Before is { } before ? Say("outcome." + before.Outcome) : "?",
                    verdict.After is { } after ? Say("outcome." + after.Outcome) : "?", $"{Clauses(verdict.Before)} → {Clauses(verdict.After)}",
                }.Select(cell => Markup.Escape(Printable.Of(cell)))]);
            }
        }

        if (!asJson)
        {
            if (counts.Changed > 0)
            {
                AnsiConsole.Write(table);
            }

            await Console.Out.WriteLineAsync(counts.In(language));
        }

        return counts.Changed == 0;
    }

    /// <summary>Writes only how many verdicts another protocol would decide otherwise.</summary>
    public static async Task WriteCountsAsync(IAsyncEnumerable<ReplayedVerdict> replayed, string language)
    {
        var counts = new Counts();
        await foreach (var verdict in replayed)
        {
            counts.Add(verdict);
        }

        await Console.Out.WriteLineAsync(counts.In(language));
    }

    /// <summary>What is left to say of a verdict whose evidence was erased.</summary>
    public static string Erased(StoredVerdict kept, bool asJson, string language) => asJson
        ? JsonText.Of(new { id = kept.Id, outcome = Texts.Get("outcome." + kept.Outcome).En, channel = kept.Channel, decidedAt = kept.DecidedAt, erased = kept.ErasedAt })
        : Texts.Get("cli.erased-verdict", ("id", kept.Id), ("outcome", Texts.Get("outcome." + kept.Outcome)), ("channel", Texts.ChannelName(kept.Channel)),
            ("decided", $"{kept.DecidedAt:yyyy-MM-dd HH:mm} UTC"), ("erased", $"{kept.ErasedAt:yyyy-MM-dd}")).In(language);

    private static string Json(ReplayedVerdict verdict) => JsonText.Of(
        new { id = verdict.Kept.Id, file = verdict.Kept.FileName, channel = verdict.Kept.Channel, before = Side(verdict.Before), after = Side(verdict.After) });

#pragma warning disable CA1308 // The contract of the command line has lower-case words.
    private static object? Side(Verdict? verdict) => verdict is null ? null : new
    {
        outcome = verdict.Outcome.ToString().ToLowerInvariant(),
        clauses = verdict.Findings.Select(finding => finding.Clause).Distinct(),
        findings = verdict.Findings.Select(finding => new { rule = finding.Rule, clause = finding.Clause, outcome = finding.Outcome.ToString().ToLowerInvariant(), reason = finding.Reason }),
    };
#pragma warning restore CA1308

    private static string Clauses(Verdict? verdict) => verdict is null ? "?" : verdict.Findings.Count == 0 ? "-" : string.Join(' ', verdict.Findings.Select(finding => finding.Clause).Distinct());

    private sealed class Counts
    {
        private int all;
        private int stricter;
        private int milder;

        public int Changed { get; private set; }

        public void Add(ReplayedVerdict verdict)
        {
            all++;
            if (verdict.IsDecidedOtherwise)
            {
                var direction = (verdict.After?.Outcome ?? Outcome.Held).CompareTo(verdict.Before?.Outcome ?? Outcome.Held);
                (Changed, stricter, milder) = (Changed + 1, stricter + (direction > 0 ? 1 : 0), milder + (direction < 0 ? 1 : 0));
            }
        }

        public string In(string language) => Texts.Get("cli.replay.changes",
            ("changed", Changed), ("count", all), ("stricter", stricter), ("milder", milder), ("other", Changed - stricter - milder)).In(language);
    }
}
