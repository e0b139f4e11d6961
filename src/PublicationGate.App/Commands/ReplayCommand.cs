using System.CommandLine;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Screening;

namespace PublicationGate.App.Commands;

/// <summary><c>replay ID</c>: judges the stored evidence of a verdict again and says whether the same comes out.</summary>
internal static class ReplayCommand
{
    public static Command Create(GlobalOptions global)
    {
        var id = new Argument<string>("ID") { Description = global.Text("cli.explain.id") };
        var command = new Command("replay", global.Text("cli.replay")) { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            await using var host = await GateHost.OpenAsync(global.DatabaseOf(parsed), parsed.GetValue(global.Verbose), new RunChoice(), cancellationToken);
            await using var scope = host.Services.CreateAsyncScope();
            var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReplayVerdict(parsed.GetValue(id)!), cancellationToken);
            if (result is null)
            {
                await Console.Error.WriteLineAsync(Texts.Get("cli.no-such-verdict", ("id", parsed.GetValue(id)!)).In(language));
                return ExitCodes.WrongUsage;
            }

            var (stored, replayed) = (Texts.Get("outcome." + result.Stored.Outcome), Texts.Get("outcome." + result.Replayed.Outcome));
            await Console.Out.WriteLineAsync(Texts.Get(result.IsSame ? "cli.replay.same" : "cli.replay.differs", ("id", result.Stored.Id), ("stored", stored), ("replayed", replayed)).In(language));
            return result.IsSame ? ExitCodes.AllApproved : ExitCodes.HeldOrRejected;
        });
        return command;
    }
}
