using System.Text;
using PublicationGate.Publishing;

namespace PublicationGate.Tests.Publishing;

public class SafeNameTests
{
    [TestCase("foto.jpg", "foto.jpg")]
    [TestCase("Zoë – 1e dag (2).JPG", "Zoë – 1e dag (2).JPG")]
    [TestCase("a\nb\u001b[31m.jpg", "ab[31m.jpg")]
    [TestCase("foto\u202Egpj.exe", "fotogpj.exe")]
    [TestCase("a<b>:c.jpg", "a_b__c.jpg")]
    [TestCase("CON.jpg", "_CON.jpg")]
    [TestCase("lpt1", "_lpt1")]
    [TestCase("console.jpg", "console.jpg")]
    [TestCase(".verborgen.jpg", "verborgen.jpg")]
    [TestCase("foto. ", "foto")]
    [TestCase("...", "foto")]
    [TestCase("", "foto")]
    public void Keeps_what_every_system_takes(string name, string safe) => Assert.That(SafeName.Of(name), Is.EqualTo(safe));

    [TestCase("groep 6/buiten", "groep 6/buiten")]
    [TestCase("../../etc", "etc")]
    [TestCase("a/./b\\c", "a/b/c")]
    [TestCase("", "")]
    public void Leads_nowhere_else(string path, string safe) => Assert.That(SafeName.OfPath(path).Replace('\\', '/'), Is.EqualTo(safe));

    [Test]
    public void Is_short_enough_for_what_is_added_and_keeps_its_ending()
    {
        var safe = SafeName.Of(string.Concat(Enumerable.Repeat("🎉é", 100)) + ".jpeg");
        Assert.That(safe, Does.EndWith(".jpeg"));
        Assert.That(Encoding.UTF8.GetByteCount(SafeName.Numbered(safe, 9999) + ".json"), Is.LessThanOrEqualTo(255));
        Assert.That(safe.EnumerateRunes(), Has.None.EqualTo(Rune.ReplacementChar));
    }

    [TestCase("foto.jpg", 1, "foto.jpg")]
    [TestCase("foto.jpg", 2, "foto (2).jpg")]
    [TestCase("foto", 12, "foto (12)")]
    public void Numbers_the_second_of_a_name(string name, int number, string numbered) => Assert.That(SafeName.Numbered(name, number), Is.EqualTo(numbered));
}
