using PublicationGate.Consent;
using PublicationGate.Rounds;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class ParentsAgreedInTheRoundRuleTests
{
    private static readonly Protocol Open = Some.Protocol.With("external-pr", terms => terms with { IsOpen = true }).With("tv", terms => terms with { IsOpen = true });

    [TestCase(ConsentState.Yes, RoundState.Closed, "")]
    [TestCase(ConsentState.Yes, RoundState.Open, "Held V1")]
    [TestCase(ConsentState.Silent, RoundState.Closed, "Held V1")]
    [TestCase(ConsentState.Silent, RoundState.Open, "Held V1")]
    [TestCase(ConsentState.No, RoundState.Closed, "Rejected V1")]
    [TestCase(ConsentState.No, RoundState.Open, "Rejected V1, Held V1")]
    [TestCase(ConsentState.Yes, RoundState.Draft, "Held V1")]
    public void A_pupil_is_shown_by_a_yes_once_the_result_is_in(ConsentState answer, RoundState state, string found) =>
        Assert.That(Judge(Photo(new() { Round = Round(state), Pupils = [new("p1", answer), new("p2", ConsentState.Yes)] })), Is.EqualTo(found));

    [Test]
    public void Of_each_pupil_it_is_told() =>
        Assert.That(Judge(Photo(new() { Round = Round(), Pupils = [new("p1", ConsentState.No), new("p2", ConsentState.Silent)] })), Is.EqualTo("Rejected V1, Held V1"));

    [Test]
    public void A_pupil_who_was_not_asked_holds() => Assert.That(Judge(Photo(new() { Round = Round(), Pupils = [new("p1", ConsentState.Yes)] })), Is.EqualTo("Held V1"));

    [Test]
    public void Without_a_round_a_photo_for_others_is_held() => Assert.That(Judge(Photo(new(), round: null)), Is.EqualTo("Held V1"));

    [Test]
    public void Television_is_announced() =>
        Assert.That(Judge(Photo(new(), round: null).On("tv")), Is.EqualTo("Held V5"));

    [Test]
    public void A_notice_speaks_of_its_own_clause() =>
        Assert.That(Judge(Photo(new() { Round = Round() with { Kind = RoundKind.Notice, Channel = "tv" }, Pupils = [new("p1", ConsentState.No), new("p2", ConsentState.Yes)] }).On("tv")), Is.EqualTo("Rejected V5"));

    [Test]
    public void A_round_that_is_not_there_holds() => Assert.That(Judge(Photo(new())), Is.EqualTo("Held V1"));

    [Test]
    public void A_round_about_another_channel_holds() => Assert.That(Judge(Photo(Yes with { Round = Round() with { Channel = "tv" } })), Is.EqualTo("Held V1"));

    [TestCase("website")]
    [TestCase("app")]
    public void Other_channels_need_no_round_and_heed_one_that_is_declared(string channel)
    {
        Assert.That(Judge(Photo(null, round: null).On(channel)), Is.Empty);
        Assert.That(Judge(Photo(Yes).On(channel)), Is.EqualTo("Held V1"), "about another channel");
        Assert.That(Judge(Photo(Yes with { Round = Round() with { Channel = channel } }).On(channel)), Is.Empty);
    }

    [Test]
    public void A_photo_that_shows_nobody_needs_none() => Assert.That(Judge(Photo(new(), round: null).WithPupils()), Is.Empty);

    [Test]
    public void Rounds_that_could_not_be_asked_hold()
    {
        Assert.That(Judge(Photo(new() { Known = false })), Is.EqualTo("Held V1"));
        Assert.That(Judge(Photo(null)), Is.EqualTo("Held V1"));
        Assert.That(Photo(new() { Known = false }).IsLookedUp, Is.False);
    }

    [Test]
    public void External_pr_works_by_rounds_whatever_the_file_says()
    {
        var file = ProtocolReader.Parse(Some.Protocol.Yaml + "\nround-channels: [press]\n", "protocol.yaml");
        Assert.That(new[] { "external-pr", "press", "tv" }.Select(file.WorksByRounds), Is.EqualTo(new[] { true, true, false }));
        Assert.That(Some.Protocol.WorksByRounds("tv"), Is.True);
        Assert.That(() => ProtocolReader.Parse(Some.Protocol.Yaml + "\nround-channels: [billboard]\n", ""), Throws.Exception);
    }

    [Test]
    public void The_round_gives_the_yes_and_the_register_can_still_say_no()
    {
        var silent = Photo(Yes).WithPupils(Some.Pupil("p1", ConsentState.Silent, ConsentState.Silent), Some.Pupil("p2", ConsentState.Silent, ConsentState.Silent));
        Assert.That(Outcome(silent), Is.EqualTo(PublicationGate.Rules.Outcome.Approved));
        Assert.That(Outcome(silent.WithPupils(Some.Pupil("p1", ConsentState.No), Some.Pupil("p2"))), Is.EqualTo(PublicationGate.Rules.Outcome.Rejected));
        Assert.That(Outcome(Photo(new() { Round = Round(), Pupils = [new("p1", ConsentState.Silent), new("p2", ConsentState.Yes)] })), Is.EqualTo(PublicationGate.Rules.Outcome.Held), "a yes in the register opens nothing");
    }

    [TestCase(ConsentScope.Group, ConsentState.Silent, "Rejected")]
    [TestCase(ConsentScope.Individual, ConsentState.Silent, "Approved")]
    [TestCase(ConsentScope.Individual, ConsentState.No, "Rejected")]
    public void A_round_about_being_shown_alone_covers_a_portrait(ConsentScope scope, ConsentState inRegister, string outcome)
    {
        var alone = Photo(new() { Round = Round() with { Scope = scope }, Pupils = [new("p1", ConsentState.Yes)] }).WithPupils(Some.Pupil("p1", ConsentState.Silent, inRegister)).WithFaces(1);
        var protocol = Open.With("external-pr", terms => terms with { IsPublic = false });
        Assert.That(RuleList.Worst(new RuleList().Judge(alone, protocol)).ToString(), Is.EqualTo(outcome));
    }

    [Test]
    public void No_reviewer_settles_what_parents_must_answer()
    {
        var facts = Photo(new() { Round = Round(), Pupils = [new("p1", ConsentState.Silent), new("p2", ConsentState.Yes)] });
        var found = new RuleList().Judge(facts, Open);
        var approved = facts with { Review = new() { Approval = new("account", "gezien", [.. found.Select(finding => finding.Key)]) } };
        Assert.That(Verdict.Of(approved, Open, new RuleList()).Outcome, Is.EqualTo(PublicationGate.Rules.Outcome.Held));
    }

    [Test]
    public void What_would_change_it_is_told_but_never_after_a_no()
    {
        var held = Photo(new(), round: null);
        Assert.That(new WaysOut(held, Open, new RuleList()).ToApproval().SelectMany(way => way), Has.Member(Texts.Get("way-out.round")));
        var refused = Photo(new() { Round = Round(), Pupils = [new("p1", ConsentState.No), new("p2", ConsentState.Yes)] });
        Assert.That(new WaysOut(refused, Open, new RuleList()).ToApproval().SelectMany(way => way), Has.No.Member(Texts.Get("way-out.round")));
    }

    private static RoundFacts Yes => new() { Round = Round(), Pupils = [new("p1", ConsentState.Yes), new("p2", ConsentState.Yes)] };

    private static SeenRound Round(RoundState state = RoundState.Closed) => new(7, "Folder", "external-pr", RoundKind.Ask, ConsentScope.Group, state, new(2026, 3, 1));

    private static PhotoFacts Photo(RoundFacts? facts, long? round = 7)
    {
        var photo = Some.Photo.On("external-pr");
        return photo with { Rounds = facts, Declaration = photo.Declaration with { Round = round } };
    }

    private static string Judge(PhotoFacts photo) => Some.Judge(new ParentsAgreedInTheRoundRule(), photo, Open);

    private static PublicationGate.Rules.Outcome Outcome(PhotoFacts photo) => RuleList.Worst(new RuleList().Judge(photo, Open));
}
