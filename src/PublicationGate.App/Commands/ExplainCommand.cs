using System.CommandLine;
using PublicationGate.App.Output;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Commands;

/// <summary><c>explain ID</c>: clause by clause what was asked, what was found, what would change it; and what the verdict was made from.</summary>
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
            var store = scope.ServiceProvider.GetRequiredService<VerdictStore>();
            if (await store.FindErasedAsync(parsed.GetValue(id)!, cancellationToken) is { } erased)
            {
                await Console.Out.WriteLineAsync(ReplayView.Erased(erased, parsed.GetValue(json), language));
                return ExitCodes.AllApproved;
            }

            if (await store.FindAsync(parsed.GetValue(id)!, cancellationToken) is not { } found)
            {
                await Console.Error.WriteLineAsync(Texts.Get("cli.no-such-verdict", ("id", parsed.GetValue(id)!)).In(language));
                return ExitCodes.WrongUsage;
            }

            if (!found.IsIntact)
            {
                await Console.Error.WriteLineAsync(Texts.Get("cli.explain.changed", ("id", found.Verdict.Id)).In(language));
            }

            var protocol = await store.ProtocolOfAsync(found.Verdict, cancellationToken);
            var explanation = Explanation.Of(found.Verdict, protocol, scope.ServiceProvider.GetRequiredService<RuleList>());
            if (parsed.GetValue(json))
            {
                await Console.Out.WriteLineAsync(Evidence.Write(found.Verdict, explanation));
            }
            else
            {
                new VerdictExplanation(found.Verdict, found.DecidedAt, explanation, language).Write();
            }

            return found.IsIntact ? ExitCodes.AllApproved : ExitCodes.HeldOrRejected;
        });
        return command;
    }
}
