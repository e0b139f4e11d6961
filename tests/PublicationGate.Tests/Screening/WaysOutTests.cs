using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Rules;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;
using Outcome = PublicationGate.Rules.Outcome;

namespace PublicationGate.Tests.Screening;

public class WaysOutTests
{
    private static readonly RuleList Rules = new();
    private static readonly PupilConsent Silent = Some.Pupil("3", ConsentState.Silent, ConsentState.Silent);
    private static readonly PupilConsent Refused = Some.Pupil("3", ConsentState.No, ConsentState.No);
    private static readonly PhotoFacts Three = Some.Photo.WithFaces(3).WithPupils(Some.Pupil("1"), Some.Pupil("2"), Some.Pupil("3"));

    [Test]
    public void An_approved_photo_needs_none() => Assert.That(Explain(Some.Photo).ApprovedWhen, Is.Empty);

    [Test]
    public void Of_one_without_answer_the_parents_may_be_asked_or_the_pupil_left_out() =>
        Assert.That(Ways(Three.WithPupils(Some.Pupil("1"), Some.Pupil("2"), Silent with { OtherChannels = ["website", "newsletter"] }).On("app")), Is.EquivalentTo(new[]
        {
            "Ask the parents of Noor3 for consent for the parents' app, and record their yes.",
            "Leave Noor3 out, or make Noor3 unrecognisable.",
            "Post the photo on: the website / the newsletter, if a yes for group photos is on record there for Noor1, Noor2, Noor3.",
        }));

    [Test]
    public void Nobody_is_told_to_ask_again_after_a_no()
    {
        var ways = Ways(Three.WithPupils(Some.Pupil("1"), Some.Pupil("2"), Refused));
        Assert.That(ways, Has.None.Contains("Ask"));
        Assert.That(ways, Has.Some.Contains("Leave Noor3 out"));
    }

    [Test]
    public void Leaving_out_is_no_way_where_nobody_remains_or_a_single_pupil_would() =>
        Assert.Multiple(() =>
        {
            Assert.That(Ways(Some.Photo.WithFaces(1).WithPupils(Refused)), Has.None.Contains("Leave"));
            Assert.That(Ways(Some.Photo.WithPupils(Some.Pupil("1", ConsentState.Yes, ConsentState.No), Refused)), Has.None.Contains("Leave Noor3"));
        });

    // Without the middle face the largest is more than four times the next; without the smallest it is not.
    [Test]
    public void A_way_that_depends_on_whose_face_is_whose_says_so()
    {
        var faces = new FaceFacts { Sure = [new(0, 0, 300, 300, 1), new(400, 0, 200, 200, 1), new(700, 0, 100, 100, 1)] };
        var photo = Three.WithPupils(Some.Pupil("1", ConsentState.Yes, ConsentState.Silent), Some.Pupil("2", ConsentState.Yes, ConsentState.Silent), Refused) with { Faces = faces };
        var leaveOut = Ways(photo).Single(way => way.Contains("Leave Noor3 out", StringComparison.Ordinal));
        Assert.That(leaveOut, Does.EndWith("This is not certain: it depends on who is to be seen then."));
    }

    [Test]
    public void A_shut_platform_opens_with_an_agreement_or_the_photo_goes_elsewhere() =>
        Assert.That(Ways(Some.Photo.On("facebook")).Select(way => way.Split(" / ")[0]), Is.EqualTo(new[]
        {
            "Post the photo on: the website", "The school opens Facebook in the protocol file, with the agreement with the platform on record.",
        }));

    [Test]
    public void Nobody_is_told_to_move_a_photo_to_a_purpose_of_its_own()
    {
        var training = Some.Protocol.With("training", terms => terms with { IsOpen = true }).With("press", terms => terms with { IsOpen = true });
        Assert.That(Ways(Some.Photo.On("facebook"), training), Has.None.Contains("training").And.None.Contains("the press"));
    }

    [Test]
    public void A_portrait_needs_permission_for_it() =>
        Assert.That(Ways(Some.Photo.WithFaces(1).WithPupils(Some.Pupil("1", ConsentState.Yes, ConsentState.Silent) with { OtherChannelsAlone = ["app", "newsletter"] })), Is.EquivalentTo(new[]
        {
            "Ask the parents of Noor1 whether their child may be shown alone for the website, and record their yes.",
            "Post the photo on: the parents' app / the newsletter, if a yes for being shown alone is on record there for Noor1.",
        }));

    [Test]
    public void Where_no_portraits_are_allowed_permission_does_not_help() =>
        Assert.That(Ways(Some.Photo.WithFaces(1).WithPupils(Some.Pupil("1", ConsentState.Yes, ConsentState.Silent) with { OtherChannelsAlone = ["app"] }), Some.Protocol.With("website", terms => terms with { AllowsPortraits = false })).Single(),
            Does.StartWith("Post the photo on: the parents' app"));

