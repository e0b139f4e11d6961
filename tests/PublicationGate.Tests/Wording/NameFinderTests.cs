using PublicationGate.Wording;

namespace PublicationGate.Tests.Wording;

public class NameFinderTests
{
    private static readonly TextSearch Search = new(
    [
        new("p1", "Sanne", "", "Bakker"), new("p2", "Daan", "van der", "Meulen"), new("p3", "Iris", "'t", "Hooft"), new("p4", "Zoë", "de", "Graaf"),
        new("p5", "Jan-Willem", "", "Proef"), new("p6", "Noor", "", "Visser-de Wit"), new("p7", "Tim", "", "Bos"), new("p8", "Mehmet", "", "Yıldırım"),
        new("p9", "Lotte", "van 't", "Hof"), new("p10", "Sem", "", "McDonald"), new("p11", "Ada", "", "IJsselstein"), new("p12", "Kim", "", ""), new("p14", "Thomas", "", "Proef"), new("p15", "Lisa", "", "Thomas"), new("p13", "Amal", "", "Al-Hassan"),
    ]);

    [TestCase("Sanne Bakker wint de sprint", "Sanne Bakker")]
    [TestCase("Wie wint? SANNE BAKKER!", "SANNE BAKKER")]
    [TestCase("sanne bakker", "sanne bakker")]
    [TestCase("Hier is Daan van der Meulen, links", "Daan van der Meulen")]
    [TestCase("Daan Meulen", "Daan Meulen", Description = "without the prefix")]
    [TestCase("Daan v.d. Meulen", "Daan v.d. Meulen", Description = "with the prefix cut short")]
    [TestCase("Daan v/d Meulen", "Daan v/d Meulen")]
    [TestCase("Daan vd Meulen", "Daan vd Meulen")]
    [TestCase("Iris 't Hooft", "Iris 't Hooft")]
    [TestCase("Iris ’t Hooft", "Iris ’t Hooft")]
    [TestCase("Lotte van ’t Hof", "Lotte van ’t Hof")]
    [TestCase("Zoe de Graaf", "Zoe de Graaf")]
    [TestCase("Zoe\u0308 de Graaf", "Zoe\u0308 de Graaf", Description = "a combining mark")]
    [TestCase("Jan-Willem Proef", "Jan-Willem Proef")]
    [TestCase("Jan Willem Proef", "Jan Willem Proef")]
    [TestCase("Noor Visser-de Wit", "Noor Visser-de Wit")]
    [TestCase("Noor Visser", "Noor Visser", Description = "one half of a double name")]
    [TestCase("Noor de Wit", "Noor de Wit", Description = "the other half")]
    [TestCase("Mehmet Yildirim", "Mehmet Yildirim")]
    [TestCase("Sanne Bakkers werkstuk", "Sanne Bakkers")]
    [TestCase("Sanne Bakker's werkstuk", "Sanne Bakker")]
    [TestCase("S. Bakker", "S. Bakker")]
    [TestCase("S Bakker", "S Bakker")]
    [TestCase("S.A. Bakker", "S.A. Bakker")]
    [TestCase("D. van der Meulen", "D. van der Meulen")]
    [TestCase("Bakker, Sanne", "Bakker, Sanne")]
    [TestCase("Amal Hassan", "Amal Hassan")]
    [TestCase("Bakker, S.", "Bakker, S")]
    [TestCase("Meulen, Daan van der", "Meulen, Daan")]
    [TestCase("Daan van der Meu\u00ADlen", "Daan van der Meu\u00ADlen", Description = "a soft hyphen")]
    [TestCase("Daan Pieter van der Meulen", "Daan Pieter van der Meulen")]
    [TestCase("Daan en Sofie van der Meulen", "Daan en Sofie van der Meulen")]
    [TestCase("Daan van de Meulen", "Daan van de Meulen", Description = "another prefix")]
    [TestCase("Daan Vandermeulen", "Daan Vandermeulen")]
    [TestCase("#DaanVanDerMeulen wint", "DaanVanDerMeulen")]
    [TestCase("#teamdaanmeulen wint", "teamdaanmeulen")]
    [TestCase("Jan Proef", "Jan Proef", Description = "first half of a double first name")]
    [TestCase("Meulen, van der, Daan", "Meulen, van der, Daan")]
    public void Finds_a_full_name_however_it_is_written(string text, string span) => AssertOne("caption", text, span, isFullName: true);

