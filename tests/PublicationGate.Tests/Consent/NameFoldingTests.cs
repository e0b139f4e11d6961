using PublicationGate.Consent;

namespace PublicationGate.Tests.Consent;

public class NameFoldingTests
{
    [TestCase("Zoë", "zoe")]
    [TestCase("Zoe\u0308", "zoe")]
    [TestCase("ÇAĞLA  Öz\tTürk ", "cagla oz turk")]
    [TestCase(" Łucja Sørensen", "lucja sorensen")]
    [TestCase("Nguyễn", "nguyen")]
    [TestCase("in ’t Veld", "in 't veld")]
    [TestCase("Anne‑Fleur", "anne-fleur")]
    [TestCase("Groß", "gross")]
    [TestCase("Юлия", "юлия")]
    [TestCase("  ", "")]
    public void Folds_case_diacritics_and_white_space(string name, string folded) =>
        Assert.That(NameFolding.Fold(name), Is.EqualTo(folded));
}
