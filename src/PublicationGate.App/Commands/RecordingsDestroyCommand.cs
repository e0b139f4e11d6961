using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Duties.Destruction;

namespace PublicationGate.App.Commands;

/// <summary><c>recordings destroy ID | destroyed ID | certificate ID</c>: the end of recordings, and the proof of it.</summary>
internal static class RecordingsDestroyCommand
{
    private const string By = "command-line";

    public static Command Destroy(GlobalOptions global)
    {
        var id = Id(global);
        var command = new Command("destroy", global.Text("cli.recordings.destroy")) { id };
        command.SetAction((parsed, cancellationToken) => DestroyAsync(global, parsed, parsed.GetValue(id), null, cancellationToken));
        return command;
    }

    public static Command Destroyed(GlobalOptions global)
    {
        var id = Id(global);
        var proof = new Option<string>("--proof") { Description = global.Text("cli.recordings.proof"), Required = true };
        var command = new Command("destroyed", global.Text("cli.recordings.destroyed")) { id, proof };
        command.SetAction((parsed, cancellationToken) => DestroyAsync(global, parsed, parsed.GetValue(id), parsed.GetValue(proof), cancellationToken));
        return command;
    }

    public static Command Certificate(GlobalOptions global)
    {
        var id = Id(global);
        var command = new Command("certificate", global.Text("cli.recordings.certificate")) { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var number = parsed.GetValue(id);
            using var database = await global.DatabaseOf(parsed).OpenAsync(cancellationToken);
            await using var db = database.CreateDbContext();
            if (await db.Destructions.Where(row => row.RecordingId == number).Select(row => row.Certificate).SingleOrDefaultAsync(cancellationToken) is not { } text)
            {
                await Console.Error.WriteLineAsync(Texts.Get("recording.no-certificate", ("id", number)).In(parsed.GetValue(global.Language)!));
                return ExitCodes.WrongUsage;
            }

            await Console.Out.WriteAsync(text);
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static Argument<long> Id(GlobalOptions global) => new("ID") { Description = global.Text("cli.recordings.id") };

    private static async Task<int> DestroyAsync(GlobalOptions global, ParseResult parsed, long id, string? said, CancellationToken cancellationToken)
    {
        var (choice, language) = (global.DatabaseOf(parsed), parsed.GetValue(global.Language)!);
        using var database = await choice.OpenAsync(cancellationToken);
        var destruction = RecordingDestruction.In(choice.Data.FullName, database, new AuditTrail(TimeProvider.System), TimeProvider.System);
        var (sentence, code) = await DestroyAsync(destruction, id, said, cancellationToken);
        await (code == ExitCodes.AllApproved ? Console.Out : Console.Error).WriteLineAsync(sentence.In(language));
        return code;
    }

    private static async Task<(Text Sentence, int Code)> DestroyAsync(RecordingDestruction destruction, long id, string? said, CancellationToken cancellationToken)
    {
        try
        {
            return await destruction.DestroyAsync(id, said, By, cancellationToken) switch
            {
                null => (Texts.Get("recording.no-such", ("id", id)), ExitCodes.WrongUsage),
                { EndedAt: null } stuck => (Texts.Get("recording.problem." + stuck.Problem), ExitCodes.CannotWork),
                _ => (Texts.Get("recording.was-destroyed", ("id", id)), ExitCodes.AllApproved),
            };
        }
        catch (DestructionRefusedException refused)
        {
            return (refused.Reason, ExitCodes.WrongUsage);
        }
        catch (CryptographicException)
        {
            return (Texts.Get("recording.no-key"), ExitCodes.CannotWork);
        }
    }
}
