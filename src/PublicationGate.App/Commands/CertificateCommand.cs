using System.CommandLine;
using PublicationGate.Audit;
using PublicationGate.Intake;
using PublicationGate.Publishing.Certificates;

namespace PublicationGate.App.Commands;

/// <summary><c>certificate verify | show | save | renew-key</c>: proof that a picture was released, for those who published it and those who found it.</summary>
internal static class CertificateCommand
{
    public static Command Create(GlobalOptions global) => new("certificate", global.Text("cli.certificate")) { CertificateVerifyCommand.Create(global), Show(global), Save(global), RenewKey(global) };

    private static Command Show(GlobalOptions global)
    {
        var id = new Argument<string>("RELEASE") { Description = global.Text("cli.certificate.release") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.certificate.show.json") };
        var command = new Command("show", global.Text("cli.certificate.show")) { id, json };
        command.SetAction((parsed, cancellationToken) => WithAsync(global, parsed, parsed.GetValue(id)!, async (found, _, language) =>
        {
            if (parsed.GetValue(json))
            {
                await Console.Out.WriteAsync(found.Text);
                return ExitCodes.AllApproved;
            }

            var state = found.RevokedAt is { } revoked ? Texts.Get("cli.certificate.revoked", ("at", At(revoked))) : Texts.Get("cli.certificate.holds", ("at", At(found.Issued.ExpiresAt)));
            var read = Certificate.Read(found.Text!)!;
            await Console.Out.WriteLineAsync(Texts.Get(
                "cli.certificate.shown", ("release", found.Release.Id), ("name", found.Release.CopyName ?? "-"), ("copy", read.CopySha256), ("channel", Texts.ChannelName(read.Channel)), ("verdict", read.VerdictId),
                ("id", read.Id), ("issued", At(read.IssuedAt)), ("state", state)).In(language));
            return ExitCodes.AllApproved;
        }, cancellationToken));
        return command;
    }

    private static Command Save(GlobalOptions global)
    {
        var id = new Argument<string>("RELEASE") { Description = global.Text("cli.certificate.release") };
        var folder = new Argument<DirectoryInfo>("DIR") { Description = global.Text("cli.certificate.save.folder") };
        var command = new Command("save", global.Text("cli.certificate.save")) { id, folder };
        command.SetAction((parsed, cancellationToken) => WithAsync(global, parsed, parsed.GetValue(id)!, async (found, choice, language) =>
        {
            if (found.RevokedAt is not null || found.Release is not { CopySha256: { } sha256, CopyName: { } name })
            {
                await Console.Error.WriteLineAsync(Texts.Get("cli.certificate.no-copy", ("release", found.Release.Id)).In(language));
                return ExitCodes.HeldOrRejected;
            }

            try
            {
                using var store = new ContentStore(choice.Store, new());
                using var copy = await store.ReadAsync(sha256, name, cancellationToken);
                var target = Path.Combine(parsed.GetValue(folder)!.FullName, name);
                await WriteAsync(target, copy.Content, cancellationToken);
                await WriteAsync(target + Certificate.Ending, System.Text.Encoding.UTF8.GetBytes(found.Text!), cancellationToken);
                await Console.Out.WriteLineAsync(target);
                return ExitCodes.AllApproved;
            }
            catch (ContentStoreException failure)
            {
                await Console.Error.WriteLineAsync(failure.Reason.In(language));
                return ExitCodes.CannotWork;
            }
        }, cancellationToken));
        return command;
    }

    private static Command RenewKey(GlobalOptions global)
    {
        var command = new Command("renew-key", global.Text("cli.certificate.renew-key"));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var choice = global.DatabaseOf(parsed);
            using var database = await choice.OpenAsync(cancellationToken);
            await using var db = database.CreateDbContext();
            var signer = CertificateSigner.In(choice.Data.FullName, new(), new AuditTrail(TimeProvider.System), TimeProvider.System);
            var key = await signer.RotateAsync(db, cancellationToken);
            await Console.Out.WriteLineAsync(Texts.Get("cli.certificate.renewed-key", ("key", key)).In(parsed.GetValue(global.Language)!));
            return ExitCodes.AllApproved;
        });
        return command;
    }

    private static async Task<int> WithAsync(GlobalOptions global, ParseResult parsed, string releaseId, Func<CertificateOfRelease, DatabaseChoice, string, Task<int>> action, CancellationToken cancellationToken)
    {
        var (choice, language) = (global.DatabaseOf(parsed), parsed.GetValue(global.Language)!);
        using var database = await choice.OpenAsync(cancellationToken);
        await using var db = database.CreateDbContext();
        if (await CertificateOfRelease.FindAsync(db, releaseId, cancellationToken) is not { Text: not null } found)
        {
            throw RegisterCommand.Mistake("RELEASE", "cli.certificate.no-release", ("release", releaseId));
        }

        return await action(found, choice, language);
    }

    // What is there already stays: it may be another's.
    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew);
        await file.WriteAsync(bytes, cancellationToken);
    }

    internal static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
