using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Tests.Consent;
using PublicationGate.Tests.Support;
using Outcome = PublicationGate.Rules.Outcome;

namespace PublicationGate.Tests.Rules;

/// <summary>From answers to verdicts: what must hold whatever was answered, by whom, when and to which text.</summary>
public class ConsentPropertyTests
{
    private static readonly RuleList Rules = new();

    private static readonly Gen<Case> Cases =
        from first in Gen.Choose(0, 6).SelectMany(count => AnswerPropertyTests.Answers.ArrayOf(count))
        from second in Gen.Choose(0, 6).SelectMany(count => AnswerPropertyTests.Answers.ArrayOf(count))
        from question in AnswerPropertyTests.Questions
        from faces in Gen.Choose(1, 3)
        from channel in Gen.Elements("website", "app")
        select new Case([first, second], question with { Channel = channel }, faces);

    [Test]
    public void Some_photos_pass_and_some_do_not_or_the_other_properties_would_say_nothing() =>
        Assert.That(Cases.Sample(5000).CountBy(OutcomeOf).ToDictionary(), Has.Count.EqualTo(3).And.ItemAt(Outcome.Approved).GreaterThan(20));

    [Test]
    public void Taking_a_yes_away_never_makes_the_verdict_milder() =>
        ForAll(one => one.Answers.SelectMany((answers, pupil) => answers.Where(answer => answer.IsYes).Select(yes => one.Without(pupil, yes))).All(less => OutcomeOf(less) >= OutcomeOf(one)));

    [Test]
    public void Adding_a_no_never_makes_the_verdict_milder_where_guardians_decide() =>
        ForAll(one =>
        {
            var guardiansDecide = one with { Question = one.Question with { BirthDate = null } };
            var no = new Answer { PupilKey = "p0", Channel = one.Question.Channel, Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = false, Date = one.Question.Day, GivenBy = "guardian-3" };
            var more = guardiansDecide with { Answers = [[.. one.Answers[0], no], one.Answers[1]] };
            return OutcomeOf(more) >= OutcomeOf(guardiansDecide);
        });

    [Test]
    public void A_pupil_of_whom_nobody_answered_never_passes() =>
        ForAll(one => OutcomeOf(one with { Answers = [one.Answers[0], []] }) == Outcome.Rejected);

    [Test]
    public void A_channel_that_is_offered_as_a_way_out_is_one() =>
        ForAll(one => FactsOf(one).Consent.Pupils.Index().All(pupil => pupil.Item.OtherChannels.All(other =>
            Weigh(one with { Question = one.Question with { Channel = other } }, pupil.Index).InGroupPhoto == ConsentState.Yes)));

    private static Outcome OutcomeOf(Case one) => RuleList.Worst(Rules.Judge(FactsOf(one), Some.Protocol));

    private static PhotoFacts FactsOf(Case one) => Some.Photo.On(one.Question.Channel).WithFaces(one.Faces).WithPupils(Weigh(one, 0), Weigh(one, 1));

    private static PupilConsent Weigh(Case one, int pupil)
    {
        var child = new Pupil { Key = $"p{pupil}", FirstName = "Noor", Prefix = "", Surname = "Proef", Group = "groep 5", BirthDate = one.Question.BirthDate };
        return PupilAnswers.Weigh(child, one.Answers[pupil], one.Question.Channel, one.Question.AsOf, one.Question.Terms);
    }

    private static void ForAll(Func<Case, bool> holds) => Prop.ForAll(Arb.From(Cases), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private sealed record Case(Answer[][] Answers, ConsentQuestion Question, int Faces)
    {
        public Case Without(int pupil, Answer answer) => this with { Answers = [.. Answers.Select((answers, i) => i == pupil ? [.. answers.Where(other => !ReferenceEquals(other, answer))] : answers)] };
    }
}
