using System.Text.Json;
using PublicationGate.App.Tests.Support;
using PublicationGate.Data;
using PublicationGate.Mailing;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>The verb <c>mail</c>, against a real mail server.</summary>
public class MailCommandTests
{
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder()
    {
        gate = new Gate();
        Directory.CreateDirectory(gate.Data);
    }

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void A_check_signs_in_a_test_message_arrives_and_the_password_is_never_said()
    {
        var none = gate.Run("mail", "check");
        Assert.That((none.ExitCode, none.Out), Is.EqualTo((0, $"Er is geen mailserver ingesteld ({gate.Data}/mail.yaml): brieven wachten.\n")));
        using var server = new SmtpServer("starttls", signsIn: true);
        Set(server, $"ca-file: {server.Certificate}");
        List<GateRun> runs = [gate.Run("mail", "check", "--verbose"), gate.Run("mail", "send-test", "beheer@school.example", "--language", "en", "--verbose"), gate.Run("doctor", "--language", "en")];
        Assert.That(runs[0].Out, Is.EqualTo("127.0.0.1: in orde.\n"));
        Assert.That(runs[1].Out, Is.EqualTo("The mail server took the test message for beheer@school.example.\n"));
        Assert.That(server.Messages.Single().Subject, Is.EqualTo("Test message from Publication Gate"));
        Assert.That(server.SignIns, Is.All.EqualTo("TLS"));
        Assert.That((runs[2].ExitCode, runs[2].Out), Is.EqualTo((0, runs[2].Out)));
        Assert.That(runs[2].Out, Does.Contain("127.0.0.1: fine."));

        Set(server);
        runs.Add(gate.Run("mail", "check", "--language", "en", "--verbose"));
        Assert.That((runs[3].ExitCode, runs[3].Out), Is.EqualTo((3, "127.0.0.1: does not work now (certificate). The mail server has no certificate that can be trusted. Nothing was sent to it, no password either.\n")));
        server.Stop();
        runs.Add(gate.Run("doctor", "--language", "en"));
        Assert.That((runs[4].ExitCode, runs[4].Out.Contains("(connection)", StringComparison.Ordinal)), Is.EqualTo((3, true)));
        Assert.That(runs.Select(run => run.Out + run.Error), Is.All.Not.Contain(SmtpServer.Password));
    }

    [Test]
    public void What_is_set_wrong_is_told_before_anything_starts()
    {
        File.WriteAllText(Path.Combine(gate.Data, "mail.yaml"), "host: mail.school.example\nsecurity: none\nuser: gate\nsecret-variable: PATH\nfrom: gate@school.example\n");
        foreach (var verb in new[] { "mail check", "serve --url http://127.0.0.1:0", "watch ." })
        {
            var run = gate.Run([.. verb.Split(' '), "--language", "en"]);
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, "mail.yaml would send the password over the network unencrypted. Write security: tls or security: starttls.\n")), verb);
        }

        Assert.That(gate.Run("mail", "send-test", "Noor <noor@school.example>").ExitCode, Is.EqualTo(2));
    }

    [TestCase("http://gate.school.example")]
    [TestCase("https://gate.school.example/gate")]
    [TestCase("gate.school.example")]
    public void An_address_for_links_that_cannot_be_is_wrong_usage(string url)
    {
        var run = gate.Run("serve", "--url", "http://127.0.0.1:0", "--public-url", url, "--language", "en");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, $"The setting public-url is '{url}', and must be an address such as https://gate.school.example, without a path.\n")));
    }

    [Test]
    public async Task A_watch_sends_what_waits_before_it_ends_and_what_is_refused_can_be_tried_again_or_dropped()
    {
        using var server = new SmtpServer();
        await WriteAsync("ouder@thuis.example", "weg@thuis.example");
        Assert.That(gate.Run("mail", "list", "--language", "en").Error, Does.Contain("No mail server is set: letters that wait are not sent."));
        File.WriteAllText(Path.Combine(gate.Data, "mail.yaml"), server.Settings());
        server.Answer("RCPT 550 5.1.1 Unknown", "RCPT 550 5.1.1 Unknown");
        Directory.CreateDirectory(gate["in"]);
        Assert.That(gate.Run("watch", "in", "--once").ExitCode, Is.Zero);
        Assert.That(States(), Is.EqualTo(new[] { "dead recipient-550", "dead recipient-550" }));

        Assert.That(gate.Run("mail", "retry").ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("mail", "retry", "9").ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("mail", "retry", "1").Out, Is.EqualTo("1 brief/brieven worden opnieuw geprobeerd.\n"));
        Assert.That(gate.Run("mail", "drop", "2", "--ground", " ").ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("mail", "drop", "2", "--ground", "Verhuisd").Out, Is.EqualTo("Brief 2 vervalt.\n"));
        Assert.That(gate.Run("watch", "in", "--once").ExitCode, Is.Zero);
        Assert.That(server.Messages.Single().To.ToString(), Is.EqualTo("ouder@thuis.example"));
        Assert.That(gate.Run("mail").Out, Is.EqualTo("Er wacht geen brief.\n"));
        Assert.That(States("--all"), Is.EqualTo(new[] { "sent ", "dropped recipient-550" }));
    }

    /// <summary>Writes letters as a stage does.</summary>
    private async Task WriteAsync(params string[] addresses)
    {
        using var database = SqliteGateDatabase.InFile(Path.Combine(gate.Data, "gate.db"));
        await database.MigrateAsync(default);
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(default);
        foreach (var address in addresses)
        {
            await Letters.WriteAsync(db, new LetterDraft("letter-" + address.Split('@')[0], address, "nl", "test"), TimeProvider.System.GetUtcNow(), default);
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private string[] States(params string[] more) => [.. gate.Run(["mail", "list", "--json", .. more]).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement).Select(letter => $"{letter.GetProperty("state").GetString()} {letter.GetProperty("failure").GetString()}")];

    private void Set(SmtpServer server, params string[] more)
    {
        File.WriteAllText(Path.Combine(gate.Data, "mail.yaml"), server.Settings([$"user: {SmtpServer.User}", "secret-file: mail-password", .. more]));
        File.WriteAllText(Path.Combine(gate.Data, "mail-password"), SmtpServer.Password);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(gate.Data, "mail-password"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
