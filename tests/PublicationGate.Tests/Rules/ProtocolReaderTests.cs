using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Consent;
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
    public void The_consent_text_in_force_is_a_choice()
    {
        Assert.That(ProtocolReader.Parse(Right, "p.yaml").ConsentText, Is.Null);
        Assert.That(ProtocolReader.Parse(Right + "\nconsent-text: \"2026-1\"\n", "p.yaml").ConsentText, Is.EqualTo("2026-1"));
        Assert.That(() => ProtocolReader.Parse(Right + "\nconsent-text:\n", "p.yaml"), Throws.InstanceOf<InputErrorsException>());
    }

    [Test]
    public void Reads_the_patterns_of_folder_names_where_a_school_wrote_some()
    {
        Assert.That(ProtocolReader.Parse(Right, "p.yaml").FolderNames, Is.SameAs(FolderNames.Default));
        Assert.That(ProtocolReader.Parse(Right + "\nfolder-names: []", "p.yaml").FolderNames.Patterns, Is.Empty);
        Assert.That(ProtocolReader.Parse(Right + "\nfolder-names:\n  - '{group} {any}'\n  - '{date}'", "p.yaml").FolderNames.Patterns, Is.EqualTo(new[] { "{group} {any}", "{date}" }));
    }

    [TestCase("folder-names: { a: b }", "")]
    [TestCase("folder-names: ['{datum}']", "{datum}")]
    public void Refuses_patterns_of_folder_names_that_mean_nothing(string line, string said)
    {
        var thrown = Assert.Throws<InputErrorsException>(() => ProtocolReader.Parse(Right + "\n" + line, "p.yaml"))!;
        Assert.That(thrown.Errors.Single().In("nl"), Does.StartWith("p.yaml:10:").And.Contain("folder-names: ").And.Contain(said));
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
    public void Reads_the_schools_own_contacts()
    {
        Assert.That(ProtocolReader.Parse(Right, "p.yaml").OwnContacts, Is.Empty);
        Assert.That(ProtocolReader.Parse(Right + "\nown-contacts: [020-1234567, \"@school.nl\"]", "p.yaml").OwnContacts, Is.EqualTo(new[] { "020-1234567", "@school.nl" }));
        Assert.That(() => ProtocolReader.Parse(Right + "\nown-contacts: { phone: 020-1234567 }", "p.yaml"), Throws.InstanceOf<InputErrorsException>());
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

    [TestCase("minimum-group: 3", "minimum-group: 1", "2:16: minimum-group")]
    [TestCase("minimum-group: 3", "minimum-group: 2.5", "2:16: minimum-group")]
    [TestCase("minimum-group: 3", "minimum-group: 101", "2:16: minimum-group")]
    [TestCase("minimum-group: 3", "minimum-group: two", "2:16: minimum-group")]
    [TestCase("minimum-group: 3", "minimum-group: NaN", "2:16: minimum-group")]
    [TestCase("minimum-group: 3", "minimum-group: [3]", "2:16: minimum-group")]
    [TestCase("minimum-group: 3\n", "", "1:1: minimum-group")]
    [TestCase("school: De Proef", "school:", "1:8: school")]
    [TestCase("school: De Proef", "school: ' '", "1:9: school")]
    [TestCase("school: De Proef", "schol: De Proef", "1:1: schol", "1:1: school")]
    [TestCase("times-next: 2.5", "times-next: 1", "4:15: times-next")]
    [TestCase("share: 0.1", "share: 1.1", "5:10: share")]
    [TestCase("share: 0.1", "share: 0,1", "5:10: share")]
    [TestCase("times-sharper: 2", "times-sharper: 1", "6:18: times-sharper")]
    [TestCase("  times-sharper: 2\n", "", "3:1: times-sharper")]
    [TestCase("  website:", "  websiet:", "8:3: websiet")]
    [TestCase("audience: public", "audience: everyone", "8:24: audience")]
    [TestCase("open: no", "open: maybe", "9:34: open")]
    [TestCase(", open: no", "", "9:3: open")]
    [TestCase(", open: no", ", open: no, open: yes", "9:38: open")]
    [TestCase("{ audience: closed, open: no }", "yes", "9:8: app")]
    [TestCase("open: yes }", "open: yes, kinds: [photo, video] }", "8:58: kinds")]
    [TestCase("open: yes }", "open: yes, kinds: [] }", "8:50: kinds")]
    [TestCase("open: yes }", "open: yes, kinds: [name] }", "8:51: kinds")]
    [TestCase("open: yes }", "open: yes, minimum-group: 1 }", "8:58: minimum-group")]
    [TestCase("open: yes }", "open: yes, portrait: always }", "8:53: portrait")]
    [TestCase("open: yes }", "open: yes, names: full }", "8:50: names")]
    [TestCase("open: yes }", "open: yes, accounts: [[a]] }", "8:54: accounts")]
    [TestCase("open: yes }", "open: yes, accounts: ['@'] }", "8:53: accounts")]
    [TestCase("open: yes }", "open: yes, consent: 0 months }", "8:52: consent")]
    [TestCase("open: yes }", "open: yes, consent: 121 months }", "8:52: consent")]
    [TestCase("open: yes }", "open: yes, consent: 2 years, reminder: 3 days }", "8:52: consent")]
    [TestCase("open: yes }", "open: yes, consent: 12 months, reminder: 366 days }", "8:73: reminder")]
    [TestCase("open: yes }", "open: yes, consent: 12 months, reminder: 30 }", "8:73: reminder")]
    [TestCase("open: yes }", "open: yes, reminder: 30 days }", "8:53: reminder")]
    [TestCase("open: yes }", "open: yes, agreement: { by: Ans, on: 2026-02-30, text: ok } }", "8:69: on")]
    [TestCase("open: yes }", "open: yes, agreement: { by: Ans, on: 2026-02-03 } }", "8:43: text")]
    [TestCase("open: yes }", "open: yes, agreement: Ans }", "8:54: agreement")]
    [TestCase("  app:", "  facebook: { audience: public, open: yes }\n  app:", "9:39: open")]
    [TestCase("  app:", "  x: { audience: public, open: yes, agreement: { by: Ans, on: 2026-09-01 } }\n  app:", "9:37: text")]
    [TestCase("school: De Proef", "clauses: { P9: { nl: a, en: b } }\nschool: De Proef", "1:12: P9")]
    [TestCase("school: De Proef", "clauses: { P4: { nl: a } }\nschool: De Proef", "1:12: en")]
    [TestCase("school: De Proef", "cameras: [{ make: Canon }]\nschool: De Proef", "1:11: A camera has 'make' and 'model' (and 'serial' if need be), or 'folder' alone.")]
    [TestCase("school: De Proef", "cameras: [{ folder: a, model: b }]\nschool: De Proef", "1:11: A camera has 'make' and 'model' (and 'serial' if need be), or 'folder' alone.")]
    [TestCase("school: De Proef", "makers: []\nschool: De Proef", "1:9: makers")]
    [TestCase("school: De Proef", "silence: yes\nschool: De Proef", "1:1: silence")]
    public void A_mistake_is_told_by_line_place_and_key(string right, string wrong, params string[] told) =>
        Assert.That(Errors(Right.Replace(right, wrong, StringComparison.Ordinal)).Select(Place), Is.EqualTo(told));

    [Test]
    public void All_mistakes_are_told_at_once_in_reading_order() =>
        Assert.That(Errors("""
            school: De Proef
            minimum-group: 0
            colour: blue
            channels:
              facebok: { audience: public, open: yes }
              app: { audience: closed, open: perhaps, shared: yes }
              app: { audience: closed, open: yes }
            """).Select(Place),
            Is.EqualTo(new[] { "1:1: dominant-face", "2:16: minimum-group", "3:1: colour", "5:3: facebok", "6:34: open", "6:43: shared", "7:3: app" }));

    [Test]
    public void Reads_all_that_a_channel_may_have()
    {
        var protocol = ProtocolReader.Parse(Right + """

              facebook:
                audience: public
                open: yes
                kinds: [film, photo]
                minimum-group: 5
                portrait: never
                names: with-permission
                accounts: ['@DeProef', De  Proéf groep 8, deproef]
                consent: 12 months
                reminder: 30 days
                agreement: { by: Ans de Wit, on: 2026-09-01, text: voorwaarden gelezen }
              youtube: { audience: public, open: no, consent: school-year, kinds: film, names: none }
            clauses:
              P4: { nl: Samen., en: Together. }
            cameras:
              - { make: Canon, model: EOS R50, serial: "012" }
              - { make: Nikon, model: Z30 }
              - { folder: schoolcamera }
            makers: [De Proef, Ouderraad]
            """, "p.yaml");
        var (facebook, youtube, app) = (protocol.TermsOf("facebook"), protocol.TermsOf("youtube"), protocol.TermsOf("app"));
        Assert.Multiple(() =>
        {
            Assert.That(facebook.Kinds, Is.EqualTo(new[] { MediaKind.Photo, MediaKind.Film }));
            Assert.That((facebook.MinimumGroup, facebook.AllowsPortraits, facebook.Names), Is.EqualTo(((int?)5, false, NamesAllowed.WithPermission)));
            Assert.That(facebook.Accounts, Is.EqualTo(new[] { "deproef", "de proef groep 8" }));
            Assert.That((facebook.ConsentLifetime, facebook.Reminder), Is.EqualTo((new ConsentLifetime(ConsentLifetimeKind.Months, 12), (int?)30)));
            Assert.That(facebook.Agreement, Is.EqualTo(new PlatformAgreement("Ans de Wit", new DateOnly(2026, 9, 1), "voorwaarden gelezen")));
            Assert.That((youtube.ConsentLifetime.Kind, youtube.Names, youtube.Kinds.Single()), Is.EqualTo((ConsentLifetimeKind.SchoolYear, NamesAllowed.None, MediaKind.Film)));
            Assert.That((app.Kinds.Count, app.MinimumGroup, app.AllowsPortraits, app.Names, app.Accounts.Count, app.ConsentLifetime, app.Reminder, app.Agreement),
                Is.EqualTo((3, (int?)null, true, NamesAllowed.FirstNames, 0, ConsentLifetime.Unlimited, (int?)null, (PlatformAgreement?)null)));
            Assert.That((protocol.MinimumGroupOn("facebook"), protocol.MinimumGroupOn("website"), protocol.MinimumGroupOn("app")), Is.EqualTo((5, 3, 0)));
            Assert.That((protocol.ShortTextOf("P4").Nl, protocol.ShortTextOf("P3")), Is.EqualTo(("Samen.", Clause.Of("P3").Asks)));
            Assert.That(protocol.Cameras, Is.EqualTo(new SchoolCamera[] { new("Canon", "EOS R50", "012", null), new("Nikon", "Z30", null, null), new(null, null, null, "schoolcamera") }));
            Assert.That(protocol.Makers, Is.EqualTo(new[] { "De Proef", "Ouderraad" }));
        });
    }

    [TestCaseSource(typeof(ChannelTermsReader), nameof(ChannelTermsReader.SocialMedia))]
    public void A_platform_opens_only_with_an_agreement_but_a_file_that_was_accepted_before_stays_readable(string channel)
    {
        var open = Right + $"\n  {channel}: {{ audience: public, open: yes }}\n";
        Assert.Multiple(() =>
        {
            Assert.That(Errors(open), Has.Length.EqualTo(1));
            Assert.That(ProtocolReader.ParseKept(open, "v").TermsOf(channel).IsOpen, Is.True);
            Assert.That(ProtocolReader.Parse(open.TrimEnd('\n', ' ', '}') + ", agreement: { by: Ans, on: 2026-09-01, text: ok } }", "p").TermsOf(channel).IsOpen, Is.True);
        });
    }

    [Test]
    public void Follows_a_reference_without_copying_it() =>
        Assert.That(ProtocolReader.Parse(Right.Replace("{ audience: public, open: yes }", "&a { audience: public, open: yes }", StringComparison.Ordinal) + "\n  newsletter: *a\n", "p").TermsOf("newsletter").IsOpen, Is.True);

    [Test]
    [CancelAfter(10_000)]
    public void Nested_brackets_and_large_files_are_refused_and_do_no_harm(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        folder.Write("groot.yaml", new byte[ProtocolReader.MaximumBytes + 1]);
        Assert.Multiple(() =>
        {
            Assert.That(Errors("school: " + new string('[', 100_000)), Has.Length.EqualTo(1));
            Assert.That(() => ProtocolReader.Read(folder["groot.yaml"]), Throws.InstanceOf<InputErrorsException>());
        });
        cancellationToken.ThrowIfCancellationRequested();
    }

    [Test]
    public void Whatever_is_typed_into_it_is_read_or_told_with_its_place() =>
        Prop.ForAll(Arb.From(
            from at in Gen.Choose(0, Right.Length)
            from length in Gen.Choose(0, 30)
            from typed in Gen.Elements("", "[", "]", "{", "}", "\"", "'", ":", "\t", "*a ", "&a ", "- ", "|", ">", "!x ", "%", "---", "\u0000", "#", "? ", "<<: *a", "channels", "\n")
            select Right[..at] + typed + Right[Math.Min(at + length, Right.Length)..]), yaml =>
        {
            try
            {
                return ProtocolReader.Parse(yaml, "p").MinimumGroup >= 2;
            }
            catch (InputErrorsException refused)
            {
                return refused.Errors.Count > 0 && refused.Errors.All(error => error is { Line: >= 1, Column: >= 1 });
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [TestCase("")]
    [TestCase("- een\n- twee")]
    [TestCase("school: a\n---\nschool: b")]
    [TestCase("school: [a")]
    [TestCase("school: a\nschool: b")]
    [TestCase("[a]: 1\n'[ a ]': 2")]
    [TestCase("school: *nobody")]
    [TestCase("school: &a [*a]")]
    [TestCase("school: [a, b")]
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

    // "line:place: key" of "file:line:place: key: reason".
    private static string Place(string error) => string.Join(": ", error["p.yaml:".Length..].Split(": ")[..2]);

    private static string[] Errors(string yaml)
    {
        var refused = Assert.Throws<InputErrorsException>(() => ProtocolReader.Parse(yaml, "p.yaml"));
        Assert.That(refused.Errors.SelectMany(error => new[] { error.Reason.Nl, error.Reason.En }), Is.All.Not.Empty);
        return [.. refused.Errors.Select(error => error.In("en"))];
    }
}
