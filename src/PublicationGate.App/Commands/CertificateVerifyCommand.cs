using System.CommandLine;
using System.Text;
using PublicationGate.App.Output;
using PublicationGate.Audit;
using PublicationGate.Publishing.Certificates;

namespace PublicationGate.App.Commands;

/// <summary><c>certificate verify FILE</c>: whether a picture is one that was released, and still may be shown. With keys and list as files it needs neither gate nor network.</summary>
internal static class CertificateVerifyCommand
{
    // A certificate has less than one kilobyte; a list of a hundred thousand, seven megabytes.
    private const int LongestFile = 64 * 1024 * 1024;

    public static Command Create(GlobalOptions global)
    {
        var file = new Argument<FileInfo>("FILE") { Description = global.Text("cli.certificate.verify.file") };
        var certificate = new Option<FileInfo?>("--certificate") { Description = global.Text("cli.certificate.verify.certificate"), HelpName = "FILE" };
        var keys = new Option<FileInfo?>("--keys") { Description = global.Text("cli.certificate.verify.keys"), HelpName = "FILE" };
        var revoked = new Option<FileInfo?>("--revoked") { Description = global.Text("cli.certificate.verify.revoked"), HelpName = "FILE" };
        var channel = new Option<string?>("--channel") { Description = global.Text("cli.certificate.verify.channel") };
        var caption = new Option<string?>("--caption") { Description = global.Text("cli.certificate.verify.caption") };
        var json = new Option<bool>("--json") { Description = global.Text("cli.certificate.verify.json") };
        var command = new Command("verify", global.Text("cli.certificate.verify")) { file, certificate, keys, revoked, channel, caption, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (found, language) = (parsed.GetValue(file)!, parsed.GetValue(global.Language)!);
            var text = Read(parsed.GetValue(certificate) ?? new FileInfo(found.FullName + Certificate.Ending));
            var copy = Bytes(found);
            var books = parsed.GetValue(keys) is { } keyFile ? Given(keyFile, parsed.GetValue(revoked)) : await OfGateAsync(global.DatabaseOf(parsed), parsed.GetValue(revoked), cancellationToken);
            var state = new CertificateCheck(books.Keys, TimeProvider.System).StateOf(copy, text, books.Revoked, parsed.GetValue(channel), parsed.GetValue(caption));
            await WriteAsync(state, Certificate.Read(text), books.Revoked, parsed.GetValue(json), language);
            return state == CertificateState.Valid ? ExitCodes.AllApproved : ExitCodes.HeldOrRejected;
        });
        return command;
    }

    private static Books Given(FileInfo keys, FileInfo? revoked) => new(
        PublicJwk.ReadSet(Read(keys)) ?? throw RegisterCommand.Mistake("--keys", "cli.certificate.no-keys", ("file", Printable.Of(keys.FullName))), revoked is null ? null : Read(revoked));

    // The gate's own books, where no files are given.
    private static async Task<Books> OfGateAsync(DatabaseChoice choice, FileInfo? revoked, CancellationToken cancellationToken)
    {
        if (choice.Connection is null && !File.Exists(choice.File))
        {
            throw RegisterCommand.Mistake("--keys", "cli.certificate.no-gate", ("place", choice.File));
        }

        using var database = await choice.OpenAsync(cancellationToken);
        await using var db = database.CreateDbContext();
        var signer = CertificateSigner.In(choice.Data.FullName, new(), new AuditTrail(TimeProvider.System), TimeProvider.System);
        var list = revoked is null ? (await signer.RevokedAsync(db, cancellationToken)).Write() : Read(revoked);
        return new(await CertificateSigner.KeysAsync(db, cancellationToken), list);
    }

    private static async Task WriteAsync(CertificateState state, Certificate? read, string? revoked, bool asJson, string language)
    {
        var list = state is CertificateState.NotGenuine or CertificateState.ListNotGenuine || revoked is null ? null : RevocationList.Read(revoked);
        if (asJson)
        {
            var shown = state == CertificateState.NotGenuine ? null : read;
            await Console.Out.WriteLineAsync(JsonText.Of(new
            {
                state = Word(state), id = shown?.Id, release = shown?.ReleaseId, channel = shown?.Channel, verdict = shown?.VerdictId, issued = shown?.IssuedAt, expires = shown?.ExpiresAt,
                revokedAt = shown is null ? null : list?.RevokedAt(shown.Id), listOf = list?.At,
            }));
            return;
        }

        var at = state == CertificateState.Revoked ? list!.RevokedAt(read!.Id)! : read?.ExpiresAt;
        await Console.Out.WriteLineAsync(Texts.Get("certificate.state." + state, ("at", at is { } moment ? CertificateCommand.At(moment) : "-")).In(language));
        if (state == CertificateState.Valid)
        {
            await Console.Out.WriteLineAsync(Texts.Get("cli.certificate.about", ("channel", Texts.ChannelName(read!.Channel)), ("issued", CertificateCommand.At(read.IssuedAt)), ("verdict", read.VerdictId)).In(language));
            await Console.Error.WriteLineAsync((list is null ? Texts.Get("cli.certificate.list-not-looked-at") : Texts.Get("cli.certificate.list-of", ("at", CertificateCommand.At(list.At)))).In(language));
        }
    }

    private static string Word(CertificateState state) => state switch
    {
        CertificateState.Valid => "valid",
        CertificateState.Revoked => "revoked",
        CertificateState.Expired => "expired",
        CertificateState.DoesNotFit => "does-not-fit",
        CertificateState.ListNotGenuine => "list-not-genuine",
        _ => "not-genuine",
    };

    // Bytes that are no text become others, and then it is not what was signed.
    private static string Read(FileInfo file) => Encoding.UTF8.GetString(Bytes(file));

    private static byte[] Bytes(FileInfo file) => file switch
    {
        { Exists: false } => throw RegisterCommand.Mistake(file.Name, "cli.certificate.no-file", ("file", Printable.Of(file.FullName))),
        { Length: > LongestFile } => throw RegisterCommand.Mistake(file.Name, "cli.certificate.too-long", ("file", Printable.Of(file.FullName))),
        _ => File.ReadAllBytes(file.FullName),
    };

    private sealed record Books(IReadOnlyCollection<PublicJwk> Keys, string? Revoked);
}
