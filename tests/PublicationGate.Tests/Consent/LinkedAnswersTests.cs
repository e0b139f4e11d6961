using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Consent;

/// <summary>What a guardian can do by their link, and what nobody can, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class LinkedAnswersTests(DatabaseKind kind)
{
    private static readonly LinkTerms Terms = new(400, "De Proefschool");
    private FixedTime time = null!;
    private TestDatabase place = null!;
    private GateDatabase database = null!;
    private ConsentRegister register = null!;
    private LinkedAnswers linked = null!;
    private Dictionary<string, string> tokens = null!;

    [SetUp]
    public async Task Open()
    {
        (time, place) = (new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero)), new TestDatabase(kind));
        database = await place.OpenMigratedAsync();
        register = new(database, time);
        linked = new(database, register, time);
        await register.ImportAsync(new RegisterContent([Child("p1"), Child("p2"), Child("p3", 15), Child("p4", 16)], [], [])
        {
            Guardians = [One("p1", "Ans"), One("p1", "Bram"), One("p2", "Ans"), One("p3", "Kind", isPupil: true), One("p4", "Ouder"), One("p4", "Kind", isPupil: true)],
        }, default);
        await using var db = database.CreateDbContext();
        var all = await db.Guardians.AsNoTracking().ToListAsync();
        tokens = (await new GuardianLinks(database, time).MakeAsync([.. all.Select(guardian => guardian.Id)], Terms, "account-1", default)).ToDictionary(link => link.Pupil.Key + " " + link.Guardian.Name, link => link.Path.Split('/')[^1]);
    }

    [TearDown]
    public void Close() => place.Dispose();

    [Test]
    public async Task One_press_answers_in_the_guardians_name_and_the_other_button_undoes_it()
    {
        Assert.That(await StateAsync("p1 Ans", AnswerTopic.Photos), Is.EqualTo((ConsentState.Silent, ConsentState.Silent)));
        await PressAsync("p1 Ans", AnswerTopic.Photos, true);
        Assert.That(await StateAsync("p1 Ans", AnswerTopic.Photos), Is.EqualTo((ConsentState.Yes, ConsentState.Yes)));
        Assert.That(await StateAsync("p1 Bram", AnswerTopic.Photos), Is.EqualTo((ConsentState.Silent, ConsentState.Yes)));
        await PressAsync("p1 Ans", AnswerTopic.Photos, false);
        Assert.That(await StateAsync("p1 Ans", AnswerTopic.Photos), Is.EqualTo((ConsentState.No, ConsentState.No)));
        await PressAsync("p1 Ans", AnswerTopic.Photos, true);
        Assert.That(await StateAsync("p1 Ans", AnswerTopic.Photos), Is.EqualTo((ConsentState.Yes, ConsentState.Yes)));

        var (_, answers) = (await register.HistoryAsync("p1", default))!.Value;
        Assert.That(answers.Select(answer => (answer.GivenBy, answer.By, answer.How, answer.TextVersion, answer.Channel)).Distinct().Single(), Is.EqualTo(("Ans", AnswerBy.Guardian, "link", "2026", "website")));
    }

    [Test]
    public async Task A_no_of_the_other_guardian_wins_and_stays()
    {
        await PressAsync("p1 Bram", AnswerTopic.Photos, false);
        await PressAsync("p1 Ans", AnswerTopic.Photos, true);
        Assert.That(await StateAsync("p1 Ans", AnswerTopic.Photos), Is.EqualTo((ConsentState.Yes, ConsentState.No)));
        Assert.That(await StateAsync("p1 Bram", AnswerTopic.Photos), Is.EqualTo((ConsentState.No, ConsentState.No)));
    }

    [Test]
    public async Task A_no_to_photos_takes_being_shown_alone_along_and_a_no_everywhere_takes_all()
    {
        foreach (var topic in Enum.GetValues<AnswerTopic>())
        {
            await PressAsync("p1 Ans", topic, true);
            await PressAsync("p1 Ans", topic, true, "app");
        }

        await PressAsync("p1 Ans", AnswerTopic.Photos, false);
        foreach (var topic in Enum.GetValues<AnswerTopic>())
        {
            var expected = topic is AnswerTopic.Photos or AnswerTopic.Alone ? ConsentState.No : ConsentState.Yes;
            Assert.That(await StateAsync("p1 Ans", topic), Is.EqualTo((expected, expected)));
            Assert.That(await StateAsync("p1 Ans", topic, "app"), Is.EqualTo((ConsentState.Yes, ConsentState.Yes)));
        }

        await PressAsync("p1 Ans", AnswerTopic.Photos, false, "*");
        foreach (var topic in Enum.GetValues<AnswerTopic>())
        {
            Assert.That(await StateAsync("p1 Ans", topic), Is.EqualTo((ConsentState.No, ConsentState.No)));
            Assert.That(await StateAsync("p1 Ans", topic, "app"), Is.EqualTo((ConsentState.No, ConsentState.No)));
        }

        await PressAsync("p1 Ans", AnswerTopic.Photos, true, "app");
        Assert.That(await StateAsync("p1 Ans", AnswerTopic.Photos, "app"), Is.EqualTo((ConsentState.Yes, ConsentState.Yes)));
        Assert.That(await StateAsync("p1 Ans", AnswerTopic.Photos), Is.EqualTo((ConsentState.No, ConsentState.No)));
    }

    [Test]
    public async Task A_pupil_answers_as_a_pupil()
    {
        await PressAsync("p3 Kind", AnswerTopic.Photos, true);
        Assert.That((await StateAsync("p3 Kind", AnswerTopic.Photos)).All, Is.EqualTo(ConsentState.Silent), "15: no consent yet");
        await PressAsync("p3 Kind", AnswerTopic.Photos, false);
        Assert.That((await StateAsync("p3 Kind", AnswerTopic.Photos)).All, Is.EqualTo(ConsentState.No), "but a no is heeded");
        await PressAsync("p4 Ouder", AnswerTopic.Photos, true);
        Assert.That((await StateAsync("p4 Ouder", AnswerTopic.Photos)).All, Is.EqualTo(ConsentState.Silent), "16: the pupil decides");
        await PressAsync("p4 Kind", AnswerTopic.Photos, true);
        Assert.That((await StateAsync("p4 Ouder", AnswerTopic.Photos)).All, Is.EqualTo(ConsentState.Yes));
        Assert.That((await register.HistoryAsync("p4", default))!.Value.Answers[^1].By, Is.EqualTo(AnswerBy.Pupil));
    }

    [TestCase("*", AnswerTopic.Photos, true)]
    [TestCase("*", AnswerTopic.Name, false)]
    [TestCase("overal", AnswerTopic.Photos, false)]
    [TestCase("", AnswerTopic.Photos, true)]
    public async Task What_no_button_says_is_not_recorded(string channel, AnswerTopic topic, bool isYes)
    {
        Assert.That(await linked.AnswerAsync(tokens["p1 Ans"], channel, topic, isYes, null, default), Is.Null);
        Assert.That((await register.HistoryAsync("p1", default))!.Value.Answers, Is.Empty);
    }

    [Test]
    public async Task Nothing_opens_without_a_link_that_holds()
    {
        await using var db = database.CreateDbContext();
        foreach (var token in new[] { "", "weg", tokens["p1 Ans"] + "x", tokens["p1 Ans"].ToUpperInvariant(), AccessToken(tokens["p1 Ans"]) })
        {
            Assert.That(await linked.FindAsync(token, default), Is.Null);
            Assert.That(await linked.AnswerAsync(token, "website", AnswerTopic.Photos, true, null, default), Is.Null);
        }

        var links = new GuardianLinks(database, time);
        await links.EndAsync("p1", (await db.Guardians.SingleAsync(guardian => guardian.Name == "Bram")).Id, "account-1", default);
        Assert.That(await linked.FindAsync(tokens["p1 Bram"], default), Is.Null, "revoked");
        await register.ImportAsync(new RegisterContent([Child("p1")], [], []), default);
        Assert.That(await linked.FindAsync(tokens["p2 Ans"], default), Is.Null, "left");
        Assert.That(await linked.FindAsync(tokens["p1 Ans"], default), Is.Not.Null);
        await db.Guardians.Where(guardian => guardian.Name == "Ans" && guardian.PupilKey == "p1").ExecuteUpdateAsync(set => set.SetProperty(guardian => guardian.PupilKey, "p2"));
        Assert.That(await linked.FindAsync(tokens["p1 Ans"], default), Is.Null, "guardian of another child now");
        await db.Guardians.Where(guardian => guardian.PupilKey == "p2").ExecuteUpdateAsync(set => set.SetProperty(guardian => guardian.PupilKey, "p1"));
        time.Now = time.Now.AddDays(401);
        Assert.That(await linked.FindAsync(tokens["p1 Ans"], default), Is.Null, "over");
    }

    // Whatever is pressed, in whatever order, on whatever channel: no row of another pupil appears, and no other guardian's answer.
    [Test]
    public async Task Whatever_a_link_does_concerns_one_pupil_and_one_guardian()
    {
        var presses =
            from channel in Gen.Elements([.. Channels.All, "*", "p2", "", "website;p2", "../p2"])
            from topic in Gen.Elements(Enum.GetValues<AnswerTopic>())
            from isYes in Gen.Elements(true, false)
            select (channel, topic, isYes);
        await PressAsync("p2 Ans", AnswerTopic.Photos, true);
        var before = await OthersAsync();
        foreach (var (channel, topic, isYes) in presses.Sample(60))
        {
            time.Now = time.Now.AddSeconds(1);
            await linked.AnswerAsync(tokens["p1 Ans"], channel, topic, isYes, null, default);
        }

        Assert.That(await OthersAsync(), Is.EqualTo(before));
        Assert.That((await register.HistoryAsync("p1", default))!.Value.Answers, Is.Not.Empty);
    }

    private async Task<string> OthersAsync()
    {
        await using var db = database.CreateDbContext();
        var answers = await db.Answers.AsNoTracking().Where(answer => answer.PupilKey != "p1" || answer.GivenBy != "Ans").OrderBy(answer => answer.Id).ToListAsync();
        var (pupils, guardians) = (await db.Pupils.AsNoTracking().OrderBy(pupil => pupil.Key).ToListAsync(), await db.Guardians.AsNoTracking().OrderBy(guardian => guardian.Id).ToListAsync());
        return System.Text.Json.JsonSerializer.Serialize(new { answers, pupils, guardians });
    }

    private async Task PressAsync(string who, AnswerTopic topic, bool isYes, string channel = "website")
    {
        time.Now = time.Now.AddSeconds(1);
        Assert.That(await linked.AnswerAsync(tokens[who], channel, topic, isYes, "2026", default), Is.Not.Null);
    }

    private async Task<(ConsentState Own, ConsentState All)> StateAsync(string who, AnswerTopic topic, string channel = "website")
    {
        var child = (await linked.FindAsync(tokens[who], default))!;
        var seen = GuardianView.Of(child.Answers, child.Guardian, topic, new ConsentQuestion(channel, time.Now, child.Pupil.BirthDate, ConsentTerms.Lenient));
        return (seen.Own.State, seen.All.State);
    }

    private static string AccessToken(string token) => PublicationGate.Links.AccessLink.HashOf(token);

    private static Guardian One(string pupil, string name, bool isPupil = false) => new() { PupilKey = pupil, Name = name, Language = "nl", IsPupil = isPupil };

    private static Pupil Child(string key, int? age = null) =>
        new() { Key = key, FirstName = "Noor" + key, Prefix = "", Surname = "Proef", Group = "groep 5", BirthDate = age is { } years ? new DateOnly(2026, 1, 1).AddYears(-years) : null };
}
