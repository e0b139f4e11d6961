using PublicationGate.Consent;

namespace PublicationGate.Tests.Consent;

/// <summary>Age, text version, lifetime and time of day in the weighing of answers.</summary>
public class AnswerWeighingTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);
    private static readonly DateTimeOffset Noon = new(Today, new(12, 0), TimeSpan.Zero);
    private static readonly DateOnly SixteenToday = Today.AddYears(-16);

    [Test]
    public void From_the_sixteenth_birthday_a_guardians_yes_no_longer_counts()
    {
        var yes = Says(true, Today.AddDays(-1));
        Assert.That(Weigh([yes], SixteenToday.AddDays(1)), Is.EqualTo(new WeighedConsent(ConsentState.Yes)));
        Assert.That(Weigh([yes], SixteenToday), Is.EqualTo(new WeighedConsent(ConsentState.Silent, SilenceCause.PupilDecides)));
        Assert.That(Weigh([yes], birthDate: null), Is.EqualTo(new WeighedConsent(ConsentState.Yes)), "an age that nobody knows is that of a pupil of a primary school");
    }

    [Test]
    public void A_guardians_no_stands_until_the_pupil_of_16_has_answered()
    {
        var no = Says(false, Today.AddDays(-300));
        Assert.That(Weigh([no], SixteenToday).State, Is.EqualTo(ConsentState.No));
        Assert.That(Weigh([no, Says(true, Today, by: AnswerBy.Pupil)], SixteenToday).State, Is.EqualTo(ConsentState.Yes));
        Assert.That(Weigh([no, Says(true, Today.AddDays(-1), by: AnswerBy.Pupil)], SixteenToday).State, Is.EqualTo(ConsentState.No), "that was the day before");
        Assert.That(Weigh([no, Says(true, Today, "app", by: AnswerBy.Pupil)], SixteenToday).State, Is.EqualTo(ConsentState.No), "that was another channel");
        Assert.That(Weigh([Says(true, Today.AddDays(-2), by: AnswerBy.Pupil), Says(false, Today)], SixteenToday.AddDays(-9)).State, Is.EqualTo(ConsentState.Yes), "a guardian has no say any more");
    }

    [Test]
    public void Below_16_a_pupils_own_yes_is_no_consent_and_their_no_is_heeded()
    {
        var fifteen = SixteenToday.AddYears(1);
        Assert.That(Weigh([Says(true, Today, by: AnswerBy.Pupil)], fifteen), Is.EqualTo(new WeighedConsent(ConsentState.Silent, SilenceCause.NeverAnswered)));
        Assert.That(Weigh([Says(true, Today), Says(false, Today, by: AnswerBy.Pupil)], fifteen).State, Is.EqualTo(ConsentState.No));
        Assert.That(Weigh([Says(true, Today), Says(false, Today.AddDays(-1), by: AnswerBy.Pupil), Says(true, Today, by: AnswerBy.Pupil)], fifteen).State, Is.EqualTo(ConsentState.Yes));
        Assert.That(Weigh([Says(true, Today, by: AnswerBy.Pupil)], birthDate: null).State, Is.EqualTo(ConsentState.Silent));
    }

    [Test]
    public void The_pupil_is_one_person_whoever_wrote_the_answer_down() =>
        Assert.That(Weigh([Says(true, Today.AddDays(-1), by: AnswerBy.Pupil, givenBy: "Sem"), Says(false, Today, by: AnswerBy.Pupil, givenBy: "pupil")], SixteenToday.AddDays(-9)).State, Is.EqualTo(ConsentState.No));

    [Test]
    public void What_staff_copied_from_paper_is_that_guardians_answer()
    {
        Assert.That(Weigh([Says(false, Today.AddDays(-1)), Says(true, Today, by: AnswerBy.Staff)]).State, Is.EqualTo(ConsentState.Yes));
        Assert.That(Weigh([Says(true, Today.AddDays(-1)), Says(false, Today, by: AnswerBy.Staff)]).State, Is.EqualTo(ConsentState.No));
        Assert.That(Weigh([Says(true, Today, by: AnswerBy.Staff)], SixteenToday).State, Is.EqualTo(ConsentState.Silent));
    }

    [TestCase("2026", "yes", ConsentState.Yes)]
    [TestCase("2025", "yes", ConsentState.Silent)]
    [TestCase(null, "yes", ConsentState.Silent)]
    [TestCase("2025", "no", ConsentState.No)]
    [TestCase(null, "no", ConsentState.No)]
    public void Another_text_asks_a_yes_anew_and_takes_no_no_away(string? text, string answer, ConsentState expected)
    {
        var weighed = Weigh([Says(answer == "yes", Today, text: text)], terms: new ConsentTerms { TextVersion = "2026" });
        Assert.That(weighed, Is.EqualTo(new WeighedConsent(expected, expected == ConsentState.Silent ? SilenceCause.TextChanged : null)));
    }

    [Test]
    public void A_yes_to_an_old_text_does_not_take_away_the_yes_to_the_new_one() =>
        Assert.That(Weigh([Says(true, Today.AddDays(-2), text: "2026"), Says(true, Today, text: "2025")], terms: new ConsentTerms { TextVersion = "2026" }).State, Is.EqualTo(ConsentState.Yes));

    [Test]
    public void A_yes_runs_out_and_a_no_does_not()
    {
        var terms = new ConsentTerms { Lifetimes = new Dictionary<string, ConsentLifetime> { ["website"] = new(ConsentLifetimeKind.Months, 1) } };
        Assert.That(Weigh([Says(true, new(2026, 3, 1))], terms: terms).State, Is.EqualTo(ConsentState.Yes));
        Assert.That(Weigh([Says(true, new(2026, 2, 28))], terms: terms), Is.EqualTo(new WeighedConsent(ConsentState.Silent, SilenceCause.RanOut)));
        Assert.That(Weigh([Says(false, new(2016, 2, 28))], terms: terms).State, Is.EqualTo(ConsentState.No));
        Assert.That(Weigh([Says(false, new(2025, 1, 1)), Says(true, new(2025, 2, 1))], terms: terms).State, Is.EqualTo(ConsentState.Silent), "a no that was taken back does not come back");
    }

    [TestCase("2025-08-01", "2026-07-31", true)]
    [TestCase("2025-08-01", "2026-08-01", false)]
    [TestCase("2026-07-31", "2026-07-31", true)]
    [TestCase("2026-07-31", "2026-08-01", false)]
    [TestCase("2025-12-31", "2026-07-31", true)]
    public void A_school_year_ends_with_july(string given, string day, bool counts) =>
        Assert.That(new ConsentLifetime(ConsentLifetimeKind.SchoolYear).Covers(DateOnly.Parse(given), DateOnly.Parse(day)), Is.EqualTo(counts));

    [TestCase(12, "2025-02-28", "2026-02-27", true)]
    [TestCase(12, "2025-02-28", "2026-02-28", false)]
    [TestCase(1, "2026-01-31", "2026-02-27", true)]
    [TestCase(1, "2026-01-31", "2026-02-28", false)]
    [TestCase(0, "2026-01-31", "2026-01-31", false)]
    [TestCase(int.MaxValue, "2026-01-31", "2096-01-31", true)]
    public void Months_count_to_the_day_before(int months, string given, string day, bool counts) =>
        Assert.That(new ConsentLifetime(ConsentLifetimeKind.Months, months).Covers(DateOnly.Parse(given), DateOnly.Parse(day)), Is.EqualTo(counts));

    [Test]
    public void Times_of_one_day_decide_where_both_are_known_and_no_goes_first_where_not()
    {
        Answer no = Says(false, Today, hour: 9), yes = Says(true, Today, "*", hour: 10);
        Assert.That(Weigh([no, yes]).State, Is.EqualTo(ConsentState.Yes));
        Assert.That(Weigh([no, Says(true, Today)]).State, Is.EqualTo(ConsentState.No));
        Assert.That(Weigh([Says(false, Today, "*"), yes]).State, Is.EqualTo(ConsentState.No));
        Assert.That(Weigh([Says(true, Today, hour: 9), Says(false, Today, hour: 13)]).State, Is.EqualTo(ConsentState.Yes), "one o'clock is still to come");
    }

    [TestCase(ConsentState.Yes, ConsentState.Silent, ConsentState.Yes)]
    [TestCase(ConsentState.Silent, ConsentState.Yes, ConsentState.Yes)]
    [TestCase(ConsentState.Yes, ConsentState.No, ConsentState.No)]
    [TestCase(ConsentState.No, ConsentState.Yes, ConsentState.No)]
    [TestCase(ConsentState.Silent, ConsentState.Silent, ConsentState.Silent)]
    public void A_name_may_be_shown_by_a_yes_for_either_scope_and_no_no(ConsentState group, ConsentState individual, ConsentState expected)
    {
        List<Answer> answers = [];
        answers.AddRange(group == ConsentState.Silent ? [] : [Says(group == ConsentState.Yes, Today)]);
        answers.AddRange(individual == ConsentState.Silent ? [] : [Says(individual == ConsentState.Yes, Today, scope: ConsentScope.Individual)]);
        Assert.That(AnswersInForce.WeighName(answers, new("website", Noon, null, ConsentTerms.Lenient)), Is.EqualTo(expected));
    }

    private static WeighedConsent Weigh(Answer[] answers, DateOnly? birthDate = null, ConsentTerms? terms = null) =>
        AnswersInForce.Weigh(answers, ConsentScope.Group, new("website", Noon, birthDate, terms ?? ConsentTerms.Lenient));

    private static Answer Says(
        bool isYes, DateOnly date, string channel = "website", ConsentScope scope = ConsentScope.Group, AnswerBy by = AnswerBy.Guardian, string givenBy = "moeder", string? text = null, int? hour = null) => new()
    {
        PupilKey = "p1", Channel = channel, Kind = MediaKind.Photo, Scope = scope, IsYes = isYes, Date = date, GivenBy = givenBy, By = by, TextVersion = text,
        At = hour is { } h ? new DateTimeOffset(date, new(h, 0), TimeSpan.Zero) : null,
    };
}
