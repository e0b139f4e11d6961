using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Duties.Destruction;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Screening;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Audit;

/// <summary>What changes the gate's state stands in the trail, in one transaction with it, without a name.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class AuditedChangesTests(DatabaseKind kind)
{
    private static readonly FixedTime Noon = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private TestDatabase place = null!;
    private GateDatabase database = null!;

    [SetUp]
    public async Task OpenDatabase()
    {
        place = new TestDatabase(kind);
        database = await place.OpenMigratedAsync();
    }

    [TearDown]
    public void CloseDatabase() => place.Dispose();

    [Test]
    public async Task The_register_is_told_of_in_numbers_and_pseudonyms()
    {
        var register = new ConsentRegister(database, Noon);
        await ImportAsync(register);
        await register.AnswerAsync(No("zoe-de-vries"), default);
        await register.AnswerAsync(No("zoe-de-vries"), default);
        await register.AnswerAsync(No("zoe-de-vries", channel: "app"), default);
        await register.AnswerAsync(No("tim-bakker"), default);
        await register.AddPermissionAsync(new PermissionRecord { Key = "interview-zoe", Subject = PermissionSubject.Quote, GivenBy = "Zoë de Vries", Text = "Zoë", Date = new(2026, 1, 1) }, default);

        var trail = await TrailAsync();
        Assert.That(trail.Select(entry => entry.Kind), Is.EqualTo(new[] { AuditKinds.RegisterImported, AuditKinds.AnswerRecorded, AuditKinds.AnswerRecorded, AuditKinds.AnswerRecorded, AuditKinds.PermissionAdded }));
        Assert.That(trail[0].Details, Is.EqualTo("""{"answers":"0","changed":"0","guardians":"+0 ~0 -0","left":"0","new":"2","permissions":"+0 ~0 -0","staff":"+0 ~0 -0"}"""));
        Assert.That(trail[1].Details, Is.EqualTo("""{"answer":"no","by":"guardian","channel":"website","media":"photo","scope":"group"}"""));
        Assert.That(trail[1].Subject, Is.EqualTo(trail[2].Subject).And.Not.EqualTo(trail[3].Subject).And.Matches("^pupil-[0-9a-f]{32}$"));
        Assert.That(trail[4].Subject, Does.Match("^permission-[0-9a-f]{32}$"));
        Assert.That(trail.Select(entry => entry.Subject + entry.Details), Has.None.Contains("Zo").And.None.Contains("zoe").And.None.Contains("Vries").And.None.Contains("ouder"));
    }

    [Test]
    public async Task What_changes_nothing_is_not_told()
    {
        var register = new ConsentRegister(database, Noon);
        Assert.That(await register.AnswerAsync(No("wie"), default), Is.False);
        using var data = new TemporaryFolder();
        Assert.That(await RecordingDestruction.In(data.Path, database, new AuditTrail(Noon), Noon).DestroyAsync(7, "weg", "command-line", default), Is.Null);
        Assert.That(await TrailAsync(), Is.Empty);
    }

    [Test]
    public async Task Recordings_are_told_of_by_number()
    {
        var register = new RecordingRegister(database, Noon);
        using var stream = new MemoryStream([1, 2, 3]);
        using var file = await MediaFile.ReadAsync(stream, "Zoë leest.mp4", new(), default);
        await register.AddAsync(new RecordingDraft(RecordingPurpose.Training, null, "juf Ans", new(2026, 3, 1), new(2026, 5, 1)), file, null, default);
        using var data = new TemporaryFolder();
        await RecordingDestruction.In(data.Path, database, new AuditTrail(Noon), Noon).DestroyAsync(1, "door Ans", "command-line", default);
        var trail = await TrailAsync();
        Assert.That(trail.Select(entry => (entry.Kind, entry.Subject)), Is.EqualTo(new[]
        {
            (AuditKinds.RecordingAdded, "recording-1"), (AuditKinds.RecordingDestructionBegun, "recording-1"), (AuditKinds.CertificateKeyMade, trail[2].Subject), (AuditKinds.RecordingDestroyed, "recording-1"),
        }));
        Assert.That(trail[0].Details, Is.EqualTo("""{"purpose":"training"}"""));
        Assert.That(trail[3].Details, Does.Contain("\"how\":\"ByHand\"").And.Not.Contain("Ans"));
    }

    [Test]
    public async Task A_protocol_that_comes_into_force_is_told_of()
    {
        await new ProtocolHistory(database, Noon).UseAsync(Some.Protocol, ProtocolSource.ByHand, default);
        Assert.That((await TrailAsync()).Select(entry => (entry.Kind, entry.Subject, entry.Details)), Is.EqualTo(new[] { (AuditKinds.ProtocolInForce, Some.Protocol.Version, """{"source":"ByHand"}""") }));
    }

    [Test]
    public async Task A_verdict_is_told_of_once_however_often_the_photo_is_screened_at_once()
    {
        await using var gate = await TestGate.OpenAsync(FakeDetector.Sees(), kind);
        var photos = Enumerable.Range(0, 8).Select(_ => gate.ScreenAsync(TestFiles.Photo("ivana-square.jpg"), TestGate.TwoPupils));
        var verdicts = await Task.WhenAll(photos.Select(photo => Task.Run(() => photo)));
        await gate.ScreenAsync(TestFiles.Photo("team-2.jpg"), TestGate.TwoPupils);

        await using var db = gate.Database.CreateDbContext();
        var trail = await db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
        Assert.That(trail, Has.Count.EqualTo(2));
        Assert.That((trail[0].Kind, trail[0].Subject), Is.EqualTo((AuditKinds.VerdictKept, verdicts[0].Id)));
        Assert.That(trail[0].Details, Is.EqualTo($$"""{"outcome":"{{verdicts[0].Outcome.ToString().ToLowerInvariant()}}","protocol":"{{verdicts[0].ProtocolVersion}}"}"""));
    }

    [Test]
    public async Task Pseudonyms_of_one_pupil_in_two_gates_have_nothing_in_common()
    {
        using var other = new TestDatabase(kind);
        var subjects = new List<string>();
        foreach (var gate in new[] { database, await other.OpenMigratedAsync() })
        {
            await ImportAsync(new ConsentRegister(gate, Noon));
            await new ConsentRegister(gate, Noon).AnswerAsync(No("zoe-de-vries"), default);
            await using var db = gate.CreateDbContext();
            subjects.Add(await db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Subject).LastAsync());
        }

        Assert.That(subjects.Distinct().Count(), Is.EqualTo(2));
    }

    private static Task<RegisterChanges> ImportAsync(ConsentRegister register) => register.ImportAsync(
        new RegisterContent(
            [
                new Pupil { Key = "zoe-de-vries", FirstName = "Zoë", Prefix = "de", Surname = "Vries", Group = "groep 5" },
                new Pupil { Key = "tim-bakker", FirstName = "Tim", Prefix = "", Surname = "Bakker", Group = "groep 5" },
            ], [], null), default);

    private static Answer No(string key, string channel = "website") =>
        new() { PupilKey = key, Channel = channel, Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = false, Date = new(2025, 9, 1), GivenBy = "ouder van Zoë" };

    private async Task<List<AuditEntry>> TrailAsync()
    {
        await using var db = database.CreateDbContext();
        return await db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
    }
}
