using System.CommandLine;
using PublicationGate.App.Output;
using PublicationGate.Rounds;

namespace PublicationGate.App.Commands;

/// <summary><c>rounds list | show ID</c>: rounds of questions to parents, and what came of them.</summary>
internal static class RoundsCommand
{
    public static Command Create(GlobalOptions global) => new("rounds", global.Text("cli.rounds")) { List(global), Show(global) };

    private static Command List(GlobalOptions global)
    {
        var json = new Option<bool>("--json") { Description = global.Text("cli.removals.json") };
        var command = new Command("list", global.Text("cli.rounds.list")) { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            RoundsView.Write(await new RoundBook(database, TimeProvider.System).ListAsync(cancellationToken), parsed.GetValue(json), parsed.GetValue(global.Language)!);
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Show(GlobalOptions global)
    {
        var (id, json) = (new Argument<long>("ID") { Description = global.Text("cli.rounds.id") }, new Option<bool>("--json") { Description = global.Text("cli.removals.json") });
        var command = new Command("show", global.Text("cli.rounds.show")) { id, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            if (await new RoundBook(database, TimeProvider.System).ReadAsync(parsed.GetValue(id), cancellationToken) is not { } result)
            {
                await Console.Error.WriteLineAsync(Texts.Get("round.not-found", ("id", parsed.GetValue(id))).In(parsed.GetValue(global.Language)!));
                return ExitCodes.WrongUsage;
            }

            RoundsView.Write(result, parsed.GetValue(json), parsed.GetValue(global.Language)!);
            return ExitCodes.AllApproved;
        });
        return command;
    }
}
