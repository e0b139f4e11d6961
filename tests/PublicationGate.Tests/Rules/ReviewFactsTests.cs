using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class ReviewFactsTests
{
    private static readonly FaceBox Left = new(100, 100, 100, 100, 0.9f);
    private static readonly FaceBox Right = new(500, 100, 100, 100, 0.9f);
    private static readonly FaceBox Doubt = new(800, 100, 80, 80, 0.4f);
    private static readonly ImageHeader Image = new(ImageFormat.Jpeg, 1000, 500, 1, 1);
    private static readonly FaceFacts Counted = new() { Sure = [Left, Right], Doubtful = [Doubt], Geometry = FaceGeometry.Of([(Left, 3f), (Right, 2f)], 1000, 500) };
    private static readonly Finding Held = new("a-rule", "P4", Outcome.Held, new("Gehouden", "Held"));

    [Test]
    public void A_box_that_is_no_face_no_longer_counts_and_the_others_stand_for_themselves()
    {
        var after = Marked(new FaceMark(Near(Left), FaceMarkKind.NoFace));
        Assert.That(after.Sure, Is.EqualTo(new[] { Right }));
        Assert.That(after.Geometry.Single(), Is.EqualTo(FaceGeometry.Of([(Right, 2f)], 1000, 500).Single()), "what was measured stays, what compared is compared anew");
        Assert.That(after.Doubtful, Is.EqualTo(new[] { Doubt }));
    }

    [Test]
    public void A_doubtful_box_becomes_a_face_or_none()
    {
        Assert.That(Marked(new FaceMark(Doubt, FaceMarkKind.Face)), Has.Property(nameof(FaceFacts.Doubtful)).Empty.And.Property(nameof(FaceFacts.Sure)).Count.EqualTo(3));
        Assert.That(Marked(new FaceMark(Doubt, FaceMarkKind.NoFace)), Has.Property(nameof(FaceFacts.Doubtful)).Empty.And.Property(nameof(FaceFacts.Sure)).Count.EqualTo(2));
    }

    [Test]
    public void A_face_that_was_missed_counts_once_however_often_it_is_marked()
    {
        var missed = new FaceBox(300, 300, 50, 50, 0);
        Assert.That(Marked(new FaceMark(missed, FaceMarkKind.Face), new(Near(missed), FaceMarkKind.Face), new(Left, FaceMarkKind.Face)).Sure, Is.EqualTo(new[] { Left, Right, missed }));
    }

    [Test]
    public void What_is_made_unrecognisable_takes_the_faces_in_it_away()
    {
        var after = Marked(new FaceMark(new FaceBox(50, 50, 300, 400, 0), FaceMarkKind.ConcealPerson));
        Assert.That(after.Sure, Is.EqualTo(new[] { Right }));
        Assert.That(Marked(new FaceMark(new FaceBox(0, 0, 1000, 500, 0), FaceMarkKind.ConcealPerson)), Has.Property(nameof(FaceFacts.Sure)).Empty.And.Property(nameof(FaceFacts.Doubtful)).Empty);
    }

    [Test]
    public void A_marked_adult_is_a_face_and_accounts_for_it()
    {
        var review = new ReviewFacts { Marks = [new(Left, FaceMarkKind.Adult)] };
        var photo = Some.Photo with { Review = review, Faces = review.Correct(Counted, Image) };
        Assert.That((photo.Faces.Sure.Count, photo.DeclaredAdults, photo.PupilFaces), Is.EqualTo((2, 1, 1)));
    }

    [Test]
    public void Faces_that_could_not_be_counted_stay_unknown_whatever_is_marked() =>
        Assert.That(new ReviewFacts { Marks = [new(Left, FaceMarkKind.Face)] }.Correct(new FaceFacts { Known = false }, Image).Known, Is.False);

    [Test]
    public void An_approval_settles_what_the_reviewer_saw_and_nothing_else()
    {
        var review = new ReviewFacts { Approval = new("a1", "Gezien", [Held.Key]) };
        Assert.That(Outcomes(review, Held), Is.EqualTo(Outcome.Approved));
        Assert.That(Outcomes(review, Held, Held with { Reason = new("Iets anders", "Something else") }), Is.EqualTo(Outcome.Held));
        Assert.That(Outcomes(review, Held with { Outcome = Outcome.Rejected }), Is.EqualTo(Outcome.Rejected), "what rejects is never settled");
        Assert.That(Outcomes(new ReviewFacts(), Held), Is.EqualTo(Outcome.Held));
    }

    [Test]
    public void Nobody_can_answer_for_what_was_not_looked_up()
    {
        var review = new ReviewFacts { Approval = new("a1", "Gezien", [Held.Key]) };
        var photo = Some.Photo with { Review = review };
        foreach (var unknown in new[]
        {
            photo with { Consent = photo.Consent with { Known = false } },
            photo with { Recordings = photo.Recordings with { Known = false } },
            photo with { TakenBack = new() { Known = false } },
            photo with { Wording = photo.Wording with { Known = false } },
            photo with { Faces = photo.Faces with { Known = false } },
            photo with { ImageProblem = ImageProblem.Damaged },
            photo with { IntakeProblem = IntakeProblem.Unfinished },
        })
        {
            Assert.That(Verdict.OutcomeOf(unknown, [Held]), Is.EqualTo(Outcome.Held));
        }
    }

    private static Outcome Outcomes(ReviewFacts review, params Finding[] findings) => Verdict.OutcomeOf(Some.Photo with { Review = review }, findings);

    private static FaceFacts Marked(params FaceMark[] marks) => new ReviewFacts { Marks = marks }.Correct(Counted, Image);

    // As a person draws: not to the pixel.
    private static FaceBox Near(FaceBox box) => box with { X = box.X + 10, Y = box.Y - 8, Width = box.Width + 5 };
}
