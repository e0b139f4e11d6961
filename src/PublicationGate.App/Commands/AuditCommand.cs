using System.CommandLine;
using System.Security.Cryptography;
using PublicationGate.App.Output;
using PublicationGate.Audit;

namespace PublicationGate.App.Commands;

/// <summary><c>audit verify | show</c>: whether the audit trail is whole and unchanged, and what it says.</summary>
internal static class AuditCommand
{
    public static Command Create(GlobalOptions global) => new("audit", global.Text("cli.audit")) { Verify(global), Show(global) };

    private static Command Verify(GlobalOptions global)
    {
        var checkpoints = new Option<string?>("--checkpoints") { Description = global.Text("cli.audit.checkpoints"), HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = global.Text("cli.audit.json") };
        var command = new Command("verify", global.Text("cli.audit.verify")) { checkpoints, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (choice, language) = (global.DatabaseOf(parsed), parsed.GetValue(global.Language)!);
            if (parsed.GetValue(checkpoints) is { } given && !Directory.Exists(given))
            {
                throw RegisterCommand.Mistake("--checkpoints", "cli.audit.no-folder", ("folder", given));
            }

            if (choice.Connection is null && !File.Exists(choice.File))
            {
                await Console.Error.WriteLineAsync(Texts.Get("audit.no-database", ("place", choice.File)).In(language));
                return ExitCodes.CannotWork;
            }

            var folder = parsed.GetValue(checkpoints) is { } copy ? CheckpointFolder.In(choice.Data.FullName, copy) : choice.CheckpointFolder;
            try
            {
                // Nothing is made good before it was looked at.
                using var database = await choice.OpenAsync(cancellationToken, makesCheckpoints: false);
                var report = await choice.WaitFor(database).OutliveAsync(() => new AuditVerification(folder).WalkAsync(database, cancellationToken), cancellationToken);
                Write(report, parsed.GetValue(json), language);
                return report.IsSound ? ExitCodes.AllApproved : ExitCodes.HeldOrRejected;
            }
            catch (CryptographicException noKey)
            {
                await Console.Error.WriteLineAsync(Texts.Get("cli.audit.no-key", ("file", noKey.Message)).In(language));
                return ExitCodes.CannotWork;
            }
        });
        return command;
    }

    private static Command Show(GlobalOptions global)
    {
        var since = new Option<string?>("--since") { Description = global.Text("cli.audit.since") };
        var subject = new Option<string?>("--subject") { Description = global.Text("cli.audit.subject") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.audit.json") };
        var command = new Command("show", global.Text("cli.audit.show")) { since, subject, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (language, day) = (parsed.GetValue(global.Language)!, RegisterCommand.DayOf(parsed, since));
            var first = day is null ? (DateTimeOffset?)null : new DateTimeOffset(day.Value.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            await using var db = database.CreateDbContext();
            await foreach (var entry in AuditLines.OfAsync(db, first, parsed.GetValue(subject), cancellationToken))
            {
                await Console.Out.WriteLineAsync(parsed.GetValue(json) ? JsonText.Of(entry) : Printable.Of(AuditLines.Of(entry, language)));
            }

            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static void Write(AuditReport report, bool asJson, string language)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonText.Of(
                new
                {
                    sound = report.IsSound,
                    entries = report.Entries,
                    checkpoints = report.Checkpoints,
                    vouchedTo = report.VouchedTo,
                    firstBad = report.FirstBad,
                    faults = report.FaultCount,
                    told = report.Faults.Select(fault => new { entry = fault.Entry, what = fault.What.In(language) }),
                }));
            return;
        }

        foreach (var fault in report.Faults)
        {
            Console.Out.WriteLine(fault.What.In(language));
        }

        if (report.FaultCount > report.Faults.Count)
        {
            Console.Out.WriteLine(Texts.Get("cli.audit.more", ("count", report.FaultCount - report.Faults.Count)).In(language));
        }

        Console.Out.WriteLine(Texts.Get(report.IsSound ? "cli.audit.sound" : "cli.audit.unsound", ("entries", report.Entries), ("faults", report.FaultCount)).In(language));
        Console.Out.WriteLine(Texts.Get(report.Checkpoints == 0 ? "cli.audit.no-checkpoints" : "cli.audit.vouched", ("checkpoints", report.Checkpoints), ("entry", report.VouchedTo)).In(language));
    }
}
