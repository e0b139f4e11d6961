using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Consent;
using PublicationGate.Rounds;

namespace PublicationGate.Tests.Rounds;

/// <summary>What must hold for any answers about a pupil in a round.</summary>
public class AnswersInRoundTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<RoundAnswer[]> Answers =
        from answers in Gen.Choose(0, 6).SelectMany(count => (
            from hour in Gen.Choose(0, 200)
            from invitation in Gen.Choose(1, 3)
            from isYes in Gen.Elements(true, true, false)
            select Of(invitation, isYes, hour)).ArrayOf(count))
        select answers;

    [Test]
    public void Each_state_comes_up_or_the_other_properties_would_say_nothing() =>
        Assert.That(Answers.Sample(500).Select(answers => Weigh(answers)).Distinct(), Is.EquivalentTo(Enum.GetValues<ConsentState>()));

    [Test]
    public void Silence_is_no_yes() => Assert.That(Weigh([]), Is.EqualTo(ConsentState.Silent));

    [Test]
    public void It_is_a_yes_when_somebody_says_so_last_and_nobody_says_no_last() => ForAll(answers =>
    {
        // At one moment no goes first.
        var last = answers.GroupBy(answer => answer.InvitationId).Select(guardian => guardian.OrderBy(answer => answer.At).ThenByDescending(answer => answer.IsYes).Last()).ToList();
        return Weigh(answers) == (last.Exists(answer => !answer.IsYes) ? ConsentState.No : last.Count > 0 ? ConsentState.Yes : ConsentState.Silent);
    });

    [Test]
    public void A_later_no_of_anybody_makes_it_no() => ForAll(answers => Weigh([.. answers, Of(2, false, 500)]) == ConsentState.No);

    [Test]
    public void Another_guardians_yes_ends_no_no() =>
        Assert.That(Weigh([Of(1, false, 1), Of(2, true, 2)]), Is.EqualTo(ConsentState.No));

    [Test]
    public void The_order_in_which_they_are_kept_says_nothing() => ForAll(answers => Weigh(answers) == Weigh([.. answers.Reverse()]));

    [Test]
    public void What_is_answered_later_than_the_instant_of_looking_says_nothing() =>
        Assert.That(AnswersInRound.Weigh([Of(1, true, 10)], null, Start.AddHours(9)), Is.EqualTo(ConsentState.Silent));

    [Test]
    public void From_16_on_the_pupil_decides()
    {
        var birth = new DateOnly(2010, 1, 1);
        Assert.That(AnswersInRound.Weigh([Of(1, true, 1)], birth, Start.AddYears(1)), Is.EqualTo(ConsentState.Silent), "a guardian has no say");
        Assert.That(AnswersInRound.Weigh([Of(1, true, 1, isPupil: true)], birth, Start.AddYears(1)), Is.EqualTo(ConsentState.Yes));
        Assert.That(AnswersInRound.Weigh([Of(1, true, 1, isPupil: true)], birth.AddYears(3), Start.AddYears(1)), Is.EqualTo(ConsentState.Silent), "a child's own yes is none");
    }

    private static RoundAnswer Of(long invitation, bool isYes, int hour, bool isPupil = false) =>
        new() { RoundId = 1, PupilKey = "p1", InvitationId = invitation, IsPupil = isPupil, IsYes = isYes, At = Start.AddHours(hour) };

    private static ConsentState Weigh(IEnumerable<RoundAnswer> answers) => AnswersInRound.Weigh(answers, null, Start.AddYears(1));

    private static void ForAll(Func<RoundAnswer[], bool> holds) => Prop.ForAll(Answers.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
