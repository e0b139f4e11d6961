using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Rules;
using PublicationGate.Tests.Support;
using Outcome = PublicationGate.Rules.Outcome;

namespace PublicationGate.Tests.Screening;

public class VerdictReplayTests
{
    private const int Many = 1000;

    private static readonly RuleList Rules = new();
    private static readonly Protocol Other = ProtocolReader.Parse(Some.Protocol.Yaml.Replace("minimum-group: 2", "minimum-group: 3", StringComparison.Ordinal), "p.yaml");

    private SqliteGateDatabase database = null!;
    private List<Verdict> verdicts = null!;

    [OneTimeSetUp]
    public async Task KeepManyVerdictsUnderTwoProtocols()
    {
        database = SqliteGateDatabase.InMemory();
        await database.MigrateAsync(default);
        var facts = PropertyTests.Facts.Sample(Many).Select((photo, i) => photo with { FileName = $"dag{i}.jpg" });
        verdicts = [.. facts.Select((photo, i) => Verdict.Of(photo, i % 2 == 0 ? Some.Protocol : Other, Rules))];
        await using var db = database.CreateDbContext();
        var store = new VerdictStore(db, new FixedTime(DateTimeOffset.UnixEpoch));
        foreach (var (i, verdict) in verdicts.Index())
        {
            await store.KeepAsync(verdict, i % 2 == 0 ? Some.Protocol : Other, default);
            await db.SaveChangesAsync();
        }
    }

    [OneTimeTearDown]
    public void Close() => database.Dispose();

    [Test]
    public async Task A_thousand_stored_verdicts_come_out_the_same_to_the_last_bit()
    {
        await using var db = database.CreateDbContext();
        var replayed = await Replay(db).AllAsync(default).ToListAsync();
        Assert.Multiple(() =>
        {
            Assert.That(replayed, Has.Count.EqualTo(Many));
            Assert.That(replayed.Where(verdict => !verdict.IsSame).Select(verdict => verdict.Kept.Id), Is.Empty);
            Assert.That(replayed.Select(verdict => verdict.Kept.Outcome).Distinct().ToList(), Has.Count.EqualTo(3), "of every outcome");
            Assert.That(replayed.Select(verdict => verdict.Kept.ProtocolVersion).Distinct().ToList(), Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task Another_protocol_changes_just_those_that_it_decides_otherwise()
    {
        await using var db = database.CreateDbContext();
        var changed = await Replay(db).UnderAsync(Other, default).Where(verdict => verdict.IsDecidedOtherwise).ToListAsync();
        var expected = verdicts.Where(verdict => RuleList.Worst(Rules.Judge(verdict.Facts, Other)) is var after
            && (after != verdict.Outcome || Rules.Judge(verdict.Facts, Other).Count != verdict.Findings.Count)).Select(verdict => verdict.Id);
        Assert.That(changed, Is.Not.Empty);
        Assert.That(changed.Select(verdict => verdict.Kept.Id), Is.EquivalentTo(expected));
        Assert.That(changed.Select(verdict => verdict.After!.Outcome), Is.All.EqualTo(Outcome.Rejected), "a larger group can only reject");
    }

    [Test]
    public async Task Its_own_protocol_changes_nothing_and_one_verdict_can_be_asked_for_alone()
    {
        await using var db = database.CreateDbContext();
        var replay = Replay(db);
        var one = await replay.UnderAsync(verdicts[0].Id[..8].ToUpperInvariant(), Some.Protocol, default);
        Assert.That((one!.Kept.Id, one.IsDecidedOtherwise), Is.EqualTo((verdicts[0].Id, false)));
        Assert.That(await replay.UnderAsync("0000000000000000", Some.Protocol, default), Is.Null);
        Assert.That(await replay.UnderAsync(verdicts[0].Id[..7], Some.Protocol, default), Is.Null);
    }

    [Test]
    public async Task A_verdict_made_before_a_rule_was_added_still_comes_out_the_same()
    {
        using var own = SqliteGateDatabase.InMemory();
        await own.MigrateAsync(default);
        await using var db = own.CreateDbContext();
        await new VerdictStore(db, new FixedTime(DateTimeOffset.UnixEpoch)).KeepAsync(Verdict.Of(Some.Photo.On("facebook"), Some.Protocol, new RuleList([.. Rules.Rules.Skip(2).Prepend(Rules.Rules[0])])), Some.Protocol, default);
        await db.SaveChangesAsync();
        var replayed = await Replay(db).AllAsync(default).SingleAsync();
        Assert.That((replayed.IsSame, replayed.After!.Outcome), Is.EqualTo((true, Outcome.Approved)));
    }

    [TestCase("{", "<", false)]
    [TestCase("\"faces\":{", "\"faces\":null,\"fileName\":\"x\",\"recordings\":{", false, Description = "what no program wrote")]
    [TestCase("\"score\":0.9", "\"score\":0.8", true)]
    public async Task What_was_changed_or_cannot_be_read_is_told_and_the_rest_goes_on(string what, string becomes, bool isReadable)
    {
        using var own = SqliteGateDatabase.InMemory();
        await own.MigrateAsync(default);
        await using var db = own.CreateDbContext();
        var store = new VerdictStore(db, new FixedTime(DateTimeOffset.UnixEpoch));
        var (sound, spoiled) = (Verdict.Of(Some.Photo, Some.Protocol, Rules), Verdict.Of(Some.Photo.WithFaces(3), Some.Protocol, Rules));
        await store.KeepAsync(spoiled, Some.Protocol, default);
        await db.SaveChangesAsync();
        await store.KeepAsync(sound, Some.Protocol, default);
        await db.SaveChangesAsync();
        var evidence = (await db.Verdicts.AsNoTracking().SingleAsync(verdict => verdict.Id == spoiled.Id)).Evidence;
        Assert.That(evidence, Does.Contain(what));
        evidence = evidence.Replace(what, becomes, StringComparison.Ordinal);
        await db.Verdicts.Where(verdict => verdict.Id == spoiled.Id).ExecuteUpdateAsync(update => update.SetProperty(verdict => verdict.Evidence, evidence));

        var replayed = await Replay(db).AllAsync(default).ToDictionaryAsync(verdict => verdict.Kept.Id);

        Assert.That((replayed[sound.Id].IsSame, replayed[spoiled.Id].IsSame, replayed[spoiled.Id].After is not null), Is.EqualTo((true, false, isReadable)));
    }

    private static VerdictReplay Replay(GateDb db) => new(db, new VerdictStore(db, new FixedTime(DateTimeOffset.UnixEpoch)), Rules);
}
