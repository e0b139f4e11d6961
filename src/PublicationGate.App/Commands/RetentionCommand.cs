using System.CommandLine;
using System.Globalization;
using PublicationGate.App.Output;
using PublicationGate.Audit;
using PublicationGate.Intake;
using PublicationGate.Retention;
using PublicationGate.Rules;
using PublicationGate.Screening;
using Spectre.Console;

namespace PublicationGate.App.Commands;

/// <summary><c>retention</c>: removes what is kept longer than the protocol says, or tells what that would be.</summary>
internal static class RetentionCommand
{
    public static Command Create(GlobalOptions global)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = global.Text("cli.retention.dry-run") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.retention.json") };
        var confirm = new Option<string?>("--confirm-day") { Description = global.Text("cli.retention.confirm"), HelpName = "DATE" };
        var command = new Command("retention", global.Text("cli.retention")) { dryRun, json, confirm };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (language, isDryRun) = (parsed.GetValue(global.Language)!, parsed.GetValue(dryRun));
            var confirmed = ConfirmedDay(parsed, confirm);
            var choice = global.DatabaseOf(parsed);
            using var database = await choice.OpenAsync(cancellationToken);
            var protocol = await ProtocolChoice.MakeAsync(choice.Data, new RunChoice(), new ProtocolHistory(database, TimeProvider.System), cancellationToken);
            foreach (var warning in protocol.Warnings(language))
            {
                await Console.Error.WriteLineAsync(warning);
            }

            var terms = protocol.Protocol.Retention;
            using var store = StoreIn(choice);
            var run = new RetentionRun(database, store, new AuditTrail(TimeProvider.System), TimeProvider.System);
            var plan = isDryRun ? await run.PlanAsync(terms, cancellationToken)
                : await choice.WaitFor(database).OutliveAsync(() => run.RemoveAsync(terms, confirmed, cancellationToken), cancellationToken);
            Write(plan, terms, isDryRun, parsed.GetValue(json), language);
            if (plan.Doubt is null)
            {
                return ExitCodes.AllApproved;
            }

            await Console.Error.WriteLineAsync(plan.Doubt.In(language));
            return isDryRun ? ExitCodes.AllApproved : ExitCodes.CannotWork;
        });
        return command;
    }

    private static DateOnly? ConfirmedDay(ParseResult parsed, Option<string?> confirm)
    {
        var day = RegisterCommand.DayOf(parsed, confirm);
        return day is null || day == RegisterCommand.Today() ? day : throw RegisterCommand.Mistake(confirm.Name, "retention.other-day", ("today", Written(RegisterCommand.Today())));
    }

    // Looking for originals makes no store.
    private static ContentStore? StoreIn(DatabaseChoice choice) => Directory.Exists(choice.Store) ? new ContentStore(choice.Store, new IntakeOptions()) : null;

    private static void Write(RetentionPlan plan, RetentionTerms terms, bool isDryRun, bool asJson, string language)
    {
        var isRemoved = !isDryRun && plan.Doubt is null;
        if (asJson)
        {
            Console.Out.WriteLine(JsonText.Of(
                new
                {
                    removed = isRemoved,
                    originals = plan.Originals.Select(original => new { sha256 = original.Sha256, outcome = original.Outcome.ToString().ToLowerInvariant() }),
                    looks = plan.Looks,
                    verdicts = plan.Verdicts,
                    letters = plan.Letters,
                    leftPupils = plan.LeftPupils.Select(pupil => new { key = pupil.Key, leftOn = pupil.LeftOn }),
                }));
            return;
        }

        var table = new Table { Border = TableBorder.Horizontal }
            .AddColumn(Texts.Get("retention.column.class").In(language)).AddColumn(Texts.Get("retention.column.period").In(language))
            .AddColumn(new TableColumn(Texts.Get(isRemoved ? "retention.column.removed" : "retention.column.due").In(language)).RightAligned());
        foreach (var (key, period) in terms.All)
        {
            var count = plan.CountOf(key).ToString(CultureInfo.InvariantCulture);
            table.AddRow(Texts.Get("retention.class." + key).In(language), PeriodOf(period).In(language), key == "left-pupils" && isRemoved ? Texts.Get("retention.only-told", ("count", count)).In(language) : count);
        }

        AnsiConsole.Write(table);
        foreach (var pupil in plan.LeftPupils)
        {
            Console.Out.WriteLine(Texts.Get("retention.pupil-due", ("key", pupil.Key), ("name", Printable.Of(pupil.FirstName)), ("date", Written(pupil.LeftOn))).In(language));
        }
    }

    private static Text PeriodOf(RetentionPeriod period) =>
        period.Number == 0 ? Texts.Get("retention.unlimited") : Texts.Get(period.IsMonths ? "retention.months" : "retention.days", ("number", period.Number));

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
