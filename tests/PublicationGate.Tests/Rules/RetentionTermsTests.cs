using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class RetentionTermsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_file_says_how_long_and_what_it_leaves_out_keeps_its_default()
    {
        var terms = Read("retention: { rejected-originals: 7 days, verdicts: unlimited, left-pupils: 1 month }").Retention;
        Assert.That(terms.All.Select(term => $"{term.Key}: {term.Period}"), Is.EqualTo(new[]
        {
            "rejected-originals: 7 days", "held-originals: 90 days", "approved-originals: 14 months", "looks: 90 days", "verdicts: unlimited", "letters: 12 months", "left-pupils: 1 months",
        }));
        Assert.That(Some.Protocol.Retention, Is.EqualTo(new RetentionTerms()));
    }

    [TestCase("looks: 0 days")]
    [TestCase("looks: -3 days")]
    [TestCase("looks: 3651 days")]
    [TestCase("looks: 601 months")]
    [TestCase("looks: 30")]
    [TestCase("looks: 30 dagen")]
    [TestCase("looks: 30 days ago")]
    [TestCase("looks: never")]
    [TestCase("photos: 30 days")]
    [TestCase("looks: [30 days]")]
    public void What_is_no_period_or_no_class_is_a_mistake(string line)
    {
        var mistakes = Assert.Throws<InputErrorsException>(() => Read($"retention: {{ {line} }}"))!.Errors;
        Assert.That(mistakes.Select(mistake => mistake.Key), Is.EqualTo(new[] { line.Split(':')[0] }));
    }

    [TestCase("30 days", "2026-03-01")]
    [TestCase("1 day", "2026-03-30")]
    [TestCase("1 month", "2026-02-28")]
    [TestCase("13 months", "2025-02-28")]
    public void Months_are_those_of_the_calendar(string period, string start) =>
        Assert.That(RetentionPeriod.Parse(period)!.Start(Now)!.Value.ToString("yyyy-MM-dd"), Is.EqualTo(start));

    [Test]
    public void Without_end_nothing_is_ever_over() => Assert.That(RetentionPeriod.Unlimited.Start(Now), Is.Null);

    private static Protocol Read(string yaml) => ProtocolReader.Parse(Some.Protocol.Yaml + "\n" + yaml + "\n", "p.yaml");
}
