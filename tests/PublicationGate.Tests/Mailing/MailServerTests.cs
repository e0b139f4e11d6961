using PublicationGate.Mailing;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Mailing;

/// <summary>What keeps the password, and letters with children's names, from whoever listens: against a real mail server.</summary>
public class MailServerTests
{
    private TemporaryFolder data = null!;

    [SetUp]
    public void Make()
    {
        data = new();
        File.WriteAllText(data["password"], SmtpServer.Password + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(data["password"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [TearDown]
    public void Remove() => data.Dispose();

    [TestCase("tls")]
    [TestCase("starttls")]
    public async Task A_server_of_the_schools_own_is_trusted_by_its_certificate_and_gets_the_password_by_tls(string security)
    {
        using var server = new SmtpServer(security, signsIn: true);
        Assert.That(await CheckAsync(server, $"user: {SmtpServer.User}", "secret-file: password", $"ca-file: {server.Certificate}"), Is.Null);
        Assert.That(server.SignIns, Is.EqualTo(new[] { "TLS" }));
        Assert.That(server.Messages, Is.Empty, "nothing is sent");
        var settings = Read(server, $"user: {SmtpServer.User}", "secret-file: password", $"ca-file: {server.Certificate}");
        Assert.That(await MailCheck.SendTestAsync(settings, "beheer@school.example", "nl", TimeProvider.System.GetUtcNow(), default), Is.Null);
        Assert.That(server.Messages.Single().Subject, Is.EqualTo("Proefbericht van Publication Gate"));
    }

    [TestCase("tls")]
    [TestCase("starttls")]
    public async Task A_certificate_that_nobody_trusts_is_refused_before_the_password(string security)
    {
        using var server = new SmtpServer(security, signsIn: true);
        Assert.That(await CheckAsync(server, $"user: {SmtpServer.User}", "secret-file: password"), Is.EqualTo("certificate"));
        Assert.That(server.SignIns, Is.Empty);
    }

    [Test]
    public async Task A_certificate_for_another_name_or_by_another_authority_is_refused()
    {
        using var server = new SmtpServer("tls", signsIn: true);
        using var other = new SmtpServer("tls");
        Assert.That(await CheckAsync(server, $"ca-file: {other.Certificate}"), Is.EqualTo("certificate"));
        File.WriteAllText(data["mail.yaml"], server.Settings($"ca-file: {server.Certificate}").Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        Assert.That(await MailCheck.ConnectAsync(MailSettingsReader.Read(data[""]), default), Is.EqualTo("certificate"));
        Assert.That(server.SignIns, Is.Empty);
    }

    [Test]
    public async Task A_server_without_encryption_gets_nothing_where_encryption_is_set()
    {
        using var server = new SmtpServer(signsIn: true);
        File.WriteAllText(data["mail.yaml"], server.Settings($"user: {SmtpServer.User}", "secret-file: password").Replace("security: none", "security: starttls", StringComparison.Ordinal));
        Assert.That(await MailCheck.ConnectAsync(MailSettingsReader.Read(data[""]), default), Is.EqualTo("no-tls"));
        Assert.That(server.SignIns, Is.Empty);
    }

    [Test]
    public async Task This_machine_may_get_a_password_in_the_clear_and_a_wrong_one_is_told()
    {
        using var server = new SmtpServer(signsIn: true);
        Assert.That(await CheckAsync(server, $"user: {SmtpServer.User}", "secret-file: password"), Is.Null);
        Assert.That(await CheckAsync(server, "user: somebody", "secret-file: password"), Is.EqualTo("sign-in"));
        Assert.That(await MailCheck.SendTestAsync(Read(server), "beheer@school.example", "nl", TimeProvider.System.GetUtcNow(), default), Is.EqualTo("sign-in"), "without a user");
    }

    [TestCase("RCPT 550 5.1.1 No", "recipient-550")]
    [TestCase("RCPT 421 4.3.2 Closing", "server-421")]
    [TestCase("DATA 554 5.7.1 Spam", "message-554")]
    public async Task What_the_server_says_is_told_by_its_number_and_explained(string answer, string failure)
    {
        using var server = new SmtpServer();
        server.Answer(answer);
        Assert.That(await MailCheck.SendTestAsync(Read(server), "beheer@school.example", "en", TimeProvider.System.GetUtcNow(), default), Is.EqualTo(failure));
    }

    [Test]
    public async Task A_server_that_does_not_answer_is_waited_for_no_longer_than_is_set()
    {
        using var server = new SmtpServer();
        server.Answer("DATA hang");
        Assert.That(await MailCheck.SendTestAsync(Read(server, "timeout: 1"), "beheer@school.example", "en", TimeProvider.System.GetUtcNow(), default), Is.EqualTo("timeout"));
    }

    [TestCase("recipient-550")]
    [TestCase("message-451")]
    [TestCase("sender-553")]
    [TestCase("server-421")]
    [TestCase("certificate")]
    [TestCase("sign-in")]
    [TestCase("no-tls")]
    [TestCase("no-text")]
    [TestCase("no-value")]
    [TestCase("no-address")]
    [TestCase("timeout")]
    [TestCase("connection")]
    [TestCase("address")]
    public void Every_failure_is_explained(string code) => Assert.That(MailCheck.Explain(code).Nl, Is.Not.Empty);

    private MailSettings Read(SmtpServer server, params string[] more)
    {
        File.WriteAllText(data["mail.yaml"], server.Settings(more));
        return MailSettingsReader.Read(data[""]);
    }

    private Task<string?> CheckAsync(SmtpServer server, params string[] more) => MailCheck.ConnectAsync(Read(server, more), default);
}
