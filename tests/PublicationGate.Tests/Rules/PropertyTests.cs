using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Rules;
using PublicationGate.TakenBack;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;
using Outcome = PublicationGate.Rules.Outcome;

namespace PublicationGate.Tests.Rules;

/// <summary>What must hold for any photo, whatever its facts.</summary>
public class PropertyTests
{
    private static readonly RuleList Rules = new();

    private static readonly Gen<ConsentState> Answers = Gen.Frequency((5, Gen.Constant(ConsentState.Yes)), (1, Gen.Elements(ConsentState.No, ConsentState.Silent)));

    private static readonly Gen<FaceBox> Boxes =
        from x in Gen.Choose(0, 900) from y in Gen.Choose(0, 900) from side in Gen.Choose(10, 400) select new FaceBox(x, y, side, side, 0.9f);

    private static readonly Gen<ConsentFacts> Consents =
        from pupils in Gen.Choose(0, 4)
        from inGroup in Answers.ArrayOf(4)
        from individually in Answers.ArrayOf(4)
        from adults in Gen.Choose(0, 2)
        from permissions in Answers.ArrayOf(2)
        select new ConsentFacts
        {
            Pupils = [.. Enumerable.Range(0, pupils).Select(i => Some.Pupil($"p{i}", inGroup[i], individually[i]))],
            Adults = [.. Enumerable.Range(0, adults).Select(i => Some.Adult($"s{i}", permissions[i]))],
        };

    internal static readonly Gen<PhotoFacts> Facts =
        from consent in Consents
        from adults in Gen.Choose(0, 2)
        from faces in Gen.Choose(0, 6).SelectMany(count => Boxes.ArrayOf(count))
        from channel in Gen.Elements("website", "app", "school-guide", "instagram", "newsletter")
        from situation in Gen.Elements(null, "group", "general", "individual")
        from origin in Gen.Frequency((4, Gen.Constant("school-camera")), (1, Gen.Elements("staff", "parent", "repost")))
        from saysNobody in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new PhotoFacts
        {
            FileName = "dag.jpg",
            ContentSha256 = "ab",
            Declaration = new Declaration
            {
                Channel = channel, Situation = situation, Origin = origin, AdultCount = adults, NobodyRecognisable = saysNobody,
                People = saysNobody || consent.Pupils.Count == 0 ? null : [.. consent.Pupils.Select(pupil => pupil.Key)],
                AdultNames = [.. consent.Adults.Select(adult => adult.Key)],
            },
            Image = new ImageHeader(ImageFormat.Jpeg, 1000, 1000, 1, 1),
            Faces = new FaceFacts { Sure = faces },
            Recordings = new RecordingFacts(),
            TakenBack = new TakenBackFacts(),
            Wording = new WordingFacts(),
            Consent = saysNobody ? consent with { Pupils = [] } : consent,
        };

    private static readonly (string What, Func<PhotoFacts, PhotoFacts> Forget)[] Unknowns =
    [
        ("register", facts => facts with { Consent = new ConsentFacts { Known = false } }),
        ("register, with answers left in", facts => facts with { Consent = facts.Consent with { Known = false } }),
        ("faces", facts => facts with { Faces = new FaceFacts { Known = false } }),
        ("faces, with boxes left in", facts => facts with { Faces = facts.Faces with { Known = false } }),
        ("a face", facts => facts with { Faces = facts.Faces with { Doubtful = [new FaceBox(1, 1, 9, 9, 0.4f)] } }),
        ("whether anyone is in the dark", facts => facts with { Faces = new FaceFacts { IsClearEnough = false } }),
        ("a name", facts => facts with { Consent = facts.Consent with { NotFound = ["Kees"] } }),
        ("which of two", facts => facts with { Consent = facts.Consent with { Ambiguous = ["Sem"] } }),
        ("whether it is a recording with a purpose", facts => facts with { Recordings = new RecordingFacts { Known = false } }),
        ("whether it was taken back", facts => facts with { TakenBack = new TakenBackFacts { Known = false } }),
        ("whether anybody asked if it was taken back", facts => facts with { TakenBack = null }),
        ("who is in it", facts => facts with { Declaration = facts.Declaration with { NobodyRecognisable = false, People = null, Group = null, AdultCount = 0, AdultNames = [] } }),
        ("what travels in the file", facts => facts with { Metadata = new MetadataFacts { Known = false } }),
        ("what travels in the file, with entries left in", facts => facts with { Metadata = facts.Metadata with { Known = false } }),
        ("what the texts say", facts => facts with { Wording = new WordingFacts { Known = false } }),
        ("all pixels", facts => facts with { DecodedWithWarnings = true }),
        .. Enum.GetValues<ImageProblem>().Skip(1).Select(problem => (problem.ToString(), (Func<PhotoFacts, PhotoFacts>)(facts => facts with { ImageProblem = problem }))),
        .. Enum.GetValues<IntakeProblem>().Skip(1).Select(problem => (problem.ToString(), (Func<PhotoFacts, PhotoFacts>)(facts => facts with { IntakeProblem = problem }))),
    ];

