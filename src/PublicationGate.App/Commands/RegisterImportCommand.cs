using System.CommandLine;
using PublicationGate.App.Output;
using PublicationGate.Consent;

namespace PublicationGate.App.Commands;

/// <summary><c>register import PATH</c>: brings the register up to date from CSV files or an EDEXML file, or tells what that would change.</summary>
internal static class RegisterImportCommand
{
    public static Command Create(GlobalOptions global)
    {
        var source = new Argument<string>("PATH") { Description = global.Text("cli.register.source") };
        var dryRun = new Option<bool>("--dry-run") { Description = global.Text("cli.register.dry-run") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.register.json") };
        var command = new Command("import", global.Text("cli.register.import")) { source, dryRun, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var (path, isDryRun) = (parsed.GetValue(source)!, parsed.GetValue(dryRun));
            var isEdex = path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);
            var content = Read(path, isEdex);
            return RegisterCommand.WithRegisterAsync(global, parsed, async register =>
            {
                var changes = isDryRun ? await register.PreviewAsync(content, cancellationToken) : await register.ImportAsync(content, cancellationToken);
                if (parsed.GetValue(json))
                {
                    await Console.Out.WriteLineAsync(RegisterChangesJson.Write(changes, isDryRun));
                }
                else if (isDryRun)
                {
                    RegisterChangesTable.Write(changes, language);
                    await Console.Out.WriteLineAsync(Numbers("cli.register.would-change", changes).In(language));
                }
                else
                {
                    await Console.Out.WriteLineAsync(Imported(content, isEdex).In(language));
                    if (!changes.IsFirst)
                    {
                        await Console.Out.WriteLineAsync(Numbers("cli.register.changed", changes).In(language));
                    }
                }

                return ExitCodes.AllApproved;
            }, cancellationToken);
        });
        return command;
    }

    private static RegisterContent Read(string path, bool isEdex) =>
        isEdex && File.Exists(path) ? EdexFile.Read(path, RegisterCommand.Today())
        : !isEdex && !File.Exists(path) ? RegisterCsv.Read(path, RegisterCommand.Today())
        : throw RegisterCommand.Mistake(path, "cli.register.no-source");

    private static Text Imported(RegisterContent content, bool isEdex) => isEdex
        ? Texts.Get("cli.register.imported-edex", ("pupils", content.Pupils.Count))
        : Texts.Get("cli.register.imported", ("pupils", content.Pupils.Count), ("answers", content.Answers.Count), ("staff", content.Staff?.Count ?? 0));

    private static Text Numbers(string key, RegisterChanges changes) => Texts.Get(
        key,
        ("new", changes.New.Count),
        ("changed", changes.Changed.Count),
        ("left", changes.Left.Count),
        ("unchanged", changes.Unchanged),
        ("answers", changes.Answers.Count),
        ("known", changes.KnownAnswers));
}