    [TestCase("parent", null)]
    [TestCase("repost", "Record the permission of whoever posted it")]
    [TestCase("third-party", "Record the maker's permission")]
    public void Somebody_elses_photo_can_be_replaced_or_permitted(string origin, string? permission)
    {
        var ways = Ways(Some.Photo with { Declaration = Some.Photo.Declaration with { Origin = origin } });
        Assert.That(ways, Has.One.EqualTo("Use a photo that the school took itself."));
        Assert.That(ways.Where(way => way.Contains("permission", StringComparison.Ordinal)).Select(way => way.Split(" ('")[0]), Is.EqualTo(permission is null ? [] : new[] { permission }));
    }

    [Test]
    public void Metadata_can_be_left_out() =>
        Assert.That(Ways(Some.Photo with { Metadata = new() { Entries = [new(MetadataKind.Location, "GPS", "52.1, 5.1")] } }), Is.EqualTo(new[] { "Save the photo again without metadata, and submit that." }));

    [Test]
    public void Only_what_is_minded_is_to_be_taken_out()
    {
        var photo = Some.Saying(TextFindingKind.FirstName, "Noor");
        photo = photo with { Wording = photo.Wording with { Findings = [.. photo.Wording.Findings, .. Some.Saying(TextFindingKind.Phone, "06-12345678").Wording.Findings] } };
        Assert.That(Ways(photo), Is.EqualTo(new[] { "Take out of the texts or the file name: '06-12345678'." }));
    }

    [Test]
    public void Names_can_be_taken_out_and_doubts_looked_at_and_both_are_needed_together() =>
        Assert.That(Ways(Some.Saying(TextFindingKind.FullName, "Noor Proef") with { Faces = Some.Photo.Faces with { Doubtful = [new(1, 1, 9, 9, 0.4f)] } }),
            Is.EqualTo(new[] { "A person looks and sees no face where it was doubtful (1). Take out of the texts or the file name: 'Noor Proef'." }));

    [Test]
    public void A_face_too_many_may_be_an_adult_who_agrees() => Assert.That(Ways(Some.Photo.WithFaces(4)), Is.EqualTo(new[] { "Declare the other 2 too, if they are adults who agree." }));

    [Test]
    public void An_account_that_is_not_the_schools_can_be_changed() =>
        Assert.That(Ways(Some.Photo with { Declaration = Some.Photo.Declaration with { Account = "ouders" } }, Some.Protocol.With("website", terms => terms with { Accounts = ["dewegwijzer"] })),
            Has.Some.EqualTo("Post the photo from: dewegwijzer."));

    [Test]
    public void An_unreadable_photo_has_none_that_could_be_tried()
    {
        var explanation = Explain(Some.Photo with { ImageProblem = ImageProblem.Damaged });
        Assert.That(explanation.ApprovedWhen, Is.Empty);
        Assert.That(explanation.Clauses.Single().Findings.Single().WaysOut, Is.Empty);
    }

    [Test]
    public void Each_finding_has_its_own_ways()
    {
        var clauses = Explain(Some.Photo.WithPupils(Some.Pupil("1"), Silent).On("facebook") with { Wording = Some.Saying(TextFindingKind.Surname, "Proef").Wording }).Clauses;
        Assert.Multiple(() =>
        {
            Assert.That(clauses.Select(clause => clause.Clause), Is.EqualTo(new[] { "P2", "P3" }));
            Assert.That(clauses[0].Asked, Is.EqualTo(Clause.Of("P2").Asks));
            Assert.That(clauses[0].Findings.Select(finding => finding.Rule), Is.EqualTo(new[] { "channel-is-open", "consent-is-on-file" }));
            Assert.That(clauses[0].Findings[1].WaysOut.Select(way => way.En), Has.Some.StartsWith("Ask the parents of Noor3"));
            Assert.That(clauses[1].Findings.Single().WaysOut.Single().En, Is.EqualTo("Take out of the texts or the file name: 'Proef'."));
        });
    }

    [Test]
    public void Says_which_clauses_were_met() =>
        Assert.That(Explain(Some.Photo.WithFaces(4)).Met, Is.EqualTo("P2 P3 P4 P5 V1 V2 V3 V4 V5 V6 M3 M4 M5 M7 M12 M14 M15 M18 L3 L4 L5 L6 L8 A4".Split(' ')));

    [Test]
    public void Whatever_the_facts_it_says_something_in_both_languages_and_leaves_no_gap() =>
        Prop.ForAll(Arb.From(PropertyTests.Facts), facts =>
        {
            var explanation = Explain(facts);
            return explanation.ApprovedWhen.SelectMany(way => way).Concat(explanation.Clauses.SelectMany(clause => clause.Findings).SelectMany(finding => finding.WaysOut))
                .All(way => way.Nl.Length > 0 && !way.Nl.Contains('{', StringComparison.Ordinal) && !way.En.Contains('{', StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Explanation Explain(PhotoFacts photo, Protocol? protocol = null)
    {
        var verdict = Verdict.Of(photo, protocol ?? Some.Protocol, Rules);
        Assert.That(verdict.Outcome == Outcome.Approved, Is.EqualTo(verdict.Findings.Count == 0));
        return Explanation.Of(verdict, protocol ?? Some.Protocol, Rules);
    }

    private static string[] Ways(PhotoFacts photo, Protocol? protocol = null) => [.. Explain(photo, protocol).ApprovedWhen.Select(way => string.Join(' ', way.Select(change => change.En)))];
}
