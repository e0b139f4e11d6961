using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Consent;

namespace PublicationGate.Tests.Consent;

/// <summary>What must hold for any history of answers, any age and any terms.</summary>
public class AnswerPropertyTests
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    internal static readonly Gen<Answer> Answers =
        from day in Gen.Choose(0, 5)
        from hour in Gen.Frequency((3, Gen.Constant(-1)), (1, Gen.Choose(8, 11)))
        from channel in Gen.Elements("website", "*", "app")
        from scope in Gen.Frequency((5, Gen.Constant(ConsentScope.Group)), (1, Gen.Constant(ConsentScope.Individual)))
        from isYes in Gen.Elements(true, true, false)
        from givenBy in Gen.Elements("guardian-1", "guardian-2")
        from quality in Gen.Frequency((4, Gen.Constant(AnswerBy.Guardian)), (2, Gen.Constant(AnswerBy.Pupil)), (1, Gen.Constant(AnswerBy.Staff)))
        from text in Gen.Elements(null, "1", "2")
        select new Answer
        {
            PupilKey = "p1", Channel = channel, Kind = MediaKind.Photo, Scope = scope, IsYes = isYes, Date = Start.AddDays(day), GivenBy = givenBy, By = quality, TextVersion = text,
            At = hour < 0 ? null : new DateTimeOffset(Start.AddDays(day), new(hour, 0), TimeSpan.Zero),
        };

    internal static readonly Gen<ConsentQuestion> Questions =
        from day in Gen.Choose(0, 70)
        from turns16 in Gen.Frequency((1, Gen.Constant<int?>(null)), (1, Gen.Elements<int?>(-500, 1, 3, 5, 500)))
        from text in Gen.Elements(null, null, "2")
        from lifetime in Gen.Elements(ConsentLifetime.Unlimited, new ConsentLifetime(ConsentLifetimeKind.Months, 2), new ConsentLifetime(ConsentLifetimeKind.SchoolYear))
        select new ConsentQuestion("website", new DateTimeOffset(Start.AddDays(day), new(10, 30), TimeSpan.Zero), turns16 is { } days ? Start.AddDays(days).AddYears(-16) : null,
            new ConsentTerms { TextVersion = text, Lifetimes = new Dictionary<string, ConsentLifetime> { ["website"] = lifetime }, OpenChannels = ["website", "app"] });

    private static readonly Gen<(Answer[] Answers, ConsentQuestion Question)> Histories =
        from answers in Gen.Choose(0, 7).SelectMany(count => Answers.ArrayOf(count)) from question in Questions select (answers, question);

    [Test]
    public void Each_state_and_each_cause_comes_up_or_the_other_properties_would_say_nothing()
    {
        var weighed = Histories.Sample(5000).Select(history => Weigh(history.Answers, history.Question)).CountBy(result => result).ToDictionary();
        Assert.That(weighed.Keys.Select(result => result.State).Distinct(), Is.EquivalentTo(Enum.GetValues<ConsentState>()));
        Assert.That(weighed.Keys.Select(result => result.Cause).OfType<SilenceCause>(), Is.EquivalentTo(Enum.GetValues<SilenceCause>()));
    }

    [Test]
    public void A_no_disappears_by_a_later_yes_of_the_same_guardian_or_by_the_pupil_of_16_and_by_nothing_else() =>
        ForAll((answers, question) =>
        {
            var counting = answers.Where(answer => IsAbout(answer, question)).ToList();
            var pupilHasDecided = question.PupilDecides && counting.Any(answer => answer.By == AnswerBy.Pupil && answer.Date >= question.DecidesFrom);
            var stands = counting.Any(no => !no.IsYes && no.By != AnswerBy.Pupil && !counting.Any(yes => yes.IsYes && yes.By != AnswerBy.Pupil && yes.GivenBy == no.GivenBy && MayBeLater(yes, no)));
            return !stands || pupilHasDecided || Weigh(answers, question).State == ConsentState.No;
        });

    [Test]
    public void Whatever_is_answered_before_a_no_of_a_guardian_it_stands() =>
        ForAll((answers, question) =>
        {
            var no = new Answer { PupilKey = "p1", Channel = "website", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = false, Date = Start.AddDays(6), GivenBy = "guardian-1" };
            var later = question with { AsOf = question.AsOf.AddDays(6), BirthDate = null };
            return Weigh([.. answers, no], later).State == ConsentState.No;
        });

    [Test]
    public void Taking_a_yes_away_never_makes_it_milder() =>
        ForAll((answers, question) => answers.Where(answer => answer.IsYes).All(yes => Severity(Weigh(answers.Except([yes]), question)) >= Severity(Weigh(answers, question))));

    // The counterexample that the remarks of AnswersInForce name: why answers are not deleted.
    [Test]
    public void Taking_away_a_no_that_was_ended_can_make_it_milder()
    {
        Answer Says(bool isYes, int day, string text) =>
            new() { PupilKey = "p1", Channel = "website", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = isYes, Date = Start.AddDays(day), GivenBy = "guardian-1", TextVersion = text };
        Answer[] answers = [Says(true, 0, "2"), Says(false, 1, "2"), Says(true, 2, "1")];
        var question = new ConsentQuestion("website", new DateTimeOffset(Start.AddDays(9), default, default), null, new ConsentTerms { TextVersion = "2" });
        Assert.That(Weigh(answers, question).State, Is.EqualTo(ConsentState.Silent));
        Assert.That(Weigh([answers[0], answers[2]], question).State, Is.EqualTo(ConsentState.Yes));
    }

    [Test]
    public void Under_16_a_yes_needs_a_yes_of_a_guardian_and_from_16_one_of_the_pupil() =>
        ForAll((answers, question) => Weigh(answers, question).State != ConsentState.Yes
            || answers.Any(answer => answer.IsYes && IsAbout(answer, question) && (answer.By == AnswerBy.Pupil) == question.PupilDecides));

    [Test]
    public void Stricter_terms_never_make_it_milder() =>
        ForAll((answers, question) => Severity(Weigh(answers, question)) >= Severity(Weigh(answers, question with { Terms = ConsentTerms.Lenient })));

    [Test]
    public void The_order_in_which_answers_are_kept_says_nothing() =>
        ForAll((answers, question) => Weigh(answers, question) == Weigh(answers.Reverse(), question));

    [Test]
    public void What_is_answered_later_than_the_instant_of_looking_says_nothing() =>
        ForAll((answers, question) => Weigh(answers, question) == Weigh(answers.Where(answer => answer.At is { } at ? at <= question.AsOf : answer.Date <= question.Day), question));

    private static WeighedConsent Weigh(IEnumerable<Answer> answers, ConsentQuestion question) => AnswersInForce.Weigh(answers, ConsentScope.Group, question);

    private static int Severity(WeighedConsent weighed) => weighed.State switch { ConsentState.Yes => 0, ConsentState.Silent => 1, _ => 2 };

    private static bool IsAbout(Answer answer, ConsentQuestion question) =>
        answer.Scope == ConsentScope.Group && answer.Channel != "app" && (answer.At is { } at ? at <= question.AsOf : answer.Date <= question.Day);

    // Of the same day by all that may be: the weighing itself is stricter.
    private static bool MayBeLater(Answer yes, Answer no) => yes.Date >= no.Date;

    private static void ForAll(Func<Answer[], ConsentQuestion, bool> holds) =>
        Prop.ForAll(Arb.From(Histories), history => holds(history.Answers, history.Question)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
}
