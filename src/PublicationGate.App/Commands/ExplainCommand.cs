using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.App.Output;
using PublicationGate.Screening;

namespace PublicationGate.App.Commands;

/// <summary><c>explain ID</c>: what a verdict was made from.</summary>
internal static class ExplainCommand
{
    public static Command Create(GlobalOptions global)
    {
        var id = new Argument<string>("ID") { Description = global.Text("cli.explain.id") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.explain.json") };
        var command = new Command("explain", global.Text("cli.explain")) { id, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            await using var host = await GateHost.OpenAsync(global.DatabaseOf(parsed), parsed.GetValue(global.Verbose), new RunChoice(), cancellationToken);
            await using var scope = host.Services.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<VerdictStore>().FindAsync(parsed.GetValue(id)!, cancellationToken) is not { } found)
            {
                await Console.Error.WriteLineAsync(Texts.Get("cli.no-such-verdict", ("id", parsed.GetValue(id)!)).In(language));
                return ExitCodes.WrongUsage;
            }

            if (parsed.GetValue(json))
            {
                await using var output = Console.OpenStandardOutput();
                await output.WriteAsync(Evidence.Write(found.Verdict), cancellationToken);
                output.WriteByte((byte)'\n');
            }
            else
            {
                new VerdictExplanation(found.Verdict, found.DecidedAt, language).Write();
            }

            return ExitCodes.AllApproved;
        });
        return command;
    }
}
