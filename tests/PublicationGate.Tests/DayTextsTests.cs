namespace PublicationGate.Tests;

public class DayTextsTests
{
    [Test]
    public void A_day_in_a_list_is_written_as_its_reader_writes_days() => Assert.That(DayTexts.InLists(new(2026, 3, 9)), Is.EqualTo(new Text("9-3-2026", "9 Mar 2026")));

    [Test]
    public void A_moment_is_that_of_the_machines_clock()
    {
        var noon = new DateTime(2026, 11, 23, 12, 5, 0, DateTimeKind.Local);
        Assert.That(DayTexts.Moment(new DateTimeOffset(noon).ToUniversalTime()), Is.EqualTo(new Text("23-11-2026 12:05", "23 Nov 2026 12:05")));
    }
}
