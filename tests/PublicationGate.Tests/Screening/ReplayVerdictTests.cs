using Microsoft.EntityFrameworkCore;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Screening;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class ReplayVerdictTests(DatabaseKind kind)
{
    private static readonly byte[] Photo = Pictures.Png(200, 100, Pictures.Grey, 8, [.. Enumerable.Repeat((byte)99, 200 * 100)]);

    [Test]
    public async Task A_verdict_comes_out_the_same_also_much_later()
    {
        await using var gate = await OpenAsync();
        var verdict = await gate.ScreenAsync(Photo, TestGate.TwoPupils);
        gate.Time.Now = gate.Time.Now.AddYears(3);

        var replay = await gate.SendAsync(new ReplayVerdict(verdict.Id[..8].ToUpperInvariant()));

        Assert.That(replay, Is.Not.Null);
        Assert.That((replay!.IsSame, replay.Stored.Outcome, replay.Replayed.Outcome), Is.EqualTo((true, Outcome.Held, Outcome.Held)));
    }

    [TestCase("0000000000000000")]
    [TestCase("")]
    [TestCase("%")]
    [TestCase("________________")]
    public async Task Who_asks_for_another_id_gets_nothing(string id)
    {
        await using var gate = await OpenAsync();
        await gate.ScreenAsync(Photo, TestGate.TwoPupils);
        Assert.That(await gate.SendAsync(new ReplayVerdict(id)), Is.Null);
    }

    [Test]
    public async Task Too_few_digits_find_nothing()
    {
        await using var gate = await OpenAsync();
        var verdict = await gate.ScreenAsync(Photo, TestGate.TwoPupils);
        Assert.That(await gate.SendAsync(new ReplayVerdict(verdict.Id[..7])), Is.Null);
    }

    [TestCase("\"score\":0.4", "\"score\":0.5", Description = "a face")]
    [TestCase("\"inGroupPhoto\":\"yes\"", "\"inGroupPhoto\":\"no\"", Description = "an answer")]
    [TestCase("\"doubtful\":[{", "\"doubtful\":[],\"sure\":[{", Description = "a doubt made sure")]
    [TestCase("\"outcome\":\"held\",\"findings\"", "\"outcome\":\"approved\",\"findings\"", Description = "the outcome alone")]
    [TestCase("\"clause\":\"C2\"", "\"clause\":\"M6\"", Description = "a finding alone")]
    public async Task Changed_evidence_is_told(string right, string wrong)
    {
        await using var gate = await OpenAsync();
        var verdict = await gate.ScreenAsync(Photo, TestGate.TwoPupils);
        await using (var db = gate.Database.CreateDbContext())
        {
            var stored = await db.Verdicts.AsNoTracking().SingleAsync();
            Assert.That(stored.Evidence, Does.Contain(right));
            var changed = stored.Evidence.Replace(right, wrong, StringComparison.Ordinal);
            await db.Verdicts.ExecuteUpdateAsync(update => update.SetProperty(v => v.Evidence, changed));
        }

        var replay = await gate.SendAsync(new ReplayVerdict(verdict.Id));

        Assert.That(replay!.IsSame, Is.False);
    }

    [TestCase("Outcome", "Approved")]
    [TestCase("Channel", "facebook")]
    [TestCase("FileName", "other.jpg")]
    [TestCase("ContentSha256", "0")]
    [TestCase("DeclarationSha256", "0")]
    public async Task A_changed_column_beside_the_evidence_is_told(string column, string value)
    {
        await using var gate = await OpenAsync();
        var verdict = await gate.ScreenAsync(Photo, TestGate.TwoPupils);
        await using var db = gate.Database.CreateDbContext();
        Assert.That((await new VerdictStore(db, gate.Time).FindAsync(verdict.Id, default))!.IsIntact, Is.True);
        var changed = column == "Outcome"
            ? await db.Verdicts.ExecuteUpdateAsync(update => update.SetProperty(v => v.Outcome, Enum.Parse<Outcome>(value)))
            : await db.Verdicts.ExecuteUpdateAsync(update => update.SetProperty(v => EF.Property<string>(v, column), value));
        Assert.That(changed, Is.EqualTo(1));

        Assert.That((await new VerdictStore(db, gate.Time).FindAsync(verdict.Id, default))!.IsIntact, Is.False);
        Assert.That((await gate.SendAsync(new ReplayVerdict(verdict.Id)))!.IsSame, Is.False);
        Assert.That((await new VerdictReplay(db, new VerdictStore(db, TimeProvider.System), new RuleList()).AllAsync(default).SingleAsync()).IsSame, Is.False);
    }

    [TestCase("{")]
    [TestCase("another protocol")]
    public async Task Evidence_that_is_none_any_more_is_told(string change)
    {
        await using var gate = await OpenAsync();
        var verdict = await gate.ScreenAsync(Photo, TestGate.TwoPupils);
        await using (var db = gate.Database.CreateDbContext())
        {
            var evidence = change == "{" ? change : (await db.Verdicts.AsNoTracking().SingleAsync()).Evidence.Replace(verdict.ProtocolVersion, change, StringComparison.Ordinal);
            await db.Verdicts.ExecuteUpdateAsync(update => update.SetProperty(v => v.Evidence, evidence));
        }

        var failure = await Assert.ThrowsAsync<UnreadableVerdictException>(() => gate.SendAsync(new ReplayVerdict(verdict.Id)));

        Assert.That(failure!.Reason.En, Does.Contain(verdict.Id).And.Contain("cannot be read"));
    }

    private Task<TestGate> OpenAsync() =>
        TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, new(0, 0, 50, 50, 0.9f), new(60, 0, 50, 50, 0.9f), new(130, 0, 30, 30, 0.4f)), kind);
}
