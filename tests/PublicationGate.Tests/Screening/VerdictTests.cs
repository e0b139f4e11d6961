using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Screening;

public class VerdictTests
{
    private static readonly RuleList Rules = new();

    [Test]
    public void The_same_evidence_gives_the_same_id()
    {
        var again = Some.Photo with { Faces = Some.FacesOf(2), Consent = new ConsentFacts { Pupils = [Some.Pupil("p1"), Some.Pupil("p2")] } };
        Assert.That(IdOf(again), Is.EqualTo(IdOf(Some.Photo)).And.Match("^[0-9a-f]{16}$"));
    }

    private static IEnumerable<TestCaseData> OtherEvidence()
    {
        PhotoFacts[] others =
        [
            Some.Photo with { FileName = "anders.jpg" },
            Some.Photo with { ContentSha256 = new string('b', 64) },
            Some.Photo with { Declaration = Some.Photo.Declaration with { Caption = "Sportdag" } },
            Some.Photo with { Faces = Some.Photo.Faces with { Sure = [Some.Photo.Faces.Sure[0], Some.Photo.Faces.Sure[1] with { Score = 0.91f }] } },
            Some.Photo with { Faces = Some.Photo.Faces with { Doubtful = [new FaceBox(1, 1, 1, 1, 0.4f)] } },
            Some.Photo with { Faces = Some.Photo.Faces with { Models = [new("m", "another")] } },
            Some.Photo.WithPupils(Some.Pupil("p1"), Some.Pupil("p2", ConsentState.Yes, ConsentState.Silent)),
            Some.Photo with { Wording = new() { Findings = [new(PublicationGate.Wording.TextFindingKind.Surname, "alt", 0, "Proef", false)] } },
            Some.Photo with { DecodedWithWarnings = true },
        ];
        return others.Select((other, i) => new TestCaseData(other).SetArgDisplayNames($"change {i + 1}"));
    }

    [TestCaseSource(nameof(OtherEvidence))]
    public void Other_evidence_gives_another_id(PhotoFacts other) => Assert.That(IdOf(other), Is.Not.EqualTo(IdOf(Some.Photo)));

    [Test]
    public void Another_protocol_gives_another_id() =>
        Assert.That(Verdict.Of(Some.Photo, ProtocolReader.Parse(Some.Protocol.Yaml + "# changed\n", "p.yaml"), Rules).Id, Is.Not.EqualTo(IdOf(Some.Photo)));

    [Test]
    public void Other_rules_give_another_id() => Assert.That(Verdict.Of(Some.Photo, Some.Protocol, new RuleList([])).Id, Is.Not.EqualTo(IdOf(Some.Photo)));

    [Test]
    public void Holds_what_it_was_made_from()
    {
        var verdict = Verdict.Of(Some.Photo.On("instagram"), Some.Protocol, Rules);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.Outcome, Is.EqualTo(Outcome.Rejected));
            Assert.That(verdict.Findings.Select(finding => finding.Rule), Is.EqualTo(new[] { "channel-is-open" }));
            Assert.That(verdict.ProtocolVersion, Is.EqualTo(Some.Protocol.Version));
            Assert.That(verdict.Rules, Is.EqualTo(Rules.Codes));
            Assert.That(verdict.Id, Is.EqualTo(verdict.ComputeId()));
        });
    }

    [Test]
    public void A_changed_outcome_is_not_of_its_id() =>
        Assert.That((Verdict.Of(Some.Photo.On("instagram"), Some.Protocol, Rules) with { Outcome = Outcome.Approved, Findings = [] }) is var changed && changed.ComputeId() != changed.Id);

    private static string IdOf(PhotoFacts facts) => Verdict.Of(facts, Some.Protocol, Rules).Id;
}
