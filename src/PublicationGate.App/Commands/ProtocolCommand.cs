using System.CommandLine;
using System.Text;
using PublicationGate.App.Output;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Commands;

/// <summary><c>protocol check | use | show | document</c>: the school's protocol file.</summary>
internal static class ProtocolCommand
{
    public static Command Create(GlobalOptions global) => new("protocol", global.Text("cli.protocol")) { Check(global), Use(global), Show(global), Document(global) };

    private static Command Check(GlobalOptions global)
    {
        var file = new Argument<string>("FILE") { Description = global.Text("cli.protocol.file") };
        var command = new Command("check", global.Text("cli.protocol.check")) { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (path, language) = (parsed.GetValue(file)!, parsed.GetValue(global.Language)!);
            var protocol = ProtocolReader.Read(path);
            await Console.Out.WriteLineAsync(Texts.Get("cli.protocol.sound", ("file", path), ("version", Short(protocol.Version))).In(language));
            // Looking at a file makes no database.
            var choice = global.DatabaseOf(parsed);
            if (choice.Connection is null && !File.Exists(choice.File))
            {
                return ExitCodes.AllApproved;
            }

            using var database = await choice.OpenAsync(cancellationToken);
            var inForce = (await new ProtocolHistory(database, TimeProvider.System).InForceAsync(cancellationToken))?.Protocol ?? ProtocolReader.BuiltIn();
            ProtocolView.WriteChanges(ProtocolSettings.Changes(inForce, protocol), language);
            await using var db = database.CreateDbContext();
            await ReplayView.WriteCountsAsync(new VerdictReplay(db, new VerdictStore(db, TimeProvider.System), new RuleList()).UnderAsync(protocol, cancellationToken), language);
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Use(GlobalOptions global)
    {
        var file = new Argument<string>("FILE") { Description = global.Text("cli.protocol.file") };
        var command = new Command("use", global.Text("cli.protocol.use")) { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (data, language) = (parsed.GetValue(global.Data)!, parsed.GetValue(global.Language)!);
            var protocol = ProtocolReader.Read(parsed.GetValue(file)!);
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            var history = new ProtocolHistory(database, TimeProvider.System);
            var ownVersion = await OwnVersionAsync(data, history, cancellationToken);
            await history.UseAsync(protocol, ProtocolSource.ByHand, cancellationToken);
            await Console.Out.WriteLineAsync(Texts.Get("cli.protocol.used", ("school", Printable.Of(protocol.School)), ("version", Short(protocol.Version))).In(language));
            if (ownVersion is not null && ownVersion != protocol.Version)
            {
                await Console.Error.WriteLineAsync(Texts.Get("cli.protocol.folder-differs", ("file", ProtocolChoice.FileIn(data))).In(language));
            }

            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Show(GlobalOptions global)
    {
        var command = new Command("show", global.Text("cli.protocol.show"));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (data, language) = (parsed.GetValue(global.Data)!, parsed.GetValue(global.Language)!);
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            var history = new ProtocolHistory(database, TimeProvider.System);
            var inForce = await history.InForceAsync(cancellationToken);
            await WarnOfOwnFileAsync(data, history, language, cancellationToken);
            new ProtocolView(inForce?.Protocol ?? ProtocolReader.BuiltIn(), inForce?.Act, language).Write();
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Command Document(GlobalOptions global)
    {
        var file = new Argument<string?>("FILE") { Description = global.Text("cli.protocol.target"), Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("document", global.Text("cli.protocol.document")) { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var page = ProtocolDocument.Write(new RuleList(), ProtocolReader.BuiltIn());
            await (parsed.GetValue(file) is { } target ? File.WriteAllTextAsync(target, page, new UTF8Encoding(false), cancellationToken) : Console.Out.WriteAsync(page.AsMemory(), cancellationToken));
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static async Task WarnOfOwnFileAsync(DirectoryInfo data, ProtocolHistory history, string language, CancellationToken cancellationToken)
    {
        var file = ProtocolChoice.FileIn(data);
        try
        {
            if (File.Exists(file) && await history.IsNewAsync(ProtocolReader.Read(file), cancellationToken))
            {
                await Console.Error.WriteLineAsync(Texts.Get("cli.protocol.waiting", ("file", file)).In(language));
            }
        }
        catch (InputErrorsException mistakes)
        {
            foreach (var mistake in mistakes.Errors)
            {
                await Console.Error.WriteLineAsync(mistake.In(language));
            }
        }
    }

    // The file in the data folder counts as seen from now on: otherwise it would look new at the next start and take over again.
    private static async Task<string?> OwnVersionAsync(DirectoryInfo data, ProtocolHistory history, CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(ProtocolChoice.FileIn(data)))
            {
                return null;
            }

            await history.FollowAsync(ProtocolChoice.FileIn(data), cancellationToken);
            return ProtocolReader.Read(ProtocolChoice.FileIn(data)).Version;
        }
        catch (InputErrorsException)
        {
            return null;
        }
    }

    private static string Short(string version) => version[..VerdictStore.ShortestId];
}