    [TestCase("Juf vroeg Bakker om hulp", "Bakker")]
    [TestCase("Familie Bakker deed mee", "Familie Bakker", "Bakker")]
    [TestCase("Piet Bakker", "Bakker", Description = "another first name")]
    [TestCase("T. Bakker", "Bakker", Description = "another initial")]
    [TestCase("de familie van der Meulen", "van der Meulen")]
    [TestCase("de familie van der meulen", "van der meulen", Description = "the prefix tells that it is a name")]
    [TestCase("Dit is Bakkers werkstuk", "Bakkers")]
    [TestCase("van der Meulens werkstuk", "van der Meulens")]
    [TestCase("Groep 5-Bos", "Bos")]
    public void Finds_a_surname_alone_by_its_capital_or_prefix(string text, string span, string? reallySpan = null) =>
        AssertOne("caption", text, reallySpan ?? span, isFullName: false);

    [TestCase("")]
    [TestCase(null)]
    [TestCase("Samen in het bos")]
    [TestCase("naar de bakker en het bos")]
    [TestCase("s bakker", Description = "an initial is a capital")]
    [TestCase("Sanne wint", Description = "first names may be said")]
    [TestCase("Kim lacht", Description = "a pupil without a surname")]
    [TestCase("Bosrand en Bakkerij", Description = "no part of a word")]
    [TestCase("Herbos")]
    [TestCase("van der")]
    [TestCase("Al onze leerlingen")]
    [TestCase("'t")]
    [TestCase("123 !? …")]
    [TestCase("Bakkers bakken brood", Description = "a word that begins a sentence")]
    [TestCase("NAAR HET BOS", Description = "capitals say nothing among capitals")]
    [TestCase("Anna, Thomas, Lisa en Roos", Description = "a surname that is a first name")]
    [TestCase("Wie gaat mee naar het Bos?", Description = "an article says that a word follows")]
    [TestCase("De graaf en de wit geklede dames", Description = "the prefix of a surname that is a word")]
    public void Leaves_other_words_alone(string? text) => Assert.That(Find("caption", text), Is.Empty);

    [TestCase("sanne_bakker", "sanne_bakker", true)]
    [TestCase("sanne-bakker-02", "sanne-bakker", true)]
    [TestCase("IMG_SanneBakker2", "SanneBakker", true)]
    [TestCase("DaanVanDerMeulen", "DaanVanDerMeulen", true)]
    [TestCase("Zoe\u0308Graaf", "Zoe\u0308Graaf", true)]
    [TestCase("bakker_sanne", "bakker_sanne", true)]
    [TestCase("sanne2bakker", "sanne2bakker", true)]
    [TestCase("Sem_McDonald", "Sem_McDonald", true)]
    [TestCase("sem_mcdonald", "sem_mcdonald", true)]
    [TestCase("AdaIJsselstein", "AdaIJsselstein", true)]
    [TestCase("foto-bos", "bos", false, Description = "in a file name capitals say nothing")]
    public void Finds_names_in_file_names(string name, string span, bool isFullName) => AssertOne("file-name", name, span, isFullName);

    [TestCase("2026-10-13 bosrand")]
    [TestCase("sportdag_groep5")]
    [TestCase("IMG_1234")]
    public void Leaves_other_file_names_alone(string name) => Assert.That(Find("file-name", name), Is.Empty);

    [Test]
    public void A_caption_is_not_cut_at_capitals_but_a_full_name_run_together_is_one() =>
        Assert.That(Find("caption", "SanneBakker TimmerBos"), Is.EqualTo(new[] { new TextFinding(TextFindingKind.FullName, "caption", 0, "SanneBakker") }));

    [Test]
    public void Finds_each_name_once_in_reading_order()
    {
        var found = Find("alt", "Daan van der Meulen en Sanne Bakker bij Bos");
        Assert.That(found, Is.EqualTo(new[]
        {
            new TextFinding(TextFindingKind.FullName, "alt", 0, "Daan van der Meulen"), new TextFinding(TextFindingKind.FullName, "alt", 23, "Sanne Bakker"),
            new TextFinding(TextFindingKind.Surname, "alt", 40, "Bos", IsSure: false),
        }));
    }

    [Test]
    public void A_name_that_two_pupils_share_is_found_once() =>
        Assert.That(new TextSearch([new("a", "Sem", "", "Bos"), new("b", "Sem", "", "Bos"), new("c", "Tim", "", "Bos")]).Search("alt", "Sem Bos", []), Has.Count.EqualTo(1));

    // First names alone are no surname's business.
    private static List<TextFinding> Find(string field, string? text) => [.. Search.Search(field, text, []).Where(found => found.Kind != TextFindingKind.FirstName)];

    private static void AssertOne(string field, string text, string span, bool isFullName)
    {
        var kind = isFullName ? TextFindingKind.FullName : TextFindingKind.Surname;
        Assert.That(Find(field, text), Is.EqualTo(new[] { new TextFinding(kind, field, text.IndexOf(span, StringComparison.Ordinal), span, isFullName) }));
    }
}
