using System.CommandLine;
using System.Globalization;
using PublicationGate.App.Output;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>outbox list | retry | drop</c>: what outputs are still to be told of releases.</summary>
internal static class OutboxCommand
{
    public static Command Create(GlobalOptions global) => new("outbox", global.Text("cli.outbox")) { List(global), Retry(global), Drop(global) };

    private static Command List(GlobalOptions global)
    {
        var all = new Option<bool>("--all") { Description = global.Text("cli.outbox.all") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.outbox.json") };
        var command = new Command("list", global.Text("cli.outbox.list")) { all, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var choice = global.DatabaseOf(parsed);
            using var database = await choice.OpenAsync(cancellationToken);
            var events = await Acts(database).ListAsync(parsed.GetValue(all), cancellationToken);
            if (parsed.GetValue(json))
            {
                foreach (var row in events)
                {
                    await Console.Out.WriteLineAsync(AsJson(row));
                }
            }
            else if (events.Count == 0)
            {
                await Console.Out.WriteLineAsync(global.Text("outbox.none"));
            }
            else
            {
                Write(events, global);
                var known = OutputSettingsReader.Read(choice.Data.FullName).Outputs.Select(output => output.Name).ToHashSet();
                foreach (var unset in events.Where(row => row.DueAt is not null).Select(row => row.Output).Distinct().Where(output => !known.Contains(output)))
                {
                    await Console.Error.WriteLineAsync(Texts.Get("outbox.unset", ("output", unset)).In(parsed.GetValue(global.Language)!));
                }
            }

            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Retry(GlobalOptions global)
    {
        var id = new Argument<long?>("ID") { Description = global.Text("cli.outbox.id"), Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--output") { Description = global.Text("cli.outbox.output") };
        var command = new Command("retry", global.Text("cli.outbox.retry")) { id, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (number, name, language) = (parsed.GetValue(id), parsed.GetValue(output), parsed.GetValue(global.Language)!);
            if ((number is null) == (name is null))
            {
                await Console.Error.WriteLineAsync(global.Text("outbox.retry-what"));
                return ExitCodes.WrongUsage;
            }

            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            var count = await Acts(database).RetryAsync(number, name, cancellationToken);
            if (number is { } missing && count == 0)
            {
                await Console.Error.WriteLineAsync(Texts.Get("outbox.no-such", ("id", missing)).In(language));
                return ExitCodes.WrongUsage;
            }

            await Console.Out.WriteLineAsync(Texts.Get("outbox.retried", ("count", count)).In(language));
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Drop(GlobalOptions global)
    {
        var id = new Argument<long>("ID") { Description = global.Text("cli.outbox.id") };
        var ground = new Option<string>("--ground") { Description = global.Text("cli.outbox.ground"), Required = true };
        var command = new Command("drop", global.Text("cli.outbox.drop")) { id, ground };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (number, why) = (parsed.GetValue(id), parsed.GetValue(ground)!);
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            var refusal = string.IsNullOrWhiteSpace(why) ? "outbox.no-ground" : await Acts(database).DropAsync(number, why, cancellationToken) ? null : "outbox.no-such";
            var (stream, key) = refusal is null ? (Console.Out, "outbox.dropped") : (Console.Error, refusal);
            await stream.WriteLineAsync(Texts.Get(key, ("id", number)).In(parsed.GetValue(global.Language)!));
            return refusal is null ? ExitCodes.AllApproved : ExitCodes.WrongUsage;
        });
        return command;
    }

    private static OutboxActs Acts(GateDatabase database) => new(database, new AuditTrail(TimeProvider.System), TimeProvider.System);

    private static void Write(IReadOnlyList<OutboxEvent> events, GlobalOptions global)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        foreach (var column in new[] { "number", "output", "event", "release", "state", "failure", "when" })
        {
            table.AddColumn(global.Text("outbox.column." + column));
        }

        foreach (var row in events)
        {
            var state = global.Text("outbox.state." + row.State).Replace("{attempts}", row.Attempts.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            table.AddRow(
                $"{row.Id}", Markup.Escape(row.Output), global.Text("outbox.kind." + row.Kind), row.ReleaseId, row.State == OutboxState.Dead ? $"[red]{state}[/]" : state, Markup.Escape(row.Failure ?? ""),
                row.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
    }

#pragma warning disable CA1308 // The contract of the command line has lower-case words.
    private static string AsJson(OutboxEvent row) => JsonText.Of(new
    {
        id = row.Id, output = row.Output, kind = row.Kind == OutboxEventKind.Publish ? "publish" : "take-down", key = row.Key, release = row.ReleaseId, submission = row.SubmissionId,
        state = row.State.ToString().ToLowerInvariant(), attempts = row.Attempts, failure = row.Failure, at = row.At, dueAt = row.DueAt, endedAt = row.EndedAt, addresses = RemoteCopy.Read(row.Remote)?.Addresses, ground = row.Ground,
    });
#pragma warning restore CA1308
}
