using System.CommandLine;
using PublicationGate.App.Output;
using PublicationGate.Intake;
using PublicationGate.Watching;

namespace PublicationGate.App.Commands;

/// <summary><c>watch DIR…</c>: screens what comes into folders, until it is stopped.</summary>
internal static class WatchCommand
{
    public static Command Create(GlobalOptions global)
    {
        var folders = new Argument<string[]>("DIR") { Description = global.Text("cli.watch.folders"), Arity = ArgumentArity.OneOrMore };
        var results = new Option<string?>("--results") { Description = global.Text("cli.watch.results") };
        var leave = new Option<bool>("--leave-originals") { Description = global.Text("cli.watch.leave-originals") };
        var once = new Option<bool>("--once") { Description = global.Text("cli.watch.once") };
        var protocol = new Option<string?>("--protocol") { Description = global.Text("cli.screen.protocol") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.watch.json") };
        var command = new Command("watch", global.Text("cli.watch")) { folders, results, leave, once, protocol, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var language = parsed.GetValue(global.Language)!;
            var database = global.DatabaseOf(parsed);
            var options = new FolderWatchOptions
            {
                Inboxes = parsed.GetValue(folders)!,
                DataFolder = database.Data.FullName,
                Results = parsed.GetValue(results),
                LeaveOriginals = parsed.GetValue(leave),
                FollowsProtocol = parsed.GetValue(protocol) is null,
                StopWhenDone = parsed.GetValue(once),
            };
            try
            {
                var choice = new RunChoice { Paths = options.Inboxes, MayBringRegister = false, KeepsOriginals = true, DecodesApart = true, ProtocolFile = parsed.GetValue(protocol) };
                await using var host = await GateHost.OpenAsync(database, parsed.GetValue(global.Verbose), choice, cancellationToken);
                foreach (var notice in host.Notices(language))
                {
                    await Console.Error.WriteLineAsync(notice);
                }

                var output = new WatchOutput(language, parsed.GetValue(json));
                await Console.Error.WriteLineAsync(Texts.Get("watch.started", ("folders", string.Join(", ", options.Inboxes.Select(Printable.Of)))).In(language));
                await new FolderWatch(host.Services, options) { Placed = output.Placed, Told = output.Told }.RunAsync(cancellationToken);
                await Console.Error.WriteLineAsync(output.Summary());
                return ExitCodes.AllApproved;
            }
            catch (WatchRefusedException refused)
            {
                await Console.Error.WriteLineAsync(refused.Reason.In(language));
            }
            catch (ContentStoreException failure)
            {
                await Console.Error.WriteLineAsync(failure.Reason.In(language));
            }
            catch (PublicationGate.Publishing.ResultNotPlacedException failure)
            {
                await Console.Error.WriteLineAsync(failure.Reason.In(language));
            }

            return ExitCodes.CannotWork;
        });
        return command;
    }
}