    private static readonly (string What, Func<ChannelTerms, ChannelTerms> Change)[] Stricter =
    [
        ("shut", terms => terms with { IsOpen = false }),
        ("public", terms => terms with { IsPublic = true }),
        ("no photos", terms => terms with { Kinds = [.. terms.Kinds.Where(kind => kind != MediaKind.Photo)] }),
        ("fewer kinds", terms => terms with { Kinds = [.. terms.Kinds.Take(1)] }),
        ("larger group", terms => terms with { MinimumGroup = Math.Max(2, terms.MinimumGroup ?? 0) + 1 }),
        ("no portraits", terms => terms with { AllowsPortraits = false }),
        ("no names", terms => terms with { Names = NamesAllowed.None }),
        ("no accounts but one", terms => terms with { Accounts = ["dewegwijzer"] }),
    ];

    [Test]
    public void Some_photos_are_approved_or_the_other_properties_would_say_nothing() =>
        Assert.That(Facts.Sample(2000).CountBy(facts => OutcomeOf(facts)).ToDictionary(), Has.Count.EqualTo(3).And.ItemAt(Outcome.Approved).GreaterThan(20));

    [Test]
    public void Whatever_is_unknown_never_approves() =>
        ForAll(facts => Unknowns.Where(unknown => OutcomeOf(unknown.Forget(facts)) == Outcome.Approved).Select(unknown => unknown.What).FirstOrDefault());

    [Test]
    public void Declared_people_of_whom_no_face_is_seen_never_approve() =>
        ForAll(facts => facts.DeclaredPeople > 0 && OutcomeOf(facts with { Faces = new FaceFacts() }) == Outcome.Approved ? "approved" : null);

    [Test]
    public void A_face_more_than_people_never_approves() =>
        ForAll(facts => facts.Faces.Sure.Count > facts.DeclaredPeople && OutcomeOf(facts) == Outcome.Approved ? "approved" : null);

    [Test]
    public void A_pupil_with_neither_consent_never_approves() =>
        ForAll(facts => facts.Consent.Pupils.Any(pupil => pupil is { InGroupPhoto: not ConsentState.Yes, Individually: not ConsentState.Yes }) && OutcomeOf(facts) == Outcome.Approved ? "approved" : null);

    [Test]
    public void A_pupil_alone_without_permission_for_it_never_approves() =>
        ForAll(facts =>
        {
            var alone = facts with { Faces = Some.FacesOf(1) };
            return alone.Consent.Pupils.Any(pupil => pupil.Individually != ConsentState.Yes) && OutcomeOf(alone) == Outcome.Approved ? "approved" : null;
        });

    [Test]
    public void A_pupil_among_others_without_consent_to_it_never_approves() =>
        ForAll(facts =>
        {
            var group = facts with { Faces = Some.FacesOf(facts.DeclaredPeople), Declaration = facts.Declaration with { Situation = "group" } };
            return group.Consent.Pupils.Count > 1 && group.Consent.Pupils.Any(pupil => pupil.InGroupPhoto != ConsentState.Yes) && OutcomeOf(group) == Outcome.Approved ? "approved" : null;
        });

    [Test]
    public void A_file_that_names_or_places_people_or_hides_something_never_approves() =>
        ForAll(facts => Enum.GetValues<MetadataKind>().Where(kind => kind is not (MetadataKind.Text or MetadataKind.Maker))
            .Any(kind => OutcomeOf(facts with { Metadata = new() { Entries = [new(kind, "x", "y")] } }) == Outcome.Approved) ? "approved" : null);

