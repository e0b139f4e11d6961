using System.CommandLine;
using PublicationGate.Consent;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>register import DIR</c> and <c>register show</c>: the register of pupils, answers and staff in the gate's database.</summary>
internal static class RegisterCommand
{
    public static Command Create(GlobalOptions global) => new("register", global.Text("cli.register")) { Import(global), Show(global) };

    private static Command Import(GlobalOptions global)
    {
        var folder = new Argument<string>("DIR") { Description = global.Text("cli.register.folder") };
        var command = new Command("import", global.Text("cli.register.import")) { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var content = RegisterCsv.Read(parsed.GetValue(folder)!, Today());
            var choice = global.DatabaseOf(parsed);
            using var database = await choice.OpenAsync(cancellationToken);
            await choice.WaitFor(database).OutliveAsync(() => new ConsentRegister(database, TimeProvider.System).ImportAsync(content, cancellationToken), cancellationToken);
            await Console.Out.WriteLineAsync(Texts.Get("cli.register.imported", ("pupils", content.Pupils.Count), ("answers", content.Answers.Count), ("staff", content.Staff.Count))
                .In(parsed.GetValue(global.Language)!));
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Show(GlobalOptions global)
    {
        var command = new Command("show", global.Text("cli.register.show"));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            var register = new ConsentRegister(database, TimeProvider.System);
            if (await register.IsEmptyAsync(cancellationToken))
            {
                await Console.Out.WriteLineAsync(Texts.Get("cli.register.empty").In(language));
                return ExitCodes.AllApproved;
            }

            var counts = await register.CountsAsync(Today(), cancellationToken);
            var table = new Table { Border = TableBorder.Horizontal };
            table.AddColumn(global.Text("cli.column.group")).AddColumn(new TableColumn(global.Text("cli.column.pupils")).RightAligned());
            foreach (var group in counts.Groups)
            {
                table.AddRow(Markup.Escape(group.Group), $"{group.Pupils}");
            }

            AnsiConsole.Write(table);
            await Console.Out.WriteLineAsync(Texts.Get("cli.register.holds", ("answers", counts.Answers), ("staff", counts.Staff)).In(language));
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
}
