using System.CommandLine;
using System.Globalization;
using PublicationGate.App.Output;
using PublicationGate.App.Service;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Mailing;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>mail list | check | send-test | retry | drop</c>: the letters that the gate writes, and the server that takes them.</summary>
internal static class MailCommand
{
    public static Command Create(GlobalOptions global)
    {
        var command = new Command("mail", global.Text("cli.mail")) { List(global), Check(global), SendTest(global), Retry(global), Drop(global) };
        command.SetAction((parsed, cancellationToken) => ListAsync(global, parsed, isAll: false, isJson: false, cancellationToken));
        return command;
    }

    private static Command List(GlobalOptions global)
    {
        var all = new Option<bool>("--all") { Description = global.Text("cli.mail.all") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.mail.json") };
        var command = new Command("list", global.Text("cli.mail.list")) { all, json };
        command.SetAction((parsed, cancellationToken) => ListAsync(global, parsed, parsed.GetValue(all), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(GlobalOptions global, ParseResult parsed, bool isAll, bool isJson, CancellationToken cancellationToken)
    {
        var choice = global.DatabaseOf(parsed);
        using var database = await choice.OpenAsync(cancellationToken);
        var letters = await Queue(database).ListAsync(isAll, cancellationToken);
        if (isJson)
        {
            foreach (var letter in letters)
            {
                await Console.Out.WriteLineAsync(AsJson(letter));
            }
        }
        else if (letters.Count == 0)
        {
            await Console.Out.WriteLineAsync(global.Text("mailing.none"));
        }
        else
        {
            Write(letters, global);
            foreach (var why in WhatIsMissing(choice.Data, letters))
            {
                await Console.Error.WriteLineAsync(global.Text(why));
            }
        }

        return ExitCodes.AllApproved;
    }

    private static Command Check(GlobalOptions global)
    {
        var command = new Command("check", global.Text("cli.mail.check"));
        command.SetAction((parsed, cancellationToken) => WithServerAsync(global, parsed, async settings =>
            await MailCheck.ConnectAsync(settings, cancellationToken) is { } failure ? Failed(settings, failure) : (Texts.Get("mailing.check.fine", ("host", settings.Host)), ExitCodes.AllApproved)));
        return command;
    }

    private static Command SendTest(GlobalOptions global)
    {
        var address = new Argument<string>("ADDRESS") { Description = global.Text("cli.mail.address") };
        var command = new Command("send-test", global.Text("cli.mail.send-test")) { address };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            if (MailAddress.Read(parsed.GetValue(address)) is not { } to)
            {
                await Console.Error.WriteLineAsync(Texts.Get("mailing.wrong-address", ("address", Printable.Of(parsed.GetValue(address)!))).In(language));
                return ExitCodes.WrongUsage;
            }

            return await WithServerAsync(global, parsed, async settings => await MailCheck.SendTestAsync(settings, to, language, TimeProvider.System.GetUtcNow(), cancellationToken) is { } failure
                ? Failed(settings, failure)
                : (Texts.Get("mailing.test.sent", ("address", to)), ExitCodes.AllApproved));
        });
        return command;
    }

    private static Command Retry(GlobalOptions global)
    {
        var id = new Argument<long?>("ID") { Description = global.Text("cli.mail.id"), Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = global.Text("cli.mail.retry-all") };
        var command = new Command("retry", global.Text("cli.mail.retry")) { id, all };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (number, language) = (parsed.GetValue(id), parsed.GetValue(global.Language)!);
            if ((number is null) != parsed.GetValue(all))
            {
                await Console.Error.WriteLineAsync(global.Text("mailing.retry-what"));
                return ExitCodes.WrongUsage;
            }

            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            var count = await Queue(database).RetryAsync(number, null, cancellationToken);
            if (number is { } missing && count == 0)
            {
                await Console.Error.WriteLineAsync(Texts.Get("mailing.no-such", ("id", missing)).In(language));
                return ExitCodes.WrongUsage;
            }

            await Console.Out.WriteLineAsync(Texts.Get("mailing.retried", ("count", count)).In(language));
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Drop(GlobalOptions global)
    {
        var id = new Argument<long>("ID") { Description = global.Text("cli.mail.id") };
        var ground = new Option<string>("--ground") { Description = global.Text("cli.mail.ground"), Required = true };
        var command = new Command("drop", global.Text("cli.mail.drop")) { id, ground };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (number, why) = (parsed.GetValue(id), parsed.GetValue(ground)!);
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            var refusal = string.IsNullOrWhiteSpace(why) ? "mailing.no-ground" : await Queue(database).DropAsync(number, why, null, cancellationToken) ? null : "mailing.no-such";
            var (stream, key) = refusal is null ? (Console.Out, "mailing.dropped") : (Console.Error, refusal);
            await stream.WriteLineAsync(Texts.Get(key, ("id", number)).In(parsed.GetValue(global.Language)!));
            return refusal is null ? ExitCodes.AllApproved : ExitCodes.WrongUsage;
        });
        return command;
    }

    private static async Task<int> WithServerAsync(GlobalOptions global, ParseResult parsed, Func<MailSettings, Task<(Text Said, int Code)>> act)
    {
        var (data, language) = (parsed.GetValue(global.Data)!.FullName, parsed.GetValue(global.Language)!);
        var settings = MailSettingsReader.Read(data);
        var (said, code) = settings.IsSet ? await act(settings) : (Texts.Get("mailing.check.none", ("file", Path.Combine(data, DataFolder.Mail))), ExitCodes.AllApproved);
        await Console.Out.WriteLineAsync(said.In(language));
        return code;
    }

    private static (Text, int) Failed(MailSettings settings, string failure) =>
        (Texts.Get("mailing.check.failed", ("host", settings.Host), ("failure", failure), ("what", MailCheck.Explain(failure))), ExitCodes.CannotWork);

    // No letter is sent from here, so it needs no address.
    private static LetterQueue Queue(GateDatabase database) => new(database, new AuditTrail(TimeProvider.System), PublicAddress.Unknown, new MailOptions(), TimeProvider.System);

    private static IEnumerable<string> WhatIsMissing(DirectoryInfo data, IReadOnlyList<Letter> letters)
    {
        var waiting = letters.Where(letter => letter.DueAt is not null).ToList();
        if (waiting.Count > 0 && !MailSettingsReader.Read(data.FullName).IsSet)
        {
            yield return "mailing.waits-for-server";
        }

        if (waiting.Any(letter => letter.Link is not null) && ServiceOptions.PublicAddressIn(data).Root is null)
        {
            yield return "mailing.waits-for-address";
        }
    }

    private static void Write(IReadOnlyList<Letter> letters, GlobalOptions global)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        foreach (var column in new[] { "number", "letter", "to", "state", "failure", "when" })
        {
            table.AddColumn(global.Text("mailing.column." + column));
        }

        foreach (var letter in letters)
        {
            var state = global.Text("mailing.state." + letter.State).Replace("{attempts}", letter.Attempts.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            table.AddRow(
                $"{letter.Id}", Markup.Escape(letter.Kind), Markup.Escape(Printable.Of(letter.To)), letter.State == LetterState.Dead ? $"[red]{state}[/]" : state, Markup.Escape(letter.Failure ?? ""),
                letter.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
    }

#pragma warning disable CA1308 // The contract of the command line has lower-case words.
    private static string AsJson(Letter letter) => JsonText.Of(new
    {
        id = letter.Id, key = letter.Key, kind = letter.Kind, to = letter.To, language = letter.Language, state = letter.State.ToString().ToLowerInvariant(),
        attempts = letter.Attempts, failure = letter.Failure, at = letter.At, dueAt = letter.DueAt, endedAt = letter.EndedAt, ground = letter.Ground,
    });
#pragma warning restore CA1308
}
