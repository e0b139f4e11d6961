using System.CommandLine;
using PublicationGate.App.Output;
using PublicationGate.App.Screening;
using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.App.Commands;

/// <summary><c>screen PATH…</c>: screens files and folders, and prints a verdict for each photo.</summary>
internal static class ScreenCommand
{
    public static Command Create(GlobalOptions global)
    {
        var paths = new Argument<string[]>("PATH") { Description = global.Text("cli.screen.paths"), Arity = ArgumentArity.OneOrMore };
        var channel = new Option<string?>("--channel") { Description = global.Text("cli.screen.channel") };
        channel.AcceptOnlyFromAmong([.. Channels.All]);
        var declaration = new Option<string?>("--declaration") { Description = global.Text("cli.screen.declaration") };
        var register = new Option<string?>("--register") { Description = global.Text("cli.screen.register") };
        var protocol = new Option<string?>("--protocol") { Description = global.Text("cli.screen.protocol") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.screen.json") };
        var overlay = new Option<DirectoryInfo?>("--overlay") { Description = global.Text("cli.screen.overlay") };
        var command = new Command("screen", global.Text("cli.screen")) { paths, channel, declaration, register, protocol, json, overlay };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var given = parsed.GetValue(paths)!;
            var scan = FolderScan.Of(given, parsed.GetValue(declaration), cancellationToken);
            var photos = parsed.GetValue(channel) is { } id ? [.. scan.Photos.Select(photo => photo with { Declaration = photo.Declaration with { Channel = id } })] : scan.Photos;
            var choice = new RunChoice { RegisterFolder = parsed.GetValue(register), ProtocolFile = parsed.GetValue(protocol), Paths = given };
            await using var host = await GateHost.OpenAsync(global.DatabaseOf(parsed), parsed.GetValue(global.Verbose), choice, cancellationToken);
            foreach (var notice in host.Notices(language))
            {
                await Console.Error.WriteLineAsync(notice);
            }

            var run = new ScreeningRun(host.Services, parsed.GetValue(overlay));
            using IVerdictOutput output = parsed.GetValue(json) ? new JsonLines() : new VerdictTable(language, photos.Count, scan.Skipped);
            var worst = Outcome.Approved;
            await foreach (var photo in run.ScreenAsync(photos, cancellationToken))
            {
                output.Write(photo);
                worst = photo.Verdict.Outcome > worst ? photo.Verdict.Outcome : worst;
            }

            output.Finish();
            return worst == Outcome.Approved ? ExitCodes.AllApproved : ExitCodes.HeldOrRejected;
        });
        return command;
    }
}
