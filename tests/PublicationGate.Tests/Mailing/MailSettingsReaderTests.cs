using System.Runtime.Versioning;
using PublicationGate.Mailing;
using PublicationGate.Tests.Intake;

namespace PublicationGate.Tests.Mailing;

/// <summary>What <c>mail.yaml</c> may say.</summary>
public class MailSettingsReaderTests
{
    private const string Server = "host: mail.school.example\nfrom: gate@school.example\n";

    private TemporaryFolder data = null!;

    [SetUp]
    public void Make() => data = new();

    [TearDown]
    public void Remove() => data.Dispose();

    [Test]
    public void Without_the_file_there_is_no_mail_server()
    {
        Assert.That(MailSettingsReader.Read(data[""]).IsSet, Is.False);
        Assert.That(Read("# later\n").IsSet, Is.False);
    }

    [TestCase("", 465)]
    [TestCase("security: tls", 465)]
    [TestCase("security: starttls", 587)]
    [TestCase("security: none", 25)]
    [TestCase("port: 2525", 2525)]
    public void The_usual_port_goes_with_the_security(string line, int port)
    {
        var settings = Read(Server + line);
        Assert.That((settings.IsSet, settings.PortInUse, settings.Timeout), Is.EqualTo((true, port, 60)));
    }

    [TestCase("from: gate@school.example", "names no mail server")]
    [TestCase("host: 'two words'\nfrom: gate@school.example", "names no mail server")]
    [TestCase("host: mail.school.example", "must be an e-mail address")]
    [TestCase(Server + "port: 0", "1 to 65535")]
    [TestCase(Server + "timeout: 500", "1 to 120")]
    [TestCase("host: mail.school.example\nfrom: De Regenboog", "from must be")]
    [TestCase(Server + "reply-to: nobody", "reply-to must be")]
    [TestCase(Server + "security: maybe", "line 3")]
    [TestCase(Server + "passwort: x", "line 3")]
    [TestCase(Server + "password: x", "line 3")]
    [TestCase(Server + "host: other.example", "line 3")]
    [TestCase(Server + "user: gate", "secret-file or secret-variable")]
    [TestCase(Server + "user: gate\nsecret-file: a\nsecret-variable: B", "secret-file or secret-variable")]
    [TestCase(Server + "secret-file: a", "without a user")]
    [TestCase(Server + "user: gate\nsecret-file: missing", "cannot be read")]
    [TestCase(Server + "user: gate\nsecret-variable: GATE_NO_SUCH_VARIABLE", "empty or missing")]
    [TestCase(Server + "user: gate\nsecret-variable: PATH\nsecurity: none", "unencrypted")]
    [TestCase(Server + "ca-file: missing.pem", "cannot be read")]
    public void What_cannot_work_is_refused_with_a_sentence(string text, string sentence) =>
        Assert.That(() => Read(text), Throws.TypeOf<MailSettingsException>().With.Message.Contains(sentence));

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void A_password_that_others_can_read_is_refused()
    {
        File.WriteAllText(data["password"], "geheim");
        File.SetUnixFileMode(data["password"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.That(() => Read(Server + "user: gate\nsecret-file: password"), Throws.TypeOf<MailSettingsException>().With.Message.Contains("chmod 600"));
        File.SetUnixFileMode(data["password"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.That(Read(Server + "user: gate\nsecret-file: password").Password, Is.EqualTo("geheim"));
    }

    [TestCase("host: 127.0.0.1\nsecurity: none\nfrom: gate@school.example\nuser: gate\nsecret-variable: PATH")]
    [TestCase("host: localhost\nsecurity: none\nfrom: gate@school.example\nuser: gate\nsecret-variable: PATH")]
    [TestCase(Server + "security: none")]
    public void Without_encryption_a_password_goes_to_this_machine_only(string text) => Assert.That(Read(text).IsSet, Is.True);

    [TestCase("noor@school.example", "noor@school.example")]
    [TestCase("  a.b+c@mail.school.example ", "a.b+c@mail.school.example")]
    [TestCase("noor", null)]
    [TestCase("noor@school", null)]
    [TestCase("noor@@school.example", null)]
    [TestCase("Noor <noor@school.example>", null)]
    [TestCase("noor@school.example, els@school.example", null)]
    [TestCase("noor@school..example", null)]
    [TestCase("noör@school.example", null)]
    [TestCase("noor@school.example\r\nBcc: x@y.example", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void An_address_is_one_that_mail_can_be_sent_to(string? typed, string? address) => Assert.That(MailAddress.Read(typed), Is.EqualTo(address));

    private MailSettings Read(string text)
    {
        File.WriteAllText(data["mail.yaml"], text);
        return MailSettingsReader.Read(data[""]);
    }
}
