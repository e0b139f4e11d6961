using System.CommandLine;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Outputs;

namespace PublicationGate.App.Commands;

/// <summary><c>outputs check | zip</c>: the places that releases go to by themselves, and an album to take along by hand.</summary>
internal static class OutputsCommand
{
    public static Command Create(GlobalOptions global) => new("outputs", global.Text("cli.outputs")) { Check(global), Zip(global) };

    private static Command Check(GlobalOptions global)
    {
        var command = new Command("check", global.Text("cli.outputs.check"));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (data, language) = (parsed.GetValue(global.Data)!.FullName, parsed.GetValue(global.Language)!);
            var outputs = OutputSettingsReader.Read(data);
            if (outputs.Outputs.Count == 0)
            {
                await Console.Out.WriteLineAsync(Texts.Get("output.check.none", ("file", Path.Combine(data, DataFolder.Outputs))).In(language));
            }

            var allWork = true;
            await foreach (var (output, failure) in outputs.CheckAsync(TimeProvider.System, cancellationToken))
            {
                allWork &= failure is null;
                await Console.Out.WriteLineAsync(Texts.Get(failure is null ? "output.check.fine" : "output.check.failed", ("output", output), ("failure", failure ?? "")).In(language));
            }

            return allWork ? ExitCodes.AllApproved : ExitCodes.CannotWork;
        });
        return command;
    }

    private static Command Zip(GlobalOptions global)
    {
        var album = new Argument<string>("ALBUM") { Description = global.Text("cli.outputs.zip.album") };
        var file = new Argument<string>("FILE") { Description = global.Text("cli.outputs.zip.file") };
        var command = new Command("zip", global.Text("cli.outputs.zip")) { album, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (path, language) = (parsed.GetValue(file)!, parsed.GetValue(global.Language)!);
            await using var host = await GateHost.OpenAsync(global.DatabaseOf(parsed), parsed.GetValue(global.Verbose), new RunChoice { KeepsOriginals = true, DecodesApart = true }, cancellationToken);
            int count;
            await using (var zip = new FileStream(path, FileMode.CreateNew))
            {
                count = await host.Services.GetRequiredService<AlbumZip>().WriteAsync(zip, parsed.GetValue(album)!, null, cancellationToken);
            }

            if (count == 0)
            {
                File.Delete(path);
                await Console.Error.WriteLineAsync(global.Text("outbox.zip-none"));
                return ExitCodes.WrongUsage;
            }

            await Console.Out.WriteLineAsync(Texts.Get("outbox.zip-written", ("count", count), ("file", path)).In(language));
            return ExitCodes.AllApproved;
        });
        return command;
    }
}
