using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class EveryFaceIsAccountedForRuleTests
{
    private readonly EveryFaceIsAccountedForRule rule = new();

    [TestCase(0, "")]
    [TestCase(1, "")]
    [TestCase(2, "")]
    [TestCase(3, "Held C2")]
    public void Holds_when_there_is_a_face_more_than_people_declared(int faces, string expected) =>
        Assert.That(Some.Judge(rule, Some.Photo.WithFaces(faces)), Is.EqualTo(expected));

    [TestCase(4, "")]
    [TestCase(5, "Held C2")]
    public void Adults_count_by_name_and_by_number(int faces, string expected)
    {
        var photo = Some.Photo.WithFaces(faces);
        photo = photo with { Declaration = photo.Declaration with { AdultCount = 1 }, Consent = photo.Consent with { Adults = [Some.Adult("s1")] } };
        Assert.That(Some.Judge(rule, photo), Is.EqualTo(expected));
    }

    [TestCase(0, "")]
    [TestCase(1, "Held C2")]
    public void A_face_where_nobody_was_declared_is_held(int faces, string expected) =>
        Assert.That(Some.Judge(rule, Some.Photo.WithFaces(faces) with { Declaration = new Declaration { People = [], NobodyRecognisable = true }, Consent = new() }), Is.EqualTo(expected));

    [Test]
    public void Leaves_it_to_the_unknown_when_the_number_of_people_is_not_certain() =>
        Assert.Multiple(() =>
        {
            var crowd = Some.Photo.WithFaces(9);
            Assert.That(Some.Judge(rule, crowd with { Consent = crowd.Consent with { Known = false } }), Is.Empty);
            Assert.That(Some.Judge(rule, crowd with { Consent = crowd.Consent with { NotFound = ["Kees"] } }), Is.Empty);
            Assert.That(Some.Judge(rule, crowd with { Consent = crowd.Consent with { Ambiguous = ["Kees"] } }), Is.Empty);
            Assert.That(Some.Judge(rule, crowd with { Declaration = new() }), Is.Empty);
        });
}
