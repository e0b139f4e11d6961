using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.Tests.Rules;

public class ChannelOpeningTests
{
    private const string Head = """
        # Of an invented school.
        school: De Proeftuin # not a real one
        minimum-group: 3
        dominant-face: { times-next: 3, share: 0.02, times-sharper: 3 }

        """;

    private static readonly PlatformAgreement Agreement = new("Noor \"de\" Wit", new(2026, 11, 20), "terms: read\nand accepted \\ #1");

    [Test]
    public void Opens_a_channel_written_on_one_line_and_leaves_the_rest_as_it_is()
    {
        const string Before = Head + "channels:\n  facebook:  { audience: public,  open: no , names: none }   # later\n  # the end\nmakers: [ Wij ]\n";
        var after = ChannelOpening.Open(ProtocolReader.Parse(Before, ""), "facebook", Agreement);
        Assert.That(after.Yaml, Is.EqualTo(Before.Replace("open: no ", "open: yes, agreement: { by: \"Noor \\\"de\\\" Wit\", on: 2026-11-20, text: \"terms: read and accepted \\\\ #1\" } ", StringComparison.Ordinal)));
        Assert.That(after.TermsOf("facebook").Agreement, Is.EqualTo(Agreement with { Text = "terms: read and accepted \\ #1" }));
        Assert.That(after.TermsOf("facebook").Names, Is.EqualTo(NamesAllowed.None));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    public void Opens_a_channel_written_on_several_lines(string newLine)
    {
        var before = (Head + "channels:\n    facebook:\n       # who\n       audience: public\n       open: 'no' # not yet\n       names: none\n").ReplaceLineEndings(newLine);
        var after = ChannelOpening.Open(ProtocolReader.Parse(before, ""), "facebook", new("de directeur", new(2026, 11, 20), "akkoord"));
        Assert.That(after.Yaml, Is.EqualTo(before.Replace("'no' # not yet" + newLine, $"yes # not yet{newLine}       agreement: {{ by: \"de directeur\", on: 2026-11-20, text: \"akkoord\" }}{newLine}", StringComparison.Ordinal)));
    }

    [Test]
    public void A_new_agreement_takes_the_place_of_the_old_one_value_by_value()
    {
        const string Before = Head + """
            channels:
              facebook:
                audience: public
                open: no
                agreement:
                  by: iemand # left school
                  on: 2024-01-01
                  text: |
                    long ago
              app: { audience: closed, open: yes }

            """;
        var after = ChannelOpening.Open(ProtocolReader.Parse(Before, ""), "facebook", new("Noor", new(2026, 11, 20), "opnieuw akkoord"));
        Assert.That(after.Yaml, Does.Contain("# left school").And.Not.Contain("iemand").And.Not.Contain("long ago"));
        Assert.That(after.TermsOf("facebook").Agreement, Is.EqualTo(new PlatformAgreement("Noor", new(2026, 11, 20), "opnieuw akkoord")));
        Assert.That(after.TermsOf("app").IsOpen, Is.True);
    }

    [TestCase("channels:\n  app: { audience: closed, open: yes } # ours\n\n# more\nmakers: [Wij]\n", "channels:\n  app: { audience: closed, open: yes } # ours\n  tv: { audience: public, open: yes }\n\n# more\nmakers: [Wij]\n")]
    [TestCase("channels:\n  app:\n    audience: closed\n    open: yes", "channels:\n  app:\n    audience: closed\n    open: yes\n  tv: { audience: public, open: yes }")]
    [TestCase("channels: { app: { audience: closed, open: yes } }\n", "channels: { app: { audience: closed, open: yes }, tv: { audience: public, open: yes } }\n")]
    [TestCase("channels: {}\n", "channels: { tv: { audience: public, open: yes } }\n")]
    public void A_channel_that_the_file_does_not_name_is_added_behind_the_others(string before, string expected) =>
        Assert.That(ChannelOpening.Open(ProtocolReader.Parse(Head + before, ""), "tv", null).Yaml, Is.EqualTo(Head + expected));

    [Test]
    public void A_channel_is_shut_and_its_agreement_stays_on_record()
    {
        const string Before = Head + "channels:\n  x: { audience: public, open: \"yes\", agreement: { by: Noor, on: 2026-01-01, text: akkoord } }\n";
        var after = ChannelOpening.Shut(ProtocolReader.Parse(Before, ""), "x");
        Assert.That(after.Yaml, Is.EqualTo(Before.Replace("\"yes\"", "no", StringComparison.Ordinal)));
        Assert.That(after.TermsOf("x"), Has.Property("IsOpen").False.And.Property("Agreement").Not.Null);
    }

    [Test]
    public void What_is_shut_already_stays_the_same_version()
    {
        var shut = ProtocolReader.BuiltIn();
        Assert.That(ChannelOpening.Shut(shut, "facebook"), Is.SameAs(shut));
    }

    [Test]
    public void A_platform_does_not_open_without_an_agreement() =>
        Assert.That(() => ChannelOpening.Open(ProtocolReader.BuiltIn(), "facebook", null), Throws.InstanceOf<InputErrorsException>());

    [Test]
    public void Where_two_channels_share_their_terms_by_a_reference_it_has_to_be_done_by_hand()
    {
        const string Before = Head + "channels:\n  press: &same { audience: public, open: no }\n  tv: *same\n";
        Assert.That(() => ChannelOpening.Open(ProtocolReader.Parse(Before, ""), "tv", null), Throws.InstanceOf<InputErrorsException>().With.Property("Errors").One.Property("Reason").EqualTo(Texts.Get("protocol.edit-by-hand")));
    }

    [Test]
    public void Every_channel_of_the_built_in_protocol_can_be_opened_and_shut_again() =>
        Assert.Multiple(() =>
        {
            foreach (var channel in Channels.All)
            {
                var open = ChannelOpening.Open(ProtocolReader.BuiltIn(), channel, ChannelTermsReader.SocialMedia.Contains(channel) ? Agreement : null);
                Assert.That(open.TermsOf(channel).IsOpen, Is.True, channel);
                Assert.That(ChannelOpening.Shut(open, channel).TermsOf(channel).IsOpen, Is.False, channel);
                Assert.That(open.Yaml, Does.Contain("# A public channel shows at least this many pupils at once (P4)."));
            }
        });
}
