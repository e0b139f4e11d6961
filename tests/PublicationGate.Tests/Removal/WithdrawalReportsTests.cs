using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Mailing;
using PublicationGate.Removal;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Removal;

/// <summary>From a no to what people are told of it, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class WithdrawalReportsTests(DatabaseKind kind)
{
    private RemovalGate gate = null!;

    [SetUp]
    public async Task Open()
    {
        gate = await RemovalGate.OpenAsync(kind, new FaceBox(0, 0, 50, 50, 0.9f), new FaceBox(60, 0, 50, 50, 0.9f));
        await using var db = gate.Gate.Database.CreateDbContext();
        db.Guardians.AddRange(One("p2", "ouder", "ouder@voorbeeld.nl"), One("p2", "ander", "ander@voorbeeld.nl"), One("p1", "ouder", "van-een-ander-kind@voorbeeld.nl"));
        db.Accounts.AddRange(
            new Account { UserName = "noor", Email = "beheer@school.example", Roles = Roles.WebsiteManager, CreatedAt = DateTimeOffset.UnixEpoch },
            new Account { UserName = "omar", Email = "juf@school.example", Roles = Roles.Teacher, CreatedAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync();
    }

    [TearDown]
    public async Task Close() => await gate.DisposeAsync();

    [Test]
    public async Task Of_five_pictures_a_no_for_one_channel_takes_down_three_and_tells_who_must_know()
    {
        await ReleaseAsync(3, "website");
        await ReleaseAsync(2, "app");
        await PressAsync("p2", "ouder", "website", isYes: false);
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(2), "hidden before anybody looked");
        Assert.That(await TellAsync(), Is.Zero, "nothing is told before all of them are decided");
        Assert.That(await PicturesAsync("p2", "ouder"), Is.EqualTo(new WithdrawnPictures(3, 0, 0, 0)));

        await gate.FollowAsync();
        Assert.That(await TellAsync(), Is.EqualTo(1));
        Assert.That(await TellAsync(), Is.Zero);
        Assert.That(await PicturesAsync("p2", "ouder"), Is.EqualTo(new WithdrawnPictures(0, 3, 0, 0)));
        Assert.That(await PicturesAsync("p2", "ander"), Is.EqualTo(new WithdrawnPictures(0, 0, 0, 0)));
        var letters = await LettersAsync();
        Assert.That(letters.Select(letter => (letter.To, letter.Kind)), Is.EquivalentTo(new[] { ("ouder@voorbeeld.nl", "withdrawal"), ("beheer@school.example", "withdrawal-staff") }));
        var parent = letters.Single(letter => letter.Kind == "withdrawal");
        Assert.That(parent.Values, Does.Contain("\"down\":\"3\"").And.Contain("\"stay\":\"2\"").And.Contain("de website").And.Contain("Noorp2").And.Not.Contain("Noorp1").And.Not.Contain("dag.png"));
        Assert.That(letters.Single(letter => letter.Kind == "withdrawal-staff").Values, Does.Contain("\"ids\":\"1, 2, 3\"").And.Contain("\"hidden\":\"3\"").And.Not.Contain("Noor"));
        foreach (var letter in letters)
        {
            AssertReadable(letter);
        }

        foreach (var task in await gate.TasksAsync())
        {
            await gate.Gate.SendAsync(new EndTakeDown(task.Id, "account-2"));
        }

        Assert.That(await PicturesAsync("p2", "ouder"), Is.EqualTo(new WithdrawnPictures(0, 0, 3, 0)));
        await using var db = gate.Gate.Database.CreateDbContext();
        var told = await db.AuditEntries.SingleAsync(entry => entry.Kind == AuditKinds.WithdrawalTold);
        Assert.That(told.Subject, Does.StartWith("pupil-"));
        Assert.That(told.Details, Does.Contain("\"hidden\":\"3\"").And.Contain("\"taken-down\":\"3\""));
    }

    [Test]
    public async Task What_passes_again_is_told_as_staying()
    {
        await ReleaseAsync(1, "website");
        // A no to being shown alone: the picture of two may stay.
        await gate.Register.AnswerAsync(Says("p2", "ouder", "website", isYes: false, ConsentScope.Individual), default);
        Assert.That(await gate.StandingAsync(), Is.Empty);
        await gate.FollowAsync();
        Assert.That(await TellAsync(), Is.EqualTo(1));
        Assert.That(await PicturesAsync("p2", "ouder"), Is.EqualTo(new WithdrawnPictures(0, 0, 0, 1)));
        Assert.That((await LettersAsync()).Single(letter => letter.Kind == "withdrawal").Values, Does.Contain("\"down\":\"0\"").And.Contain("\"stay\":\"1\""));
    }

    [Test]
    public async Task A_yes_after_a_no_brings_nothing_back_by_itself_and_tells_nobody()
    {
        await ReleaseAsync(1, "website");
        await PressAsync("p2", "ouder", "website", isYes: false);
        await gate.FollowAsync();
        await TellAsync();
        await PressAsync("p2", "ouder", "website", isYes: true);
        await gate.FollowAsync();
        Assert.That(await TellAsync(), Is.Zero);
        Assert.That(await gate.StandingAsync(), Is.Empty);
        Assert.That(await LettersAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_no_by_import_is_told_too_to_everybody_when_nobody_is_called_so()
    {
        await ReleaseAsync(1, "website");
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            await gate.Register.ImportAsync(new RegisterContent(await db.Pupils.AsNoTracking().ToListAsync(), [Says("p2", "guardian-1", "*", isYes: false)], []), default);
        }

        Assert.That(await gate.StandingAsync(), Is.Empty);
        await gate.FollowAsync();
        Assert.That(await TellAsync(), Is.EqualTo(1));
        Assert.That((await LettersAsync()).Select(letter => letter.To), Is.EquivalentTo(new[] { "ouder@voorbeeld.nl", "ander@voorbeeld.nl", "beheer@school.example" }));
    }

    [Test]
    public async Task Nobody_is_told_of_a_pupil_who_was_erased()
    {
        await ReleaseAsync(1, "website");
        await PressAsync("p2", "ouder", "website", isYes: false);
        await gate.FollowAsync();
        await new PublicationGate.Erasure.PersonErasure(gate.Gate.Database, Path.GetDirectoryName(gate.Gate.StoreFolder)!, [], [], gate.Gate.Time).EraseAsync("p2", default);
        Assert.That(await TellAsync(), Is.EqualTo(1));
        Assert.That(await LettersAsync(), Is.Empty);
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.Guardians.Select(guardian => guardian.PupilKey).ToListAsync(), Is.EqualTo(new[] { "p1" }));
    }

    private async Task ReleaseAsync(int count, string channel)
    {
        for (var number = 1; number <= count; number++)
        {
            await gate.SubmitAsync(Pictures.LivelyPng(number + (channel == "app" ? 10 : 0)), TestGate.TwoPupils with { Channel = channel });
        }
    }

    private async Task PressAsync(string pupil, string guardian, string channel, bool isYes)
    {
        gate.Gate.Time.Now = gate.Gate.Time.Now.AddMinutes(1);
        var answers = GuardianView.AnswersOf(channel, AnswerTopic.Photos, isYes).Select(one => new AnswerDraft(pupil, channel, one.Kind, one.Scope, isYes, guardian, AnswerBy.Guardian) { How = LinkedAnswers.How }.At(gate.Gate.Time.Now, null)).ToList();
        Assert.That(await gate.Register.AnswerAsync(answers, by: null, default), Is.True);
    }

    private async Task<int> TellAsync()
    {
        await using var scope = gate.Gate.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WithdrawalReports>().TellAsync(default);
    }

    private async Task<WithdrawnPictures> PicturesAsync(string pupil, string guardian)
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        return await WithdrawnPictures.OfAsync(db, One(pupil, guardian, null), default);
    }

    private async Task<List<Letter>> LettersAsync()
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        return await db.Letters.AsNoTracking().ToListAsync();
    }

    // Each placeholder of the sentences has its value.
    private static void AssertReadable(Letter letter)
    {
        var values = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(letter.Values)!;
        var text = Texts.Get($"mail.{letter.Kind}.subject", [.. values.Select(pair => (pair.Key, (object)pair.Value))]).Nl + Texts.Get($"mail.{letter.Kind}.body", [.. values.Select(pair => (pair.Key, (object)pair.Value))]).Nl;
        Assert.That(text, Does.Not.Contain("{").And.Not.Contain("}"));
    }

    private static Answer Says(string pupil, string by, string channel, bool isYes, ConsentScope scope = ConsentScope.Group) =>
        new() { PupilKey = pupil, Channel = channel, Kind = MediaKind.Photo, Scope = scope, IsYes = isYes, Date = new(2026, 3, 30), GivenBy = by };

    private static Guardian One(string pupil, string name, string? email) => new() { PupilKey = pupil, Name = name, Email = email, Language = "nl" };
}
