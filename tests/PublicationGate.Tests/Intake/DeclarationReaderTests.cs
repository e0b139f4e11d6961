using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

public class DeclarationReaderTests
{
    [Test]
    public void Reads_every_key()
    {
        var read = Read("""
            channel: website-closed
            activity: Museumbezoek
            situation: group
            caption: |
              Twee regels:
              over het museum
            alt: 'Kinderen kijken: een schilderij'
            group: Groep 6
            people: [1024, Sanne]
            absent:
              - Noor
            adults: 2
            origin: school-camera
            permission: "Brief van 3 mei"
            """);

        Assert.Multiple(() =>
        {
            Assert.That(read.Channel, Is.EqualTo("website-closed"));
            Assert.That(read.Activity, Is.EqualTo("Museumbezoek"));
            Assert.That(read.Situation, Is.EqualTo("group"));
            Assert.That(read.Caption, Is.EqualTo("Twee regels:\nover het museum"));
            Assert.That(read.Alt, Is.EqualTo("Kinderen kijken: een schilderij"));
            Assert.That(read.Group, Is.EqualTo("Groep 6"));
            Assert.That(read.People, Is.EqualTo(new[] { "1024", "Sanne" }));
            Assert.That(read.Absent, Is.EqualTo(new[] { "Noor" }));
            Assert.That(read.AdultCount, Is.EqualTo(2));
            Assert.That(read.AdultNames, Is.Empty);
            Assert.That(read.Origin, Is.EqualTo("school-camera"));
            Assert.That(read.Permission, Is.EqualTo("Brief van 3 mei"));
        });
    }

    [Test]
    public void Leaves_unknown_what_is_not_said()
    {
        var read = Read("caption: Uitje");
        Assert.That((read.Channel, read.People, read.NobodyRecognisable, read.SaysWhoIsInIt), Is.EqualTo(("website", (IReadOnlyList<string>?)null, false, false)));
    }

    [TestCase("2026")]
    [TestCase("yes")]
    [TestCase("no")]
    [TestCase("NO")]
    [TestCase("1e3")]
    [TestCase("0x10")]
    [TestCase("2026-05-03")]
    [TestCase("12:30")]
    [TestCase("true")]
    [TestCase("'null'")]
    [TestCase("Zon! En zee & strand, 100%")]
    public void Keeps_text_as_it_was_written(string text) => Assert.That(Read($"caption: {text}").Caption, Is.EqualTo(text.Trim('\'')));

    [Test]
    public void Reads_json_with_tabs_escapes_and_windows_line_ends()
    {
        var read = Read("{\r\n\t\"caption\": \"\\u0022Zoë\\u0022 \\/ \\ud83d\\ude00\\nklaar\",\r\n\t\"people\"\t:\t[\r\n\t\t\"Sanne\",\r\n\t\t\"Noor\"\r\n\t],\r\n\t\"adults\":0}");
        Assert.That(read.Caption, Is.EqualTo("\"Zoë\" / 😀\nklaar"));
        Assert.That(read.People, Is.EqualTo(new[] { "Sanne", "Noor" }));
    }

    [Test]
    public void Reads_a_file_that_begins_with_a_byte_order_mark() => Assert.That(Read("\uFEFFcaption: Uitje").Caption, Is.EqualTo("Uitje"));

    [Test]
    public void Takes_a_single_text_for_a_list_of_one()
    {
        var read = Read("people: Sanne\nadults: Juf Anna\nabsent: Noor");
        Assert.That((read.People, read.AdultNames, read.Absent), Is.EqualTo((new[] { "Sanne" }, new[] { "Juf Anna" }, new[] { "Noor" })));
    }

    [TestCase("people: none")]
    [TestCase("people: [none]")]
    public void Reads_none_as_nobody_recognisable(string text)
    {
        var read = Read(text);
        Assert.That((read.NobodyRecognisable, read.People!.Count), Is.EqualTo((true, 0)));
    }

