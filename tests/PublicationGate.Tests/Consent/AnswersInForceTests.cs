using PublicationGate.Consent;

namespace PublicationGate.Tests.Consent;

public class AnswersInForceTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);

    [Test]
    public void Silence_is_not_consent() => Assert.That(Weigh(), Is.EqualTo(ConsentState.Silent));

    [Test]
    public void A_yes_for_the_channel_or_for_every_channel_is_yes()
    {
        Assert.That(Weigh(Says("yes", 1)), Is.EqualTo(ConsentState.Yes));
        Assert.That(Weigh(Says("yes", 1, "*")), Is.EqualTo(ConsentState.Yes));
    }

    [Test]
    public void A_yes_for_another_channel_or_scope_says_nothing()
    {
        Assert.That(Weigh(Says("yes", 1, "instagram")), Is.EqualTo(ConsentState.Silent));
        Assert.That(Weigh(Says("yes", 1, scope: ConsentScope.Individual)), Is.EqualTo(ConsentState.Silent));
    }

    [Test]
    public void Counts_from_its_own_day()
    {
        Assert.That(Weigh(Says("yes", 31)), Is.EqualTo(ConsentState.Yes));
        Assert.That(Weigh(Says("yes", 1), new Answer
        {
            PupilKey = "p1", Channel = "website", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = false, Date = Today.AddDays(1), GivenBy = "moeder",
        }), Is.EqualTo(ConsentState.Yes));
    }

    [Test]
    public void The_latest_answer_of_a_guardian_counts_also_when_it_is_for_every_channel()
    {
        Assert.That(Weigh(Says("no", 1), Says("yes", 2)), Is.EqualTo(ConsentState.Yes));
        Assert.That(Weigh(Says("yes", 1), Says("no", 2, "*")), Is.EqualTo(ConsentState.No));
        Assert.That(Weigh(Says("no", 1), Says("yes", 2, by: " MOEDER ")), Is.EqualTo(ConsentState.Yes));
    }

    [Test]
    public void On_one_day_the_channel_itself_goes_before_every_channel()
    {
        Assert.That(Weigh(Says("no", 1, "*"), Says("yes", 1)), Is.EqualTo(ConsentState.Yes));
        Assert.That(Weigh(Says("no", 1), Says("yes", 1, "*")), Is.EqualTo(ConsentState.No));
    }

    [Test]
    public void On_one_day_for_one_channel_no_wins()
    {
        Assert.That(Weigh(Says("no", 1), Says("yes", 1)), Is.EqualTo(ConsentState.No));
        Assert.That(Weigh(Says("yes", 1), Says("no", 1)), Is.EqualTo(ConsentState.No));
    }

    [Test]
    public void Between_guardians_no_wins_however_old()
    {
        Assert.That(Weigh(Says("no", 1, by: "vader"), Says("yes", 30)), Is.EqualTo(ConsentState.No));
        Assert.That(Weigh(Says("yes", 1, by: "vader"), Says("yes", 30)), Is.EqualTo(ConsentState.Yes));
    }

    private static ConsentState Weigh(params Answer[] answers) =>
        AnswersInForce.Weigh(answers, ConsentScope.Group, new("website", new(Today, new(12, 0), TimeSpan.Zero), BirthDate: null, ConsentTerms.Lenient)).State;

    private static Answer Says(string answer, int day, string channel = "website", ConsentScope scope = ConsentScope.Group, string by = "moeder") => new()
    {
        PupilKey = "p1", Channel = channel, Kind = MediaKind.Photo, Scope = scope, IsYes = answer == "yes", Date = new DateOnly(2026, 3, day), GivenBy = by,
    };
}
