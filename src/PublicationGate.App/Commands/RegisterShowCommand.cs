using System.CommandLine;
using System.Globalization;
using PublicationGate.App.Output;
using PublicationGate.Consent;
using PublicationGate.Intake;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>register show</c>: how much the register holds; with a group or a channel, who agrees to what, now or at any instant.</summary>
internal static class RegisterShowCommand
{
    public static Command Create(GlobalOptions global)
    {
        var group = new Option<string?>("--group") { Description = global.Text("cli.register.show.group") };
        var channel = new Option<string?>("--channel") { Description = global.Text("cli.register.show.channel") };
        channel.AcceptOnlyFromAmong([.. Channels.All]);
        var asOf = new Option<string?>("--as-of") { Description = global.Text("cli.register.show.as-of") };
        var protocol = new Option<string?>("--protocol") { Description = global.Text("cli.register.protocol") };
        var command = new Command("show", global.Text("cli.register.show")) { group, channel, asOf, protocol };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var (asked, of) = (parsed.GetValue(channel), parsed.GetValue(group));
            var at = InstantOf(parsed.GetValue(asOf));
            var terms = await RegisterCommand.TermsAsync(global, parsed, parsed.GetValue(protocol), cancellationToken);
            return await RegisterCommand.WithRegisterAsync(global, parsed, async register =>
            {
                if (await register.IsEmptyAsync(cancellationToken))
                {
                    await Console.Out.WriteLineAsync(Texts.Get("cli.register.empty").In(language));
                    return ExitCodes.AllApproved;
                }

                if (asked is null && of is null)
                {
                    WriteCounts(await register.CountsAsync(at.Day(), cancellationToken), language);
                    return ExitCodes.AllApproved;
                }

                var pupils = await register.ConsentOfAsync(of, asked ?? Channels.Default, terms, at, cancellationToken);
                if (pupils.Count == 0 && of is not null)
                {
                    throw RegisterCommand.Mistake("--group", "cli.register.no-such-group", ("group", of));
                }

                var heading = Texts.Get("cli.register.show.heading", ("channel", Texts.ChannelName(asked ?? Channels.Default)), ("asOf", at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)));
                await Console.Out.WriteLineAsync(heading.In(language));
                AnsiConsole.Write(of is null ? Groups(pupils, language) : Pupils(pupils, language));
                return ExitCodes.AllApproved;
            }, cancellationToken);
        });
        return command;
    }

    // A day is meant to its end: what was answered on it counts.
    private static DateTimeOffset InstantOf(string? text)
    {
        if (text is null)
        {
            return RegisterCommand.Now();
        }

        if (RegisterCommand.DayOf(text) is { } day)
        {
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);
        }

        var isInstant = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant);
        return isInstant && text.Length > 10 && RegisterCommand.DayOf(text[..10]) is not null ? instant : throw RegisterCommand.Mistake("--as-of", "register.bad-date", ("value", text));
    }

    private static void WriteCounts(RegisterCounts counts, string language)
    {
        var table = NewTable(language, "cli.column.group", "cli.column.pupils");
        table.Columns[1].RightAligned();
        foreach (var group in counts.Groups)
        {
            table.AddRow(Cell(group.Group), $"{group.Pupils}");
        }

        AnsiConsole.Write(table);
        Console.Out.WriteLine(Texts.Get("cli.register.holds", ("answers", counts.Answers), ("staff", counts.Staff)).In(language));
    }

    private static Table Pupils(IReadOnlyList<PupilConsent> pupils, string language)
    {
        var table = NewTable(language, "cli.column.first-name", "cli.column.key", "cli.column.in-group", "cli.column.alone", "cli.column.name");
        foreach (var pupil in pupils)
        {
            table.AddRow(
                Cell(pupil.FirstName),
                Cell(pupil.Key),
                AnswerWords.Of(pupil.InGroupPhoto, pupil.InGroupPhotoCause, language),
                AnswerWords.Of(pupil.Individually, pupil.IndividuallyCause, language),
                AnswerWords.Of(pupil.Name, cause: null, language));
        }

        return table;
    }

    private static Table Groups(IReadOnlyList<PupilConsent> pupils, string language)
    {
        var table = NewTable(language, "cli.column.group", "cli.column.in-group", "cli.column.alone", "cli.column.name");
        foreach (var group in pupils.GroupBy(pupil => NameFolding.Fold(pupil.Group)))
        {
            table.AddRow(Cell(group.First().Group), Counts(group, pupil => pupil.InGroupPhoto), Counts(group, pupil => pupil.Individually), Counts(group, pupil => pupil.Name));
        }

        return table;

        string Counts(IEnumerable<PupilConsent> of, Func<PupilConsent, ConsentState> state)
        {
            var states = of.Select(state).ToLookup(value => value);
            return Texts.Get("cli.register.show.counts", ("yes", states[ConsentState.Yes].Count()), ("no", states[ConsentState.No].Count()), ("silent", states[ConsentState.Silent].Count())).In(language);
        }
    }

    private static Table NewTable(string language, params string[] columns)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        return table.AddColumns([.. columns.Select(column => Texts.Get(column).In(language))]);
    }

    private static string Cell(string text) => text.Length == 0 ? "-" : Markup.Escape(Printable.Of(text));
}
