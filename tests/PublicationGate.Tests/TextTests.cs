namespace PublicationGate.Tests;

public class TextTests
{
    [TestCase("Op 1 plek(ken) is het onzeker.", "Op 1 plek is het onzeker.")]
    [TestCase("Op 11 plek(ken) is het onzeker.", "Op 11 plekken is het onzeker.")]
    [TestCase("Te zien: 0 leerling(en); nodig: 2.", "Te zien: 0 leerlingen; nodig: 2.")]
    [TestCase("ziet op 1 twijfelachtige plek(ken) niets", "ziet op 1 twijfelachtige plek niets")]
    [TestCase("1 foto('s) en 2 foto('s)", "1 foto en 2 foto's")]
    [TestCase("niet (meer) en Fenna (groep 6)", "niet (meer) en Fenna (groep 6)")]
    public void People_read_the_form_that_fits_the_number(string written, string read) => Assert.That(new Text(written, "").In("nl"), Is.EqualTo(read));

    [Test]
    public void Programs_get_the_sentence_as_it_is_kept() => Assert.That(new Text("1 plek(ken)", "1 place(s)") is { Nl: "1 plek(ken)", En: "1 place(s)" });
}
