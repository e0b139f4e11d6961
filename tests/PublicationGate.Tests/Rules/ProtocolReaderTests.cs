using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class ProtocolReaderTests
{
    private const string Right = """
        school: De Proef
        minimum-group: 3
        dominant-face:
          times-next: 2.5
          share: 0.1
          times-sharper: 2
        channels:
          website: { audience: public, open: yes }
          app: { audience: closed, open: no }
        """;

    [Test]
    public void Reads_the_patterns_of_folder_names_where_a_school_wrote_some()
    {
        Assert.That(ProtocolReader.Parse(Right, "p.yaml").FolderNames, Is.SameAs(FolderNames.Default));
        Assert.That(ProtocolReader.Parse(Right + "\nfolder-names: []", "p.yaml").FolderNames.Patterns, Is.Empty);
        Assert.That(ProtocolReader.Parse(Right + "\nfolder-names:\n  - '{group} {any}'\n  - '{date}'", "p.yaml").FolderNames.Patterns, Is.EqualTo(new[] { "{group} {any}", "{date}" }));
    }

    [TestCase("folder-names: ja", "lijst")]
    [TestCase("folder-names: ['{datum}']", "{datum}")]
    public void Refuses_patterns_of_folder_names_that_mean_nothing(string line, string said)
    {
        var thrown = Assert.Throws<InputErrorsException>(() => ProtocolReader.Parse(Right + "\n" + line, "p.yaml"))!;
        Assert.That(thrown.Errors.Single().In("nl"), Does.StartWith("p.yaml:10: folder-names: ").And.Contain(said));
    }

    [Test]
    public void Reads_what_a_school_decided()
    {
        var protocol = ProtocolReader.Parse(Right, "p.yaml");
        Assert.Multiple(() =>
        {
            Assert.That(protocol.School, Is.EqualTo("De Proef"));
            Assert.That(protocol.MinimumGroup, Is.EqualTo(3));
            Assert.That(protocol.DominantFaceTimesNext, Is.EqualTo(2.5));
            Assert.That(protocol.DominantFaceShare, Is.EqualTo(0.1));
            Assert.That(protocol.DominantFaceTimesSharper, Is.EqualTo(2));
            Assert.That(protocol.TermsOf("website"), Has.Property("IsPublic").True.And.Property("IsOpen").True);
            Assert.That(protocol.TermsOf("app"), Has.Property("IsPublic").False.And.Property("IsOpen").False);
            Assert.That(protocol.Yaml, Is.EqualTo(Right));
            Assert.That(protocol.Version, Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Right)))));
        });
    }

    [Test]
    public void A_channel_that_is_not_named_is_public_and_shut() =>
        Assert.That(ProtocolReader.Parse(Right, "p.yaml").TermsOf("instagram"), Has.Property("IsPublic").True.And.Property("IsOpen").False);

    [Test]
    public void The_protocol_of_an_undecided_school_opens_no_social_media()
    {
        var protocol = ProtocolReader.BuiltIn();
        Assert.That(protocol.MinimumGroup, Is.EqualTo(2));
        Assert.That(Channels.All.Where(channel => protocol.TermsOf(channel).IsOpen),
            Is.EquivalentTo(new[] { "website", "website-closed", "app", "newsletter", "school-guide", "information-evening", "class-photo" }));
    }

    [Test]
    public void The_protocol_of_the_samples_is_right() =>
        Assert.That(() => ProtocolReader.Read(TestFiles.InRepository("samples/protocol.yaml")), Throws.Nothing);

    [TestCase("minimum-group: 3", "minimum-group: 1", "p.yaml:2: minimum-group: ")]
    [TestCase("minimum-group: 3", "minimum-group: 2.5", "p.yaml:2: minimum-group: ")]
    [TestCase("minimum-group: 3", "minimum-group: 101", "p.yaml:2: minimum-group: ")]
    [TestCase("minimum-group: 3", "minimum-group: two", "p.yaml:2: minimum-group: ")]
    [TestCase("minimum-group: 3", "minimum-group: NaN", "p.yaml:2: minimum-group: ")]
    [TestCase("minimum-group: 3", "minimum-group: [3]", "p.yaml:2: minimum-group: ")]
    [TestCase("minimum-group: 3\n", "", "p.yaml:1: minimum-group: ")]
    [TestCase("school: De Proef", "school:", "p.yaml:1: school: ")]
    [TestCase("school: De Proef", "schol: De Proef", "p.yaml:1: schol: ", "p.yaml:1: school: ")]
    [TestCase("times-next: 2.5", "times-next: 1", "p.yaml:4: times-next: ")]
    [TestCase("share: 0.1", "share: 1.1", "p.yaml:5: share: ")]
    [TestCase("share: 0.1", "share: 0,1", "p.yaml:5: share: ")]
    [TestCase("times-sharper: 2", "times-sharper: 1", "p.yaml:6: times-sharper: ")]
    [TestCase("  times-sharper: 2\n", "", "p.yaml:3: times-sharper: ")]
    [TestCase("  website:", "  websiet:", "p.yaml:8: websiet: ")]
    [TestCase("audience: public", "audience: everyone", "p.yaml:8: audience: ")]
    [TestCase("open: no", "open: maybe", "p.yaml:9: open: ")]
    [TestCase(", open: no", "", "p.yaml:9: open: ")]
    [TestCase("{ audience: closed, open: no }", "yes", "p.yaml:9: ")]
    public void A_mistake_is_told_by_line_key_and_reason(string right, string wrong, params string[] told) =>
        Assert.That(Errors(Right.Replace(right, wrong, StringComparison.Ordinal)).Select(error => error[..Math.Min(error.Length, told[0].Length)]).First(), Is.EqualTo(told[0]));

    [Test]
    public void All_mistakes_are_told_at_once_in_reading_order() =>
        Assert.That(Errors("""
            school: De Proef
            minimum-group: 0
            colour: blue
            channels:
              facebok: { audience: public, open: yes }
              app: { audience: closed, open: perhaps, shared: yes }
            """).Select(error => error.Split(": ")[0] + " " + error.Split(": ")[1]),
            Is.EqualTo(new[] { "p.yaml:1 dominant-face", "p.yaml:2 minimum-group", "p.yaml:3 colour", "p.yaml:5 facebok", "p.yaml:6 shared", "p.yaml:6 open" }));

    [TestCase("")]
    [TestCase("- een\n- twee")]
    [TestCase("school: a\n---\nschool: b")]
    [TestCase("school: [a")]
    [TestCase("school: a\nschool: b")]
    [TestCase("[a]: 1\n'[ a ]': 2")]
    public void What_is_no_protocol_is_refused(string yaml) => Assert.That(Errors(yaml), Is.Not.Empty);

    [Test]
    public void A_file_that_cannot_be_read_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        folder.Write("latijn.yaml", [.. "school: Zo"u8, 0xEB]);
        Assert.Multiple(() =>
        {
            Assert.That(() => ProtocolReader.Read(folder["weg.yaml"]), Throws.InstanceOf<InputErrorsException>());
            Assert.That(() => ProtocolReader.Read(folder["latijn.yaml"]), Throws.InstanceOf<InputErrorsException>());
        });
    }

    private static string[] Errors(string yaml)
    {
        var refused = Assert.Throws<InputErrorsException>(() => ProtocolReader.Parse(yaml, "p.yaml"));
        Assert.That(refused.Errors.SelectMany(error => new[] { error.Reason.Nl, error.Reason.En }), Is.All.Not.Empty);
        return [.. refused.Errors.Select(error => error.In("en"))];
    }
}
