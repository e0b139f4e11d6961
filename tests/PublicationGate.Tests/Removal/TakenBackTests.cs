using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Recordings;
using PublicationGate.Removal;
using PublicationGate.Rules;
using PublicationGate.TakenBack;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Removal;

/// <summary>What was taken back is hidden wherever it is shown, and does not come again, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class TakenBackTests(DatabaseKind kind)
{
    private RemovalGate gate = null!;

    [SetUp]
    public async Task Open() => gate = await RemovalGate.OpenAsync(kind, new FaceBox(0, 0, 50, 50, 0.9f), new FaceBox(60, 0, 50, 50, 0.9f));

    [TearDown]
    public async Task Close() => await gate.DisposeAsync();

    [Test]
    public async Task What_is_taken_back_is_hidden_and_refused_on_every_channel()
    {
        var released = await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils);
        await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils with { Channel = "app" });
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(2));

        var (picture, hidden) = await TakeBackAsync(released.ContentSha256);
        Assert.That(hidden, Is.EqualTo(2));
        Assert.That(await gate.StandingAsync(), Is.Empty, "before anybody looked");
        await gate.FollowAsync();
        Assert.That((await gate.ReadAsync(released.Id)).Outcome, Is.EqualTo(Outcome.Rejected));
        Assert.That((await gate.TasksAsync()).Select(task => (task.Channel, task.Why)), Is.EquivalentTo(new[] { ("website", TakeDownWhy.TakenBack), ("app", TakeDownWhy.TakenBack) }));
        Assert.That((await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils with { Caption = "Anders" }, "ander.png")).Outcome, Is.EqualTo(Outcome.Rejected));

        Assert.That(await gate.Gate.SendAsync(new LiftPicture(picture.Id, "Ouders vinden het toch goed", "account-2")), Is.Not.Null);
        Assert.That(await gate.Gate.SendAsync(new LiftPicture(picture.Id, "Nog eens", "account-2")), Is.Null);
        Assert.That(await gate.StandingAsync(), Is.Empty, "what is hidden stays hidden");
        Assert.That((await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils)).Outcome, Is.EqualTo(Outcome.Approved));
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.AuditEntries.Where(entry => entry.Subject == $"taken-back-{picture.Id}").OrderBy(entry => entry.Id).Select(entry => entry.Kind).ToListAsync(), Is.EqualTo(new[] { AuditKinds.PictureTakenBack, AuditKinds.PictureLifted }));
    }

    [Test]
    public async Task A_copy_of_what_is_shown_hides_it_and_a_copy_of_what_was_taken_back_is_refused()
    {
        await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils);
        await gate.SubmitAsync(Pictures.LivelyPng(2), TestGate.TwoPupils);
        var copy = Pictures.LivelyPng(1, darker: 30);

        var (_, hidden) = await gate.Gate.SendAsync(new TakeBackPicture(new string('c', 64), HashOf(copy), TakenBackFor.Family, "Vraag van een ouder", "account-2"));
        Assert.That(hidden, Is.EqualTo(1));
        var facts = await new TakenBackList(gate.Gate.Database).FindAsync("ab", HashOf(Pictures.LivelyPng(1)), default);
        Assert.That(facts.Matches.Single().By, Is.EqualTo(MatchedBy.Picture));
        Assert.That((await gate.SubmitAsync(Pictures.LivelyPng(1, darker: 15), TestGate.TwoPupils, "kopie.png")).Outcome, Is.EqualTo(Outcome.Rejected));
        Assert.That((await gate.SubmitAsync(Pictures.LivelyPng(3), TestGate.TwoPupils, "ander.png")).Outcome, Is.EqualTo(Outcome.Approved));
    }

    [TestCase("")]
    [TestCase("  ")]
    public async Task Nothing_is_done_without_a_ground(string ground)
    {
        Assert.That(() => gate.Gate.SendAsync(new TakeBackPicture("ab", null, TakenBackFor.School, ground, "account-2")), Throws.TypeOf<RemovalRefusedException>());
        var (picture, _) = await TakeBackAsync(new string('a', 64));
        Assert.That(() => gate.Gate.SendAsync(new LiftPicture(picture.Id, ground, "account-2")), Throws.TypeOf<RemovalRefusedException>());
        Assert.That(await new TakenBackList(gate.Gate.Database).ListAsync(default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_list_is_read_anew_when_it_changed()
    {
        var list = new TakenBackList(gate.Gate.Database);
        Assert.That((await list.FindAsync("ab", null, default)).Matches, Is.Empty);
        var (picture, _) = await TakeBackAsync("ab");
        Assert.That((await list.FindAsync("ab", null, default)).Matches.Select(match => (match.Id, match.By)), Is.EqualTo(new[] { (picture.Id, MatchedBy.Content) }));
        await gate.Gate.SendAsync(new LiftPicture(picture.Id, "Mag toch", "account-2"));
        Assert.That((await list.FindAsync("ab", null, default)).Matches, Is.Empty);
    }

    private Task<(TakenBackPicture Picture, int Hidden)> TakeBackAsync(string sha256) =>
        gate.Gate.SendAsync(new TakeBackPicture(sha256, null, TakenBackFor.Family, "Vraag van een ouder", "account-2"));

    private static PictureHash? HashOf(byte[] content)
    {
        var decoder = new ImageDecoder(new ImageLimits());
        using var pixels = decoder.DecodeFrames(content, decoder.ReadHeader(content), 1280, () => { }).First();
        return PictureHash.Of(pixels);
    }
}
