using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Links;
using PublicationGate.Publishing;
using PublicationGate.Retention;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Retention;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class RetentionRunTests(DatabaseKind kind)
{
    private static readonly DateTimeOffset Today = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly RetentionTerms Terms = new()
    {
        RejectedOriginals = new(30, false), HeldOriginals = new(90, false), ApprovedOriginals = new(12, true), Looks = new(90, false), Verdicts = new(24, true), LeftPupils = new(24, true),
    };

    private FixedTime time = null!;
    private TestDatabase place = null!;
    private TemporaryFolder folder = null!;
    private GateDatabase database = null!;
    private ContentStore store = null!;
    private RetentionRun run = null!;

    [SetUp]
    public async Task Open()
    {
        (time, place, folder) = (new FixedTime(Today), new TestDatabase(kind), new TemporaryFolder());
        database = await place.OpenMigratedAsync();
        store = new ContentStore(folder["store"], new IntakeOptions());
        run = new RetentionRun(database, store, new AuditTrail(time), time);
    }

    [TearDown]
    public void Close()
    {
        store.Dispose();
        place.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task Links_go_a_month_after_they_ended()
    {
        await ScreenedTodayAsync();
        await using var db = database.CreateDbContext();
        db.AccessLinks.AddRange(Link("a", endsIn: 1), Link("b", endsIn: -29), Link("c", endsIn: -31), Link("d", endsIn: 100, revokedAgo: 31), Link("e", endsIn: 100, revokedAgo: 1));
        await db.SaveChangesAsync();
        await run.RemoveAsync(Terms, null, default);
        Assert.That(await db.AccessLinks.Select(link => link.Sha256).Order().ToListAsync(), Is.EqualTo(new[] { "a", "b", "e" }));

        static AccessLink Link(string sha256, int endsIn, int? revokedAgo = null) => new()
        {
            Sha256 = sha256, Purpose = LinkPurpose.Answers, Subject = "p1", MadeAt = Today.AddDays(-200), EndsAt = Today.AddDays(endsIn), RevokedAt = revokedAgo is { } days ? Today.AddDays(-days) : null,
        };
    }

    [TestCase(Outcome.Rejected, 29, true)]
    [TestCase(Outcome.Rejected, 31, false)]
    [TestCase(Outcome.Held, 89, true)]
    [TestCase(Outcome.Held, 91, false)]
    [TestCase(Outcome.Approved, 364, true)]
    [TestCase(Outcome.Approved, 366, false)]
    public async Task An_original_stays_as_long_as_what_was_decided_on_it_says(Outcome outcome, int days, bool stays)
    {
        var photo = await PhotoAsync("a", (outcome, days));
        await ScreenedTodayAsync();
        var plan = await run.RemoveAsync(Terms, null, default);
        Assert.That(store.Contains(photo), Is.EqualTo(stays));
        Assert.That(plan.Originals, Is.EqualTo(stays ? [] : new[] { new DueOriginal(photo, outcome) }));
        Assert.That(await IdsAsync(), Does.Contain("a0"), "the verdict has a longer period");
    }

    [Test]
    public async Task A_verdict_that_is_within_its_period_keeps_the_original_whatever_others_say()
    {
        var photo = await PhotoAsync("a", (Outcome.Approved, 100), (Outcome.Rejected, 40));
        await ScreenedTodayAsync();
        Assert.That((await run.RemoveAsync(Terms, null, default)).Originals, Is.Empty);
        Assert.That(store.Contains(photo), Is.True);
    }

    [Test]
    public async Task Verdicts_and_looks_go_when_they_are_over_and_not_before_their_original()
    {
        await PhotoAsync("old", (Outcome.Held, 800));
        await PhotoAsync("kept", (Outcome.Rejected, 800), (Outcome.Held, 60));
        await PhotoAsync("young", (Outcome.Approved, 10));
        await ScreenedTodayAsync();
        await run.RemoveAsync(Terms with { HeldOriginals = RetentionPeriod.Unlimited }, null, default);
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { "kept0", "kept1", "old0", "today0", "young0" }), "all their originals stay");

        var plan = await run.RemoveAsync(Terms, null, default);
        Assert.That(plan.Verdicts, Is.EqualTo(new[] { "old0" }));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { "kept0", "kept1", "today0", "young0" }));
        await using var db = database.CreateDbContext();
        Assert.That(await db.Looks.CountAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_dry_run_tells_the_same_and_changes_nothing()
    {
        var photo = await PhotoAsync("a", (Outcome.Rejected, 900));
        await ScreenedTodayAsync();
        var plan = await run.PlanAsync(Terms, default);
        Assert.That((plan.Originals.Count, plan.Looks, plan.Verdicts), Is.EqualTo((1, plan.Looks, plan.Verdicts)));
        Assert.That((plan.Looks.Count, plan.Verdicts.Count, store.Contains(photo), (await IdsAsync()).Length), Is.EqualTo((1, 1, true, 2)));
        Assert.That(await EntriesAsync(), Is.Empty);

        var done = await run.RemoveAsync(Terms, null, default);
        Assert.That((done.Originals, done.Looks, done.Verdicts), Is.EqualTo((plan.Originals, plan.Looks, plan.Verdicts)));
        Assert.That((store.Contains(photo), await IdsAsync()), Is.EqualTo((false, new[] { "today0" })));
    }

    [Test]
    public async Task Each_run_leaves_an_audit_entry_with_numbers_and_no_names()
    {
        await PhotoAsync("a", (Outcome.Rejected, 900));
        await ScreenedTodayAsync();
        await run.RemoveAsync(Terms, null, default);
        await run.RemoveAsync(Terms, null, default);
        var entries = await EntriesAsync();
        Assert.That(entries.Select(entry => (entry.Kind, entry.Details)), Is.EqualTo(new[]
        {
            (AuditKinds.RetentionDone, """{"approved-originals":"0","held-originals":"0","left-pupils":"0","letters":"0","looks":"1","rejected-originals":"1","verdicts":"1"}"""),
            (AuditKinds.RetentionDone, """{"approved-originals":"0","held-originals":"0","left-pupils":"0","letters":"0","looks":"0","rejected-originals":"0","verdicts":"0"}"""),
        }));
        Assert.That(entries.Select(AuditTrail.HashOf), Is.EqualTo(entries.Select(entry => entry.Hash)));
    }

    [Test]
    public async Task Pupils_who_left_too_long_ago_are_told_and_stay()
    {
        await using (var db = database.CreateDbContext())
        {
            db.Pupils.AddRange(Pupil("p1", new(2024, 3, 30)), Pupil("p2", new(2024, 4, 1)), Pupil("p3", null));
            await db.SaveChangesAsync();
        }

        await ScreenedTodayAsync();
        Assert.That((await run.RemoveAsync(Terms, null, default)).LeftPupils, Is.EqualTo(new[] { new DuePupil("p1", "Noor", new(2024, 3, 30)) }));
        await using var after = database.CreateDbContext();
        Assert.That(await after.Pupils.CountAsync(), Is.EqualTo(3));
    }

    [TestCase(-1, "clock says")]
    [TestCase(61, "more than 60 days")]
    [TestCase(3650, "more than 60 days")]
    public async Task A_clock_that_cannot_be_right_removes_nothing_until_a_person_confirms_the_day(int daysOff, string said)
    {
        await PhotoAsync("a", (Outcome.Rejected, 900));
        await ScreenedTodayAsync();
        time.Now = Today.AddDays(daysOff);
        var refused = await run.RemoveAsync(Terms, new DateOnly(2026, 1, 1), default);
        Assert.That(refused.Doubt?.En, Does.Contain(said));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { "a0", "today0" }));
        Assert.That(await EntriesAsync(), Is.Empty);

        var confirmed = await run.RemoveAsync(Terms, DateOnly.FromDateTime(time.Now.UtcDateTime), default);
        Assert.That((confirmed.Doubt, (await IdsAsync()).Contains("a0")), Is.EqualTo(((Text?)null, false)));
    }

    [Test]
    public async Task A_photo_that_is_screened_after_the_clock_jumped_does_not_make_it_right()
    {
        await ScreenedTodayAsync();
        await run.RemoveAsync(Terms, null, default);
        await PhotoAsync("new", (Outcome.Rejected, 10));
        time.Now = Today.AddDays(400);
        await PhotoAsync("jumped", (Outcome.Rejected, 0));
        Assert.That((await run.RemoveAsync(Terms, null, default)).Doubt, Is.Not.Null);
        Assert.That(await IdsAsync(), Does.Contain("new0"));
    }

    [Test]
    public async Task A_pause_of_the_summer_holidays_needs_no_word()
    {
        await ScreenedTodayAsync();
        time.Now = Today.AddDays(50);
        Assert.That((await run.RemoveAsync(Terms, null, default)).Doubt, Is.Null);
    }

    [Test]
    public async Task Where_there_is_no_store_verdicts_go_by_their_own_period()
    {
        await PhotoAsync("a", (Outcome.Rejected, 900));
        await ScreenedTodayAsync();
        await new RetentionRun(database, null, new AuditTrail(time), time).RemoveAsync(Terms, null, default);
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { "today0" }));
    }

    [Test]
    public async Task What_is_deleted_is_not_in_the_file_any_more()
    {
        if (kind == DatabaseKind.Postgres)
        {
            // A server's files are its administrator's.
            return;
        }

        await PhotoAsync("a", (Outcome.Rejected, 900));
        await ScreenedTodayAsync();
        await run.RemoveAsync(Terms, null, default);
        await using (var db = database.CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        var file = database.Place;
        database.Dispose();
        Assert.That(System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), Does.Contain("evidence of today0").And.Not.Contain("evidence of a0"));
    }

    [Test]
    public async Task A_copy_goes_with_its_original_unless_another_release_has_the_same()
    {
        var (over, fresh) = (await PhotoAsync("a", (Outcome.Approved, 366)), await PhotoAsync("b", (Outcome.Approved, 0)));
        var (own, shared) = (await PhotoAsync("copy"), await PhotoAsync("shared copy"));
        await using (var db = database.CreateDbContext())
        {
            db.Releases.AddRange(Of("1", over, own), Of("2", over, shared), Of("3", fresh, shared));
            await db.SaveChangesAsync();
        }

        await run.RemoveAsync(Terms, null, default);

        Assert.That((store.Contains(over), store.Contains(own), store.Contains(shared), store.Contains(fresh)), Is.EqualTo((false, false, true, true)));
        await using var after = database.CreateDbContext();
        Assert.That(await after.Releases.OrderBy(release => release.Id).Select(release => release.CopySha256).ToListAsync(), Is.EqualTo(new[] { null, null, shared }));
    }

    [Test]
    public async Task A_photo_that_is_the_copy_of_what_still_stands_is_kept()
    {
        var (copy, original) = (await PhotoAsync("a", (Outcome.Rejected, 40)), await PhotoAsync("b", (Outcome.Approved, 0)));
        await using (var db = database.CreateDbContext())
        {
            db.Releases.Add(Of("1", original, copy));
            await db.SaveChangesAsync();
        }

        await run.RemoveAsync(Terms, null, default);
        Assert.That(store.Contains(copy), Is.True);
    }

    private static Release Of(string id, string content, string copy) =>
        new() { Id = id, SubmissionId = id, VerdictId = "v", ContentSha256 = content, Channel = "website", ReleasedAt = Today, CopySha256 = copy };

    private Task<string> ScreenedTodayAsync() => PhotoAsync("today", (Outcome.Approved, 0));

    // A photo in the store, with a look and verdicts so many days old; their ids are its name and a number.
    private async Task<string> PhotoAsync(string name, params (Outcome Outcome, int DaysAgo)[] verdicts)
    {
        var stored = await store.AddAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(name)), default);
        await using var db = database.CreateDbContext();
        db.Looks.Add(new StoredLook { ContentSha256 = stored.Sha256!, LookedBy = "1", Seen = "{}" });
        db.Verdicts.AddRange(verdicts.Select((verdict, i) => new StoredVerdict
        {
            Id = name + i, ContentSha256 = stored.Sha256!, DeclarationSha256 = "bb", ProtocolVersion = "1", Outcome = verdict.Outcome, Channel = "website", FileName = "dag.jpg",
            DecidedAt = time.Now.AddDays(-verdict.DaysAgo), Evidence = $"evidence of {name}{i}",
        }));
        await db.SaveChangesAsync();
        return stored.Sha256!;
    }

    private async Task<string[]> IdsAsync()
    {
        await using var db = database.CreateDbContext();
        return await db.Verdicts.Select(verdict => verdict.Id).Order().ToArrayAsync();
    }

    private async Task<List<AuditEntry>> EntriesAsync()
    {
        await using var db = database.CreateDbContext();
        return await db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
    }

    private static Pupil Pupil(string key, DateOnly? leftOn) => new() { Key = key, FirstName = "Noor", Prefix = "", Surname = "Proef", Group = "groep 5", LeftOn = leftOn };
}
