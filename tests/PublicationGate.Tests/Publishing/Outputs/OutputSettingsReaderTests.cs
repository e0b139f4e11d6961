using PublicationGate.Publishing.Outputs;
using PublicationGate.Tests.Intake;

namespace PublicationGate.Tests.Publishing.Outputs;

public class OutputSettingsReaderTests
{
    private const string Hook = "{ name: hook, kind: webhook, channels: [app], address: 'https://school.example/hook', secret-file: s }";
    private const string Signing = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private TemporaryFolder data = null!;

    [SetUp]
    public void Make() => data = new TemporaryFolder();

    [TearDown]
    public void Remove() => data.Dispose();

    [Test]
    public void A_gate_without_the_file_or_with_nothing_in_it_has_no_outputs()
    {
        Assert.That(OutputSettingsReader.Read(data.Path).Outputs, Is.Empty);
        File.WriteAllText(data["outputs.yaml"], "# nog niets\n");
        Assert.That(OutputSettingsReader.Read(data.Path).Outputs, Is.Empty);
    }

    [Test]
    public void Reads_outputs_with_their_secrets()
    {
        Secret(Signing + "\n");
        var read = Read(Hook, "{ name: map, kind: folder, channels: ['*'], folder: /srv/uit }", "{ name: site, kind: wordpress, channels: [website], address: 'http://localhost:8080/', user: gate, secret-file: s, draft: true, timeout: 60 }");
        Assert.That(read.Outputs.Select(output => (output.Name, output.Kind, output.Draft, output.Timeout)), Is.EqualTo(new[]
        {
            ("hook", (OutputKind?)OutputKind.Webhook, false, 30), ("map", OutputKind.Folder, false, 30), ("site", OutputKind.Wordpress, true, 60),
        }));
        Assert.That(read.Secrets["hook"], Is.EqualTo(Signing));
        Assert.That((read.Outputs[0].Takes("app"), read.Outputs[0].Takes("website"), read.Outputs[1].Takes("website")), Is.EqualTo((true, false, true)));
    }

    [TestCase("{ name: Hook, kind: folder, channels: [app], folder: /a }", "De naam \"Hook\"")]
    [TestCase("{ name: a, channels: [app], folder: /a }", "geen soort")]
    [TestCase("{ name: a, kind: folder, folder: /a }", "noemt geen kanalen")]
    [TestCase("{ name: a, kind: folder, channels: [krant], folder: /a }", "kanaal dat er niet is: krant")]
    [TestCase("{ name: a, kind: folder, channels: [app], folder: uit }", "volledige pad")]
    [TestCase("{ name: a, kind: folder, channels: [app], folder: /a, timeout: 0 }", "1 tot 300")]
    [TestCase("{ name: a, kind: webhook, channels: [app], address: 'http://school.example/', secret-file: s }", "adres van uitgang")]
    [TestCase("{ name: a, kind: webhook, channels: [app], address: 'https://u:p@school.example/', secret-file: s }", "adres van uitgang")]
    [TestCase("{ name: a, kind: webhook, channels: [app], address: 'https://school.example/' }", "secret-file óf secret-variable")]
    [TestCase("{ name: a, kind: webhook, channels: [app], address: 'https://school.example/', secret-file: ontbreekt }", "niet te lezen")]
    [TestCase("{ name: a, kind: webhook, channels: [app], address: 'https://school.example/', secret-variable: GATE_NO_SUCH }", "leeg of ontbreekt")]
    [TestCase("{ name: a, kind: wordpress, channels: [app], address: 'https://school.example/', secret-file: s }", "naam van het account")]
    [TestCase("{ name: a, kind: folder, channels: [app], folder: /a, kleur: rood }", "regel 2")]
    [TestCase("{ name: a, kind: postduif, channels: [app] }", "regel 2")]
    public void Says_what_is_wrong(string output, string said)
    {
        Secret("geen geheim van Standard Webhooks");
        Assert.That(Assert.Throws<OutputSettingsException>(() => Read(output))!.Reason.Nl, Does.Contain(said));
    }

    [Test]
    public void Two_outputs_do_not_have_one_name()
    {
        Secret(Signing);
        Assert.That(Assert.Throws<OutputSettingsException>(() => Read(Hook, Hook))!.Reason.Nl, Does.Contain("Twee uitgangen"));
    }

    [TestCase("whsec_a29ydA==")]
    [TestCase("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void A_signing_secret_is_one_of_the_specification(string secret)
    {
        Secret(secret);
        var said = Assert.Throws<OutputSettingsException>(() => Read(Hook))!.Reason;
        Assert.That(said.Nl, Does.Contain("whsec_ met daarachter"));
        Assert.That(said.Nl + said.En, Does.Not.Contain(secret));
    }

    [Test]
    public void A_secret_that_others_can_read_is_refused()
    {
        Secret(Signing, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.That(Assert.Throws<OutputSettingsException>(() => Read(Hook))!.Reason.Nl, Does.Contain("chmod 600"));
    }

    private void Secret(string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        File.WriteAllText(data["s"], content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(data["s"], mode);
        }
    }

    private OutputList Read(params string[] outputs)
    {
        File.WriteAllText(data["outputs.yaml"], "outputs:\n" + string.Concat(outputs.Select(output => $"  - {output}\n")));
        return OutputSettingsReader.Read(data.Path);
    }
}
