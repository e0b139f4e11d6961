using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class NothingIsUnknownRuleTests
{
    private static readonly PhotoFacts Photo = Some.Photo;
    private static readonly Declaration Nobody = new() { People = [], NobodyRecognisable = true };
    private readonly NothingIsUnknownRule rule = new();

    [Test]
    public void Passes_when_everything_is_known() => Assert.That(Some.Judge(rule, Photo), Is.Empty);

    [Test]
    public void Holds_each_problem_of_intake([Values] IntakeProblem problem) =>
        Assert.That(Some.Judge(rule, Photo with { IntakeProblem = problem }), Is.EqualTo(problem == IntakeProblem.None ? "" : "Held C2"));

    [Test]
    public void Holds_each_problem_of_the_picture([Values] ImageProblem problem) =>
        Assert.That(Some.Judge(rule, Photo with { ImageProblem = problem }), Is.EqualTo(problem == ImageProblem.None ? "" : "Held C2"));

    [Test]
    public void Holds_a_picture_of_which_the_decoder_had_remarks() => Assert.That(Some.Judge(rule, Photo with { DecodedWithWarnings = true }), Is.EqualTo("Held C2"));

    [Test]
    public void Holds_when_the_metadata_could_not_be_read_to_its_end() => Assert.That(Some.Judge(rule, Photo with { Metadata = new() { Known = false } }), Is.EqualTo("Held P3"));

    [Test]
    public void Holds_when_the_faces_could_not_be_counted() => Assert.That(Some.Judge(rule, Photo with { Faces = new() { Known = false } }), Is.EqualTo("Held C2"));

    [Test]
    public void Holds_when_somebody_is_both_in_it_and_absent() =>
        Assert.That(Some.Judge(rule, Photo with { Declaration = new() { People = ["p1", "Noor"], Absent = ["noor"] } }), Is.EqualTo("Held P2"));

    [Test]
    public void Holds_a_group_of_which_all_are_absent_though_adults_make_up_the_number() =>
        Assert.That(Some.Judge(rule, (Photo with { Declaration = new() { Group = "groep 5", AdultCount = 2 } }).WithPupils()), Is.EqualTo("Held P2"));

    [TestCase(0, "Held C2, Held C2", Description = "and nobody is surely seen of who was declared")]
    [TestCase(2, "Held C2")]
    public void Holds_a_doubtful_face_whatever_is_declared(int sure, string findings)
    {
        var photo = Photo with { Faces = Some.FacesOf(sure) with { Doubtful = [new FaceBox(0, 0, 9, 9, 0.4f)] } };
        Assert.That(Some.Judge(rule, photo), Is.EqualTo(findings));
        Assert.That(Some.Judge(rule, photo with { Declaration = Nobody, Consent = new() }), Is.EqualTo("Held C2"));
    }

    [Test]
    public void Holds_when_people_are_declared_and_no_face_is_seen() => Assert.That(Some.Judge(rule, Photo.WithFaces(0)), Is.EqualTo("Held C2"));

    [Test]
    public void Holds_when_only_adults_are_declared_and_no_face_is_seen() =>
        Assert.That(Some.Judge(rule, Photo.WithFaces(0) with { Declaration = Nobody with { AdultCount = 1 }, Consent = new() }), Is.EqualTo("Held C2"));

    [Test]
    public void Passes_when_nobody_is_declared_and_no_face_is_seen() =>
        Assert.That(Some.Judge(rule, Photo.WithFaces(0) with { Declaration = Nobody, Consent = new() }), Is.Empty);

    [TestCase(0, false, "Held C2")]
    [TestCase(0, true, "")]
    [TestCase(2, false, "", Description = "dark, and yet the faces are seen")]
    public void Holds_nobody_in_a_picture_too_dark_or_small_to_tell(int sure, bool isClear, string finding) =>
        Assert.That(Some.Judge(rule, Photo with { Faces = Some.FacesOf(sure) with { IsClearEnough = isClear }, Declaration = Nobody, Consent = new() }), Is.EqualTo(finding));

    [Test]
    public void Holds_when_nobody_says_who_is_in_it() => Assert.That(Some.Judge(rule, Photo with { Declaration = new() }), Is.EqualTo("Held C2"));

    [Test]
    public void Holds_when_the_register_could_not_be_asked() => Assert.That(Some.Judge(rule, Photo with { Consent = new() { Known = false } }), Is.EqualTo("Held P2"));

    [Test]
    public void Holds_each_name_that_is_not_found_or_ambiguous() =>
        Assert.That(Some.Judge(rule, Photo with { Consent = Photo.Consent with { NotFound = ["Kees", "Piet"], Ambiguous = ["Sem"] } }), Is.EqualTo("Held P2, Held P2, Held P2"));

    [Test]
    public void Tells_all_that_is_unknown_at_once() =>
        Assert.That(Some.Judge(rule, Photo with { DecodedWithWarnings = true, Faces = new() { Known = false }, Declaration = new(), Consent = new() { Known = false } }),
            Is.EqualTo("Held C2, Held C2, Held C2, Held P2"));
}
