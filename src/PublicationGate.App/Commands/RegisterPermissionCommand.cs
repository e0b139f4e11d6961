using System.CommandLine;
using PublicationGate.App.Output;
using PublicationGate.Consent;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>register permission add</c> and <c>list</c>: permissions of makers and of people quoted, which declarations refer to.</summary>
internal static class RegisterPermissionCommand
{
    public static Command Create(GlobalOptions global) => new("permission", global.Text("cli.register.permission")) { Add(global), List(global) };

    private static Command Add(GlobalOptions global)
    {
        var key = new Argument<string>("KEY") { Description = global.Text("cli.register.permission.key") };
        var subject = new Option<string>("--subject") { Description = global.Text("cli.register.permission.subject"), Required = true };
        subject.AcceptOnlyFromAmong("work", "quote", "repost");
        var givenBy = new Option<string>("--given-by") { Description = global.Text("cli.register.permission.given-by"), Required = true };
        var text = new Option<string>("--text") { Description = global.Text("cli.register.permission.text"), Required = true };
        var date = new Option<string?>("--date") { Description = global.Text("cli.register.permission.date") };
        var until = new Option<string?>("--until") { Description = global.Text("cli.register.permission.until") };
        var command = new Command("add", global.Text("cli.register.permission.add")) { key, subject, givenBy, text, date, until };
        command.SetAction((parsed, cancellationToken) =>
        {
            var permission = new PermissionRecord
            {
                Key = Given("KEY", parsed.GetValue(key)),
                Subject = Enum.Parse<PermissionSubject>(parsed.GetValue(subject)!, ignoreCase: true),
                GivenBy = Given("--given-by", parsed.GetValue(givenBy)),
                Text = Given("--text", parsed.GetValue(text)),
                Date = RegisterCommand.DayOf(parsed, date) ?? RegisterCommand.Today(),
                Until = RegisterCommand.DayOf(parsed, until),
            };
            if (permission.Until < permission.Date)
            {
                throw RegisterCommand.Mistake("--until", "register.bad-period");
            }

            return RegisterCommand.WithRegisterAsync(global, parsed, async register =>
            {
                if (!await register.AddPermissionAsync(permission, cancellationToken))
                {
                    throw RegisterCommand.Mistake("KEY", "cli.register.permission.key-taken", ("key", permission.Key));
                }

                await Console.Out.WriteLineAsync(Texts.Get("cli.register.permission.added", ("key", permission.Key)).In(parsed.GetValue(global.Language)!));
                return ExitCodes.AllApproved;
            }, cancellationToken);
        });
        return command;
    }

    private static Command List(GlobalOptions global)
    {
        var command = new Command("list", global.Text("cli.register.permission.list"));
        command.SetAction((parsed, cancellationToken) => RegisterCommand.WithRegisterAsync(global, parsed, async register =>
        {
            var language = parsed.GetValue(global.Language)!;
            var permissions = await register.PermissionsAsync(cancellationToken);
            if (permissions.Count == 0)
            {
                await Console.Out.WriteLineAsync(Texts.Get("cli.register.permission.none").In(language));
                return ExitCodes.AllApproved;
            }

            string[] columns = ["cli.column.key", "cli.column.subject", "cli.column.given-by", "cli.column.text", "cli.column.period"];
            var table = new Table { Border = TableBorder.Horizontal }.AddColumns([.. columns.Select(column => Texts.Get(column).In(language))]);
            foreach (var permission in permissions)
            {
                string[] cells = [permission.Key, AnswerWords.Of(permission.Subject, language), permission.GivenBy, permission.Text, $"{AnswerWords.Of(permission.Date)} - {(permission.Until is { } until ? AnswerWords.Of(until) : "")}"];
                table.AddRow([.. cells.Select(cell => Markup.Escape(Printable.Of(cell)))]);
            }

            AnsiConsole.Write(table);
            return ExitCodes.AllApproved;
        }, cancellationToken));
        return command;
    }

    private static string Given(string option, string? text) =>
        string.IsNullOrWhiteSpace(text) ? throw RegisterCommand.Mistake(option, "cli.register.answer.empty") : text.Trim();
}
