using System.CommandLine;
using System.Globalization;
using PublicationGate.App.Output;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>register history KEY</c>: every answer ever given about one pupil.</summary>
internal static class RegisterHistoryCommand
{
    private static readonly string[] Columns =
    [
        "cli.column.date", "cli.column.channel", "cli.column.kind", "cli.column.answer", "cli.column.given-by", "cli.column.how", "cli.column.text", "cli.column.proof", "cli.column.recorded",
    ];

    public static Command Create(GlobalOptions global)
    {
        var key = new Argument<string>("KEY") { Description = global.Text("cli.register.key") };
        var command = new Command("history", global.Text("cli.register.history")) { key };
        command.SetAction((parsed, cancellationToken) => RegisterCommand.WithRegisterAsync(global, parsed, async register =>
        {
            var language = parsed.GetValue(global.Language)!;
            if (await register.HistoryAsync(parsed.GetValue(key)!, cancellationToken) is not (var pupil, var answers))
            {
                throw RegisterCommand.Mistake("KEY", "cli.register.no-such-pupil", ("key", parsed.GetValue(key)!));
            }

            var heading = Texts.Get(answers.Count == 0 ? "cli.register.no-answers" : "cli.register.answers-of", ("name", pupil.FirstName), ("group", pupil.Group), ("count", answers.Count));
            await Console.Out.WriteLineAsync(heading.In(language));
            if (answers.Count == 0)
            {
                return ExitCodes.AllApproved;
            }

            var table = new Table { Border = TableBorder.Horizontal }.AddColumns([.. Columns.Select(column => Texts.Get(column).In(language))]);
            foreach (var answer in answers)
            {
                string[] cells =
                [
                    answer.At is { } at ? Instant(at) : AnswerWords.Of(answer.Date),
                    AnswerWords.OfChannel(answer.Channel, language),
                    AnswerWords.Of(answer.Kind, answer.Scope, language),
                    AnswerWords.Of(answer.IsYes, language),
                    $"{answer.GivenBy} ({AnswerWords.Of(answer.By, language)})",
                    answer.How ?? "-",
                    answer.TextVersion ?? "-",
                    answer.Proof ?? "-",
                    Instant(answer.RecordedAt),
                ];
                table.AddRow([.. cells.Select(cell => Markup.Escape(Printable.Of(cell)))]);
            }

            AnsiConsole.Write(table);
            return ExitCodes.AllApproved;
        }, cancellationToken));
        return command;
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
