using System.CommandLine;
using PublicationGate.Backup;

namespace PublicationGate.App.Commands;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>: all of a data folder in one file, and back into an empty one.</summary>
internal static class BackupCommand
{
    public static Command Create(GlobalOptions global)
    {
        var file = new Argument<string>("FILE") { Description = global.Text("cli.backup.file") };
        var force = new Option<bool>("--force") { Description = global.Text("cli.backup.force") };
        var command = new Command("backup", global.Text("cli.backup")) { file, force };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var choice = global.DatabaseOf(parsed);
            RefusePostgres(choice);
            var (target, isReplacing) = (parsed.GetValue(file)!, parsed.GetValue(force));
            var manifest = await new GateBackup(TimeProvider.System).WriteAsync(choice.Data.FullName, target, isReplacing, cancellationToken);
            await Console.Out.WriteLineAsync(Texts.Get("backup.written", ("file", target), ("files", manifest.Files.Count), ("size", SizeOf(manifest))).In(language));
            return ExitCodes.AllApproved;
        });
        return command;
    }

    public static Command CreateRestore(GlobalOptions global)
    {
        var file = new Argument<string>("FILE") { Description = global.Text("cli.restore.file") };
        var command = new Command("restore", global.Text("cli.restore")) { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var choice = global.DatabaseOf(parsed);
            RefusePostgres(choice);
            var manifest = await GateRestore.RunAsync(parsed.GetValue(file)!, choice.Data.FullName, cancellationToken);
            var sentence = Texts.Get("backup.restored", ("folder", choice.Data.FullName), ("files", manifest.Files.Count), ("size", SizeOf(manifest)), ("date", $"{manifest.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
            await Console.Out.WriteLineAsync(sentence.In(language));
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static void RefusePostgres(DatabaseChoice choice)
    {
        if (choice.Connection is not null)
        {
            throw new BackupException(Texts.Get("backup.postgres", ("folder", choice.Data.FullName))) { IsMistake = true };
        }
    }

    private static string SizeOf(BackupManifest manifest) => FormattableString.Invariant($"{manifest.Files.Sum(file => file.Bytes) / 1e6:0.0} MB");
}
