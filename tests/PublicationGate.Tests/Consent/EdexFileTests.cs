using System.Text;
using PublicationGate.Consent;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Consent;

public class EdexFileTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);
    private string file = "";

    [SetUp]
    public void NameFile() => file = Path.Combine(Directory.CreateTempSubdirectory("edex-").FullName, "export.xml");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

    [Test]
    public void Reads_pupils_with_their_groups_and_drops_the_rest()
    {
        var content = Read("""
            <?xml version="1.0" encoding="utf-8"?>
            <EDEX>
              <school><schooljaar>2031-2032</schooljaar><brincode>99XX</brincode></school>
              <groepen>
                <groep key="g5"><naam> Groep  5 </naam><jaargroep>5</jaargroep></groep>
                <samengestelde_groep key="plus"><naam>Plusklas</naam></samengestelde_groep>
              </groepen>
              <leerlingen>
                <leerling key="p1" eckid="https://x.invalid/abc">
                  <achternaam>Proef</achternaam><voorvoegsel>van der</voorvoegsel><voornamen>Zoë Maria</voornamen><roepnaam>Zoë</roepnaam>
                  <geboortedatum>2012-03-31</geboortedatum><geslacht>2</geslacht><etniciteit>1</etniciteit><land>0001</land>
                  <jaargroep>5</jaargroep><groep key="g5"/><samengestelde_groepen><samengestelde_groep key="plus"/></samengestelde_groepen>
                  <bsn>999999990</bsn><gewicht_nieuw>1.2</gewicht_nieuw><postcodenl_woonadres>9999ZZ</postcodenl_woonadres>
                  <instroomdatum>2020-08-01</instroomdatum><uitstroomdatum>2026-08-01+02:00</uitstroomdatum>
                  <toevoegingen><roepnaam>niet deze</roepnaam><groep key="plus"/></toevoegingen>
                </leerling>
                <leerling key="p2"><roepnaam>Bram</roepnaam><geboortedatum>2012-04-01</geboortedatum></leerling>
                <leerling key="p3" achternaam="Test" voorvoegsel="de"><roepnaam><![CDATA[Noor]]></roepnaam><groep key="g5"/></leerling>
              </leerlingen>
              <leerkrachten><leerkracht key="s1"><achternaam>Voorbeeld</achternaam></leerkracht></leerkrachten>
            </EDEX>
            """);

        Assert.That(content.Pupils.Select(p => (p.Key, p.FirstName, p.Prefix, p.Surname, p.Group, p.BirthDate, p.LeftOn)), Is.EqualTo(new (string, string, string, string, string, DateOnly?, DateOnly?)[]
        {
            ("p1", "Zoë", "van der", "Proef", "Groep 5", new(2012, 3, 31), new(2026, 8, 1)),
            ("p2", "Bram", "", "", "", null, null),
            ("p3", "Noor", "de", "Test", "Groep 5", null, null),
        }), "the birth date of a child under 14 is not needed");
        Assert.That((content.Answers.Count, content.Staff), Is.EqualTo((0, (IReadOnlyList<StaffMember>?)null)));
    }

    [Test]
    public void Who_left_without_a_date_is_not_among_the_pupils()
    {
        var content = Read("""
            <EDEX><groepen><groep key="oud"><naam>Oud</naam><jaargroep>H</jaargroep></groep></groepen><leerlingen>
            <leerling key="p1"><roepnaam>Zoë</roepnaam><jaargroep>H</jaargroep></leerling>
            <leerling key="p2"><roepnaam>Bram</roepnaam><groep key="oud"/></leerling>
            <leerling key="p3"><roepnaam>Noor</roepnaam><jaargroep>H</jaargroep><uitstroomdatum>2025-07-31</uitstroomdatum></leerling>
            <leerling key="p4"><roepnaam>Sem</roepnaam><jaargroep>8</jaargroep></leerling>
            </leerlingen></EDEX>
            """);
        Assert.That(content.Pupils.Select(p => (p.Key, p.LeftOn)), Is.EqualTo(new (string, DateOnly?)[] { ("p3", new(2025, 7, 31)), ("p4", null) }));
    }

    [Test]
    public void Pupils_may_come_before_their_groups_or_without_any()
    {
        Assert.That(Read("<EDEX><leerlingen><leerling key=\"p1\"><roepnaam>Zoë</roepnaam><groep key=\"g\"/></leerling></leerlingen><groepen><groep key=\"g\"><naam>Groep 5</naam></groep></groepen></EDEX>")
            .Pupils.Single().Group, Is.EqualTo("Groep 5"));
        Assert.That(Read("<EDEX><leerlingen><leerling key=\"p1\"><roepnaam>Zoë</roepnaam><groep key=\"g\"/></leerling></leerlingen></EDEX>").Pupils.Single().Group, Is.Empty);
        Assert.That(Read("<EDEX/>").Pupils, Is.Empty);
    }

    [Test]
    public void Lists_every_mistake_with_line_and_column()
    {
        Write("""
            <EDEX>
             <groepen><groep key="g"><naam>Groep 5</naam></groep></groepen>
             <leerlingen>
              <leerling key="p1"><roepnaam>Zoë</roepnaam><uitstroomdatum>1-8-2026</uitstroomdatum></leerling>
              <leerling><roepnaam>Bram</roepnaam></leerling>
              <leerling key="p1"><roepnaam/></leerling>
              <leerling key="p4"><roepnaam>Sem</roepnaam><groep key="x"/></leerling>
             </leerlingen>
            </EDEX>
            """);
        Assert.That(Mistakes(), Is.EqualTo(new[] { "4:47 uitstroomdatum", "5:4 key", "6:4 key", "6:4 roepnaam", "7:4 groep" }));
    }

    [TestCase("2026-04-01")]
    [TestCase("9999-12-31")]
    public void A_pupil_who_is_not_born_yet_is_a_mistake(string birth)
    {
        Write($"<EDEX><leerlingen><leerling key='p1'><roepnaam>Zoë</roepnaam><geboortedatum>{birth}</geboortedatum></leerling></leerlingen></EDEX>");
        Assert.That(Mistakes(), Is.EqualTo(new[] { "1:63 geboortedatum" }));
    }

    [TestCase("<EDEX><leerlingen><leerling key='p1'><roepnaam>Zoë</roepnaam></leerlingen></EDEX>", "1:64 ")]
    [TestCase("<!DOCTYPE EDEX [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><EDEX>&x;</EDEX>", "1:1 ")]
    [TestCase("<leerlingen/>", "1:2 ")]
    [TestCase("<EDEX xmlns='http://x.invalid'/>", "1:2 ")]
    [TestCase("key,first_name\n", "1:1 ")]
    [TestCase("", "1:1 ")]
    [TestCase("<EDEX/><EDEX/>", "1:9 ")]
    public void What_is_no_EDEXML_is_refused(string text, string place)
    {
        Write(text);
        Assert.That(Mistakes(), Is.EqualTo(new[] { place }));
        Assert.That(Assert.Throws<InputErrorsException>(() => EdexFile.Read(file, Today))!.Errors[0].Reason.En, Does.Not.Contain("{").And.Not.Contain("Zoë"));
    }

    [Test]
    public void A_file_of_absurd_size_is_refused_unread()
    {
        using (var stream = File.Create(file))
        {
            stream.SetLength(EdexFile.MaxMegabytes * 1024L * 1024 + 1);
        }

        Assert.That(Mistakes(), Is.EqualTo(new[] { "0:0 " }));
    }

    [Test]
    public void Reads_the_encoding_that_the_file_declares()
    {
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><EDEX><leerlingen><leerling key=\"p1\"><roepnaam>Zoë</roepnaam></leerling></leerlingen></EDEX>"));
        Assert.That(EdexFile.Read(file, Today).Pupils.Single().FirstName, Is.EqualTo("Zoë"));
    }

    private void Write(string text) => File.WriteAllText(file, text);

    private RegisterContent Read(string text)
    {
        Write(text);
        return EdexFile.Read(file, Today);
    }

    private string[] Mistakes() => [.. Assert.Throws<InputErrorsException>(() => EdexFile.Read(file, Today))!.Errors.Select(e => $"{e.Line}:{e.Column} {e.Key}")];
}
