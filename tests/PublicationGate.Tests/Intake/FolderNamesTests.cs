using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

public class FolderNamesTests
{
    [TestCase("2026-11-20 groep 6 schoolreis", "2026-11-20", "groep 6", "schoolreis")]
    [TestCase("20261120_groep6a_naar_het_bos", "2026-11-20", "groep 6a", "naar het bos")]
    [TestCase("2026-11-20 schoolreis Groep 6", "2026-11-20", "Groep 6", "schoolreis")]
    [TestCase("groep 6 - 2026-11-20 - sportdag", "2026-11-20", "groep 6", "sportdag")]
    [TestCase("2026-10-13 ons gebouw", "2026-10-13", null, "ons gebouw")]
    [TestCase("2026-10-13 groep 6-7 zwemmen", "2026-10-13", "groep 6-7", "zwemmen")]
    [TestCase("groep 3", null, "groep 3", null)]
    [TestCase("2026-11-20 op reis met groep 6", "2026-11-20", "groep 6", "op reis met")]
    [TestCase("2026-11-20 groep 6 en juf Anna", "2026-11-20", "groep 6", "en juf Anna")]
    [TestCase("Klas 2b sinterklaas 5 december", null, "Klas 2b", "sinterklaas 5 december")]
    public void Reads_date_group_and_activity(string name, string? date, string? group, string? activity) =>
        Assert.That(FolderNames.Default.Read(name), Is.EqualTo(new FolderName(date is null ? null : DateOnly.Parse(date), group, activity)));

    [TestCase("2026-11-20 groep 6 en groep 7 zwemmen")]
    [TestCase("2026-11-20 groep 6 en 7 zwemmen")]
    [TestCase("2026-11-20 groep 6, 7 en 8 zwemmen")]
    [TestCase("2026-11-20 groep 6 tm 8 zwemmen")]
    [TestCase("2026-11-20 groep 6 t.m. 8 zwemmen")]
    [TestCase("2026-11-20 groep 6 & 7 zwemmen")]
    [TestCase("2026-11-20 groep 6+7a zwemmen met klas 8")]
    [TestCase("groep 6 met groep 7")]
    [TestCase("2026-11-20 zwemmen van groepen 6 en 7 groep 6")]
    [TestCase("2026-11-20 groep zes zwemmen")]
    [TestCase("2026-11-20 groep 6 samen met 7")]
    [TestCase("2026-11-20 zwemmen 7 en groep 6")]
    [TestCase("2026-11-20 zwemmen 7, groep 6")]
    [TestCase("2026-11-20 bovenbouw en groep 5")]
    [TestCase("onderbouw groep 3")]
    [TestCase("2026-11-20 groep 6 van de hele school")]
    public void Declares_no_group_where_there_may_be_more_than_one(string name) => Assert.That(FolderNames.Default.Read(name)?.Group, Is.Null);

    [TestCase("DCIM")]
    [TestCase("100CANON")]
    [TestCase("2026-13-45 groep 6 schoolreis")]
    [TestCase("schoolreis")]
    [TestCase("")]
    [TestCase("2026-11-20 groep 6\nschoolreis")]
    public void Says_nothing_of_other_names(string name) => Assert.That(FolderNames.Default.Read(name), Is.Null);

    [Test]
    public void A_school_may_write_its_own()
    {
        var names = new FolderNames(["Foto's {activity} ({group}) {any}"]);
        Assert.That(names.Read("foto's sportdag (groep 4) van Omar"), Is.EqualTo(new FolderName(null, "groep 4", "sportdag")));
        Assert.That(FolderNames.None.Read("groep 4"), Is.Null);
    }

    [TestCase("")]
    [TestCase("{datum} {group}")]
    [TestCase("{group} {group}")]
    [TestCase("{group")]
    public void A_pattern_that_nobody_can_mean_is_refused(string pattern) => Assert.That(() => new FolderNames([pattern]), Throws.InstanceOf<FormatException>());

    [Test]
    public void No_name_takes_long_to_read()
    {
        var name = string.Concat(Enumerable.Repeat("groep 6 - ", 25));
        Assert.That(() => FolderNames.Default.Read(name), Throws.Nothing);
    }
}
