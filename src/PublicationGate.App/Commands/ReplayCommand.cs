using System.CommandLine;
using MediatR;
using PublicationGate.App.Output;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Commands;

/// <summary>
/// <c>replay ID</c> and <c>replay --all</c>: judge the stored evidence again and say whether the same comes out. <c>--with FILE</c>: judge
/// it under another protocol and say what would change.
/// </summary>
internal static class ReplayCommand
{
    public static Command Create(GlobalOptions global)
    {
        var id = new Argument<string?>("ID") { Description = global.Text("cli.explain.id"), Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = global.Text("cli.replay.all") };
        var with = new Option<string?>("--with") { Description = global.Text("cli.replay.with"), HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = global.Text("cli.replay.json") };
        var command = new Command("replay", global.Text("cli.replay")) { id, all, with, json };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(id) is null && !parsed.GetValue(all) && parsed.GetResult(with) is null)
            {
                parsed.AddError(global.Text("cli.replay.nothing-asked"));
            }
            else if (parsed.GetValue(id) is not null && parsed.GetValue(all))
            {
                parsed.AddError(global.Text("cli.replay.id-and-all"));
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (language, asJson) = (parsed.GetValue(global.Language)!, parsed.GetValue(json));
            var protocol = parsed.GetValue(with) is { } file ? ProtocolReader.Read(file) : null;
            await using var host = await GateHost.OpenAsync(global.DatabaseOf(parsed), parsed.GetValue(global.Verbose), new RunChoice(), cancellationToken);
            await using var scope = host.Services.CreateAsyncScope();
            var replay = scope.ServiceProvider.GetRequiredService<VerdictReplay>();
            if (parsed.GetValue(id) is not { } one)
            {
                var isQuiet = protocol is null
                    ? await ReplayView.WriteSameAsync(replay.AllAsync(cancellationToken), await replay.ErasedAsync(cancellationToken), asJson, language)
                    : await ReplayView.WriteChangesAsync(replay.UnderAsync(protocol, cancellationToken), asJson, language);
                return isQuiet ? ExitCodes.AllApproved : ExitCodes.HeldOrRejected;
            }

            if (await scope.ServiceProvider.GetRequiredService<VerdictStore>().FindErasedAsync(one, cancellationToken) is { } erased)
            {
                await Console.Out.WriteLineAsync(ReplayView.Erased(erased, asJson, language));
                return ExitCodes.CannotWork;
            }

            if (protocol is null)
            {
                var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReplayVerdict(one), cancellationToken);
                return result is null ? await NoSuchVerdictAsync(one, language) : await WriteAsync(result, asJson, language);
            }

            return await replay.UnderAsync(one, protocol, cancellationToken) is { } judged
                ? await ReplayView.WriteChangesAsync(Only(judged), asJson, language) ? ExitCodes.AllApproved : ExitCodes.HeldOrRejected
                : await NoSuchVerdictAsync(one, language);
        });
        return command;
    }

    private static async Task<int> WriteAsync(ReplayResult result, bool asJson, string language)
    {
        var (stored, replayed) = (Texts.Get("outcome." + result.Stored.Outcome), Texts.Get("outcome." + result.Replayed.Outcome));
        var sentence = Texts.Get(result.IsSame ? "cli.replay.same" : "cli.replay.differs", ("id", result.Stored.Id), ("stored", stored), ("replayed", replayed)).In(language);
        await Console.Out.WriteLineAsync(asJson ? JsonText.Of(new { id = result.Stored.Id, same = result.IsSame }) : sentence);
        return result.IsSame ? ExitCodes.AllApproved : ExitCodes.HeldOrRejected;
    }

    private static async Task<int> NoSuchVerdictAsync(string id, string language)
    {
        await Console.Error.WriteLineAsync(Texts.Get("cli.no-such-verdict", ("id", id)).In(language));
        return ExitCodes.WrongUsage;
    }

    private static async IAsyncEnumerable<ReplayedVerdict> Only(ReplayedVerdict verdict)
    {
        await Task.CompletedTask;
        yield return verdict;
    }
}