    [Test]
    public void More_metadata_never_makes_it_milder() =>
        ForAll(facts => Enum.GetValues<MetadataKind>().Any(kind => OutcomeOf(facts with { Metadata = new() { Entries = [new(kind, "x", "Jannie")] } }) < OutcomeOf(facts)) ? "milder" : null);

    [Test]
    public void The_outcome_is_the_worst_finding_and_one_more_never_makes_it_milder() =>
        ForAll(facts =>
        {
            var findings = Rules.Judge(facts, Some.Protocol);
            var worst = RuleList.Worst(findings);
            var isWorst = worst == (findings.Any(f => f.Outcome == Outcome.Rejected) ? Outcome.Rejected : findings.Any() ? Outcome.Held : Outcome.Approved);
            var milder = Enum.GetValues<Outcome>().Where(outcome => RuleList.Worst([.. findings, new("x", "P2", outcome, new("", ""))]) < worst);
            return isWorst && !milder.Any() ? null : "milder";
        });

    [Test]
    public void A_larger_minimum_group_never_approves_more() =>
        ForAll(facts => Enumerable.Range(2, 5).Any(minimum => OutcomeOf(facts, minimum + 1) < OutcomeOf(facts, minimum)) ? "milder" : null);

    [Test]
    public void A_stricter_protocol_never_approves_more_and_never_judges_milder() =>
        ForAll(facts => (
            from lax in Stricter.Append(("as it is", terms => terms))
            from strict in Stricter
            let before = Everywhere(Some.Protocol, lax.Change)
            where OutcomeOf(facts, Everywhere(before, strict.Change)) < OutcomeOf(facts, before)
            select $"{lax.What}, then {strict.What}").FirstOrDefault());

    [Test]
    public void Each_stricter_term_that_a_photo_can_meet_makes_some_photos_stricter()
    {
        var facts = Facts.Sample(2000).ToList();
        var without = Stricter.Where(stricter => stricter.What is not ("fewer kinds" or "no names" or "no accounts but one"))
            .Where(stricter => facts.TrueForAll(photo => OutcomeOf(photo, Everywhere(Some.Protocol, stricter.Change)) == OutcomeOf(photo)));
        Assert.That(without.Select(stricter => stricter.What), Is.Empty, "the property would say nothing of these");
    }

    [Test]
    public void A_finding_names_a_clause_that_its_rule_states() =>
        ForAll(facts => Rules.Judge(facts, Some.Protocol).FirstOrDefault(found => !Rules.Rules.Single(rule => rule.Code == found.Rule).Clauses.Contains(found.Clause))?.ToString());

    [Test]
    public void Taking_a_consent_away_never_makes_it_milder() =>
        ForAll(facts => facts.Consent.Pupils.Select((pupil, i) =>
            facts with { Consent = facts.Consent with { Pupils = [.. facts.Consent.Pupils.Select((other, j) => i == j ? other with { InGroupPhoto = ConsentState.No, Individually = ConsentState.No } : other)] } })
            .Any(less => OutcomeOf(less) < OutcomeOf(facts)) ? "milder" : null);

    [Test]
    public void Judging_twice_finds_the_same() =>
        ForAll(facts => Rules.Judge(facts, Some.Protocol).SequenceEqual(Rules.Judge(facts, Some.Protocol)) ? null : "differs");

    private static Outcome OutcomeOf(PhotoFacts facts) => OutcomeOf(facts, 2);

    private static Outcome OutcomeOf(PhotoFacts facts, int minimumGroup) => OutcomeOf(facts, Some.Protocol with { MinimumGroup = minimumGroup });

    private static Outcome OutcomeOf(PhotoFacts facts, Protocol protocol) => RuleList.Worst(Rules.Judge(facts, protocol));

    private static Protocol Everywhere(Protocol protocol, Func<ChannelTerms, ChannelTerms> change) =>
        protocol with { Channels = Channels.All.ToDictionary(channel => channel, channel => change(protocol.TermsOf(channel))) };

    private static void ForAll(Func<PhotoFacts, string?> wrong) =>
        Prop.ForAll(Arb.From(Facts), facts => wrong(facts) is { } what ? throw new InvalidOperationException(what) : true).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
