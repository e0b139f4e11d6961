using System.CommandLine;
using PublicationGate.Erasure;

namespace PublicationGate.App.Commands;

/// <summary><c>erase pupil KEY</c>: removes every trace of a pupil, after a question.</summary>
internal static class EraseCommand
{
    private static readonly string[] Agreeing = ["ja", "j", "yes", "y"];

    public static Command Create(GlobalOptions global) => new("erase", global.Text("cli.erase")) { Pupil(global) };

    private static Command Pupil(GlobalOptions global)
    {
        var key = new Argument<string>("KEY") { Description = global.Text("cli.register.key") };
        var dryRun = new Option<bool>("--dry-run") { Description = global.Text("cli.erase.dry-run") };
        var yes = new Option<bool>("--yes") { Description = global.Text("cli.erase.yes") };
        var results = new Option<string[]>("--results") { Description = global.Text("cli.erase.results"), HelpName = "DIR", DefaultValueFactory = _ => [] };
        var gone = new Option<string[]>("--gone") { Description = global.Text("cli.erase.gone"), HelpName = "DIR", DefaultValueFactory = _ => [] };
        var json = new Option<bool>("--json") { Description = global.Text("cli.erase.json") };
        var command = new Command("pupil", global.Text("cli.erase.pupil")) { key, dryRun, yes, results, gone, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (choice, language, asked) = (global.DatabaseOf(parsed), parsed.GetValue(global.Language)!, parsed.GetValue(key)!);
            using var database = await choice.OpenAsync(cancellationToken);
            var erasure = new PersonErasure(database, choice.Data.FullName, parsed.GetValue(results)!, parsed.GetValue(gone)!, TimeProvider.System);
            if (await choice.WaitFor(database).OutliveAsync(() => erasure.PreviewAsync(asked, cancellationToken), cancellationToken) is not { } preview)
            {
                return await FinishAsync(erasure, asked, language, cancellationToken);
            }

            if (parsed.GetValue(dryRun))
            {
                Write(preview, "cli.erase.would", parsed.GetValue(json), language);
                return ExitCodes.AllApproved;
            }

            if (!parsed.GetValue(yes) && !Agrees(preview, language))
            {
                await Console.Error.WriteLineAsync(Texts.Get(Console.IsInputRedirected ? "cli.erase.needs-yes" : "cli.erase.nothing-done").In(language));
                return ExitCodes.WrongUsage;
            }

            if (await choice.WaitFor(database).OutliveAsync(() => erasure.EraseAsync(asked, cancellationToken), cancellationToken) is not { } receipt)
            {
                // The word that it was done got lost on the way, and it was tried again.
                return await FinishAsync(erasure, asked, language, cancellationToken);
            }

            Write(receipt, "cli.erase.done", parsed.GetValue(json), language);
            return await SayFinishedAsync(receipt.IsForgotten, language);
        });
        return command;
    }

    // A pupil who was erased is unknown; what was not finished then is finished now.
    private static async Task<int> FinishAsync(PersonErasure erasure, string key, string language, CancellationToken cancellationToken)
    {
        if (!await erasure.IsUnfinishedAsync(cancellationToken))
        {
            throw RegisterCommand.Mistake("KEY", "cli.register.no-such-pupil", ("key", key));
        }

        var isDone = await erasure.FinishAsync(cancellationToken);
        if (isDone)
        {
            await Console.Out.WriteLineAsync(Texts.Get("cli.erase.finished").In(language));
        }

        return await SayFinishedAsync(isDone, language);
    }

    private static async Task<int> SayFinishedAsync(bool isDone, string language)
    {
        if (isDone)
        {
            return ExitCodes.AllApproved;
        }

        await Console.Error.WriteLineAsync(Texts.Get("cli.erase.unfinished").In(language));
        return ExitCodes.CannotWork;
    }

    private static bool Agrees(ErasureReceipt preview, string language)
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }

        Write(preview, "cli.erase.would", asJson: false, language);
        Console.Out.Write(Texts.Get("cli.erase.sure").In(language) + " ");
        return Agreeing.Contains(Console.In.ReadLine()?.Trim(), StringComparer.OrdinalIgnoreCase);
    }

    private static void Write(ErasureReceipt receipt, string heading, bool asJson, string language)
    {
        if (asJson)
        {
            Console.Out.Write(receipt.Write());
            return;
        }

        Console.Out.WriteLine(Texts.Get(heading, ("subject", receipt.Subject)).In(language));
        foreach (var (what, count) in receipt.Removed.Where(pair => pair.Value > 0))
        {
            Console.Out.WriteLine($"{count,8}  {Texts.Get("erasure.what." + what).In(language)}");
        }

        foreach (var left in receipt.Left)
        {
            Console.Out.WriteLine(left.In(language));
        }

        Console.Out.WriteLine(Texts.Get("cli.erase.outside").In(language));
    }
}