    [TestCase("caption: x\nkapitein: x", 2, "kapitein", "Keys: channel")]
    [TestCase("captoin: x", 1, "captoin", "Did you mean 'caption'?")]
    [TestCase("Groep: 6", 1, "Groep", "Did you mean 'group'?")]
    [TestCase("channel: Website", 1, "channel", "Did you mean 'website'?")]
    [TestCase("channel: myspace", 1, "channel", "Possible: website, website-closed")]
    [TestCase("situation: alone", 1, "situation", "Possible: general, group, individual")]
    [TestCase("origin: ouder", 1, "origin", "school-camera")]
    [TestCase("alt: x\ncaption: x\nalt: y", 3, "alt", "also on line 1")]
    [TestCase("caption:", 1, "caption", "no value")]
    [TestCase("caption: null", 1, "caption", "no value")]
    [TestCase("caption: ' '", 1, "caption", "no value")]
    [TestCase("{\"caption\": null}", 1, "caption", "no value")]
    [TestCase("caption: [a]", 1, "caption", "single value")]
    [TestCase("caption: {a: b}", 1, "caption", "text or a list")]
    [TestCase("people:\n- Sanne\n- - Noor", 3, "people", "text or a list")]
    [TestCase("people: []", 1, "people", "people: none")]
    [TestCase("people: geen", 1, "people", "people: none")]
    [TestCase("people: None", 1, "people", "people: none")]
    [TestCase("people: [Sanne, none]", 1, "people", "people: none")]
    [TestCase("people:\n  - Sanne\n  -\n", 3, "people", "no value")]
    [TestCase("people:\n  - Sanne\n  - Noor\n  - Sanne", 4, "people", "twice")]
    [TestCase("absent: []", 1, "absent", "empty")]
    [TestCase("absent: none", 1, "absent", "remove")]
    [TestCase("adults: -1", 1, "adults", "0 to 999")]
    [TestCase("adults: 1.5", 1, "adults", "0 to 999")]
    [TestCase("adults: 1000", 1, "adults", "0 to 999")]
    [TestCase("adults: none", 1, "adults", "0 to 999")]
    [TestCase("adults: [2, Juf Anna]", 1, "adults", "0 to 999")]
    [TestCase("caption: &a Uitje\nalt: *a", 1, "caption", "&, *, !")]
    [TestCase("people: &a [Sanne]", 1, "people", "&, *, !")]
    [TestCase("<<: *a\ncaption: x", 1, "<<", "&, *, !")]
    [TestCase("caption: !!binary eA==", 1, "caption", "&, *, !")]
    [TestCase("caption: Naar zee #zomer", 1, "caption", "comment")]
    [TestCase("caption: \"a\\0b\"", 1, "caption", "control")]
    [TestCase("caption: \"\\e[31m\"", 1, "caption", "control")]
    [TestCase("? [a]\n: b", 1, null, "key: value")]
    [TestCase("- a", 1, null, "key: value")]
    [TestCase("caption", 1, null, "key: value")]
    [TestCase("caption: a\n---\ncaption: b", 2, null, "second document")]
    [TestCase("caption: a: b", 1, null, "notation")]
    [TestCase("alt: a\npeople: [b\ncaption: c", 2, null, "notation")]
    [TestCase("caption: a\nalt: 'open", 2, null, "notation")]
    [TestCase("{\"caption\": \"a\"}\n{\"caption\": \"b\"}", 2, null, "notation")]
    [TestCase("people:\n\t- Sanne", 2, null, "tab")]
    [TestCase("people:\n  \t- Sanne", 2, null, "tab")]
    [TestCase("", 0, null, "nothing")]
    [TestCase("# later\n", 0, null, "nothing")]
    public void Names_the_line_the_key_and_what_to_do(string text, int line, string? key, string saying)
    {
        var error = Errors(Encoding.UTF8.GetBytes(text))[0];
        Assert.That((error.File, error.Line, error.Key), Is.EqualTo(("album.yaml", line, key)));
        Assert.That(error.Reason.En, Does.Contain(saying).And.Not.Contains("{"));
        Assert.That(error.Reason.Nl, Does.Not.Contain("{"));
    }

    [Test]
    public void Takes_a_comment_for_a_comment() => Assert.That(Read("caption: Uitje # nog nakijken\n# einde").Caption, Is.EqualTo("Uitje"));

    [Test]
    public void Lists_all_mistakes_in_the_order_of_the_lines()
    {
        var errors = Errors("chanel: x\norigin: mars\npeople: []\nalt: [x: y]\ncaption: 'open"u8);
        Assert.That(errors.Select(error => error.Line).ToArray(), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
    }

    [Test]
    public void Refuses_what_is_not_utf8_with_its_line()
    {
        Assert.That(Errors([.. "alt: x\ncaption: Zo"u8, 0xEB])[0].In("en"), Does.StartWith("album.yaml:2: There is a character here that is not UTF-8"));
        Assert.That(Errors(Encoding.Unicode.GetPreamble())[0].Reason.En, Does.Contain("UTF-8"));
    }

    [TestCase(" : , #'*a{")] // EndOfStreamException
    [TestCase("alt: a\npeople: [b\ncaption: c")] // InvalidOperationException
    public void Takes_a_text_that_the_parser_trips_over_for_wrong_notation(string text) =>
        Assert.That(Errors(Encoding.UTF8.GetBytes(text)).Select(error => error.Reason.En), Has.Some.Contains("notation"));

    [Test]
    public void Says_what_is_wrong_with_any_text_and_never_crashes()
    {
        string[] pieces = ["caption", "people", ": ", ":", "\n", "- ", "[", "]", "{", "}", "'", "\"", ", ", "#", "&a ", "*a", "!!str ", "|", ">", "? ", "---", "...", "%", "\t", " ", "\\u", "none", "@", "<<"];
        var texts = Gen.Elements(pieces).ListOf().Select(string.Concat).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20000), Prop.ForAll(texts, text =>
        {
            try
            {
                Read(text);
            }
            catch (InputErrorsException e)
            {
                Assert.That(e.Errors, Is.Not.Empty);
            }
        }));
    }

    [TestCase('[')]
    [TestCase('{')]
    [TestCase('-')]
    [TestCase('?')]
    [TestCase('&')]
    [TestCase('"')]
    public void Is_done_soon_with_a_bomb(char bomb)
    {
        var watch = Stopwatch.StartNew();
        Errors(Encoding.UTF8.GetBytes("people: " + string.Concat(Enumerable.Repeat(bomb + (bomb is '-' or '?' ? " " : ""), 60_000 / (bomb is '-' or '?' ? 2 : 1)))));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void Refuses_a_file_above_64_kilobytes()
    {
        var text = "caption: " + new string('a', DeclarationReader.MaximumBytes - 9);
        Assert.That(Read(text).Caption, Has.Length.EqualTo(DeclarationReader.MaximumBytes - 9));
        Assert.That(Errors(Encoding.UTF8.GetBytes(text + "a"))[0].Reason.En, Does.Contain("64 kB"));
    }

    private static Declaration Read(string text) => DeclarationReader.Parse(Encoding.UTF8.GetBytes(text), "album.yaml");

    private static IReadOnlyList<InputError> Errors(ReadOnlySpan<byte> content)
    {
        try
        {
            DeclarationReader.Parse(content, "album.yaml");
        }
        catch (InputErrorsException e)
        {
            return e.Errors;
        }

        throw new AssertionException("no mistake was found");
    }
}
