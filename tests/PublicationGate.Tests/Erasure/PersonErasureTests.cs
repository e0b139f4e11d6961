using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Duties.Incidents;
using PublicationGate.Erasure;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Recordings;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;
using PublicationGate.Watching;
using PublicationGate.Wording;

namespace PublicationGate.Tests.Erasure;

/// <summary>A pupil is erased from a gate that knows them in every place that it has; others are not touched.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public partial class PersonErasureTests(DatabaseKind kind)
{
    // Invented, and such that they stand nowhere by accident.
    private static readonly string[] Traces = ["Zebulonia", "Quistwijk", "zebulonia", "quistwijk", "leerling-4711"];

    private static readonly byte[] HerPhoto = TestFiles.Photo("ivana-square.jpg");
    private static readonly byte[] OtherPhoto = TestFiles.Photo("team-2.jpg");

    private readonly FixedTime clock = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private TemporaryFolder data = null!;
    private string connection = null!;
    private GateDatabase database = null!;
    private PersonErasure erasure = null!;

    [SetUp]
    public async Task FillGate()
    {
        data = new TemporaryFolder();
        connection = kind == DatabaseKind.Postgres ? PostgresServer.Shared.NewSchema() : "";
        database = kind == DatabaseKind.Postgres ? PostgresGateDatabase.At(connection) : SqliteGateDatabase.InFile(data["gate.db"]);
        await database.MigrateAsync(default);
        await new Checkpoints(CheckpointFolder.In(data.Path, null), sentence => Assert.Fail(sentence.En), clock).FollowAsync(database, default);
        Directory.CreateDirectory(data["uitslagen"]);
        erasure = new PersonErasure(database, data.Path, [data["uitslagen"]], [], clock);

        var register = new ConsentRegister(database, clock);
        await register.ImportAsync(new RegisterContent([Child("leerling-4711", "Zebulonia", "Quistwijk"), Child("p2", "Noor", "Proef"), Child("p3", "Omar", "Proef")], [Yes("leerling-4711"), Yes("p2"), Yes("p3")], []), default);
        await register.AnswerAsync(Yes("leerling-4711", "app"), default);
        await register.AnswerAsync(Yes("p2", "app"), default);
        await register.AddPermissionAsync(Permission("interview", "Zebulonia Quistwijk"), default);
        await register.AddPermissionAsync(Permission("gedicht", "Guus Proef"), default);
        await RecordAsync();
    }

    [TearDown]
    public void Close()
    {
        if (kind == DatabaseKind.Postgres && database is not null)
        {
            using var schema = new NpgsqlConnection(connection);
            using var drop = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {new NpgsqlConnectionStringBuilder(connection).SearchPath} CASCADE", schema);
            schema.Open();
            drop.ExecuteNonQuery();
        }

        database?.Dispose();
        data.Dispose();
    }

    [Test]
    public async Task Her_names_are_nowhere_afterwards_and_the_trail_still_verifies()
    {
        var hers = await KeepAsync(HerPhoto, "IMG_1.jpg", Shown("leerling-4711", "Zebulonia"));
        var caption = await KeepAsync(OtherPhoto, "b.jpg", Shown("p2", "Noor") with { Declaration = new Declaration { People = ["p2"], Caption = "Noor wint van Zebulonia Quistwijk" } });
        var fileName = await KeepAsync(OtherPhoto, "zebulonia_quistwijk.jpg", Shown("p2", "Noor"));
        var tagged = await KeepAsync(OtherPhoto, "c.jpg", Shown("p2", "Noor") with { Metadata = new MetadataFacts { Entries = [new(MetadataKind.Person, "XMP-mwg-rs:RegionName", "Zebulonia")] } });
        var others = await KeepAsync(OtherPhoto, "d.jpg", Shown("p3", "Omar"));
        await PlaceAsync(hers, HerPhoto, "held");
        await PlaceAsync(others, OtherPhoto, "held");
        Assert.That(await WhereAsync(), Is.Not.Empty, "the search must find the names for its silence to say anything");

        var receipt = (await erasure.EraseAsync("leerling-4711", default))!;

        Assert.That(receipt.Removed, Is.EquivalentTo(new Dictionary<string, int>
        {
            ["access-links"] = 0, ["answers"] = 2, ["certificates"] = 0, ["copies"] = 0, ["guardians"] = 0, ["letters"] = 0, ["looks"] = 1, ["originals"] = 1, ["outbox"] = 0, ["permissions"] = 1, ["posted-addresses"] = 0, ["pupils"] = 1, ["queue-items"] = 0, ["recordings"] = 1, ["released-pupils"] = 0, ["releases"] = 0, ["remembered-uploads"] = 0, ["removal-requests"] = 0, ["results"] = 1, ["review-acts"] = 0, ["round-answers"] = 0, ["rounds"] = 0, ["submissions"] = 0, ["taken-back"] = 0, ["taken-files"] = 0, ["verdicts"] = 4,
        }));
        Assert.That(receipt.IsForgotten, Is.True);
        Assert.That(await File.ReadAllTextAsync(data["erasures/1.json"]), Is.EqualTo(receipt.Write()));
        Assert.That(receipt.Left.Single().En, Does.StartWith("Recording 1 was made to help this pupil"));
        Assert.That(await WhereAsync(), Is.Empty);
        Assert.That((await new AuditVerification(CheckpointFolder.In(data.Path, null)).WalkAsync(database, default)).IsSound, Is.True);

        await using var db = database.CreateDbContext();
        Assert.That(await db.Verdicts.Where(verdict => verdict.Evidence.StartsWith(StoredVerdict.ErasedMark)).Select(verdict => verdict.Id).ToListAsync(), Is.EquivalentTo(new[] { hers.Id, caption.Id, fileName.Id, tagged.Id }));
        Assert.That(await db.Answers.Select(answer => answer.PupilKey).ToListAsync(), Is.EquivalentTo(new[] { "p2", "p2", "p3" }));
        Assert.That(await db.Permissions.Select(permission => permission.Key).ToListAsync(), Is.EqualTo(new[] { "gedicht" }));
        Assert.That(await db.PersonKeys.Select(key => key.Person).ToListAsync(), Is.EquivalentTo(new[] { "pupil:p2", "permission:gedicht" }));
        Assert.That(await db.Recordings.Select(recording => new { recording.FileName, recording.PupilKey }).SingleAsync(), Is.EqualTo(new { FileName = "recording-1", PupilKey = (string?)null }));
        Assert.That(Directory.GetFiles(data["uitslagen"], "*", SearchOption.AllDirectories).Select(Path.GetFileName), Has.Some.EqualTo("d.jpg.json").And.None.EqualTo("IMG_1.jpg.json").And.None.EqualTo("IMG_1.jpg"));
    }

    [Test]
    public async Task What_is_left_of_a_verdict_says_so_and_is_not_taken_for_tampering()
    {
        var hers = await KeepAsync(HerPhoto, "a.jpg", Shown("leerling-4711", "Zebulonia"));
        var others = await KeepAsync(OtherPhoto, "d.jpg", Shown("p3", "Omar"));
        await erasure.EraseAsync("leerling-4711", default);

        await using var db = database.CreateDbContext();
        var store = new VerdictStore(db, clock);
        var erased = (await store.FindErasedAsync(hers.Id, default))!;
        Assert.That((erased.Outcome, erased.ErasedAt, erased.FileName, erased.DeclarationSha256), Is.EqualTo((hers.Outcome, clock.Now, "", "erased-" + hers.Id)));
        Assert.That(await store.FindAsync(hers.Id, default), Is.Null);
        Assert.That(await store.FindErasedAsync(others.Id, default), Is.Null);
        var replay = new VerdictReplay(db, store, new RuleList());
        Assert.That(await replay.AllAsync(default).Select(replayed => (replayed.Kept.Id, replayed.IsSame)).ToListAsync(), Is.EqualTo(new[] { (others.Id, true) }));
        Assert.That(await replay.ErasedAsync(default), Is.EqualTo(1));
    }

    [Test]
    public async Task Files_of_incidents_stay_and_are_told_of_by_number()
    {
        await using (var db = database.CreateDbContext())
        {
            var incidents = new IncidentRegister(db, new AuditTrail(clock), clock);
            await incidents.ReportAsync(new("Iemand scheldt op het plein", null, null), "account-1", default);
            await incidents.ReportAsync(new("Iemand scheldt Zebulonia Quistwijk uit", null, null), "account-1", default);
        }

        var receipt = (await erasure.EraseAsync("leerling-4711", default))!;
        Assert.That(receipt.Left.Select(left => left.En), Has.Some.StartsWith("1 incident file(s) mention this pupil: 2."));
        await using var after = database.CreateDbContext();
        Assert.That(await after.IncidentEntries.CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_dry_run_tells_the_same_numbers_and_changes_nothing()
    {
        await KeepAsync(HerPhoto, "a.jpg", Shown("leerling-4711", "Zebulonia"));
        var before = await WhereAsync();
        var preview = (await erasure.PreviewAsync("leerling-4711", default))!;
        Assert.That(await WhereAsync(), Is.EqualTo(before));
        Assert.That((await erasure.EraseAsync("leerling-4711", default))!.Removed, Is.EqualTo(preview.Removed));
    }

    [Test]
    public async Task Nothing_is_erased_while_a_disk_with_results_is_away_unless_it_is_said_to_be_gone()
    {
        var away = data["stick"];
        await using (var db = database.CreateDbContext())
        {
            var item = new QueueItem { ContentSha256 = "00", DeclarationSha256 = "00", ProtocolVersion = "1", Photo = "{}", Store = "s", State = QueueState.Decided };
            db.QueueItems.Add(item);
            await db.SaveChangesAsync();
            db.TakenFiles.Add(new TakenFile { Inbox = "in", Name = "d.jpg", Length = 1, ModifiedTicks = 1, ContentSha256 = "00", QueueItemId = item.Id, IsOpen = false, PlacedIn = away });
            await db.SaveChangesAsync();
        }

        Assert.That(() => erasure.EraseAsync("leerling-4711", default), Throws.InstanceOf<InputErrorsException>());
        Assert.That(await new ConsentRegister(database, clock).NamesAsync(default), Has.Count.EqualTo(3));
        var told = new PersonErasure(database, data.Path, [], [away], clock);
        Assert.That(await told.EraseAsync("leerling-4711", default), Is.Not.Null);
    }

    [Test]
    public async Task The_register_forgets_her_at_once_and_an_unknown_key_changes_nothing()
    {
        var register = new ConsentRegister(database, clock);
        Assert.That((await register.NamesAsync(default)).Select(name => name.Key), Has.Member("leerling-4711"));
        Assert.That(await erasure.EraseAsync("wie", default), Is.Null);
        await erasure.EraseAsync("leerling-4711", default);
        Assert.That((await register.NamesAsync(default)).Select(name => name.Key), Is.EqualTo(new[] { "p2", "p3" }));
        Assert.That(await erasure.IsUnfinishedAsync(default), Is.False);
    }

    [Test]
    public async Task Only_the_answers_of_an_erased_pupil_go()
    {
        await erasure.EraseAsync("leerling-4711", default);
        await using var db = database.CreateDbContext();
        Assert.That(() => db.Database.ExecuteSqlRawAsync("DELETE FROM \"Answers\" WHERE \"PupilKey\" = 'p2'"), Throws.InstanceOf<System.Data.Common.DbException>());
        Assert.That(() => db.Database.ExecuteSqlRawAsync("UPDATE \"Answers\" SET \"GivenBy\" = 'x'"), Throws.InstanceOf<System.Data.Common.DbException>());
        Assert.That(await db.Erasures.Select(row => row.PupilKey).SingleAsync(), Is.Null);
    }

    [Test]
    public async Task Her_entries_stay_under_a_pseudonym_that_no_key_leads_to()
    {
        List<AuditEntry> before;
        await using (var db = database.CreateDbContext())
        {
            before = await AuditLines.OfAsync(db, null, "leerling-4711", default).ToListAsync();
            Assert.That(before.Select(entry => entry.Kind), Is.EqualTo(new[] { AuditKinds.AnswerRecorded }));
        }

        var receipt = (await erasure.EraseAsync("leerling-4711", default))!;
        await using var after = database.CreateDbContext();
        Assert.That(await AuditLines.OfAsync(after, null, "leerling-4711", default).ToListAsync(), Is.Empty);
        Assert.That(await AuditLines.OfAsync(after, null, receipt.Subject, default).Select(entry => entry.Kind).ToListAsync(), Is.EqualTo(new[] { AuditKinds.AnswerRecorded, AuditKinds.PersonErased }));
        Assert.That(before[0].Subject, Is.EqualTo(receipt.Subject));
    }

    [Test]
    public async Task A_first_name_that_others_have_stays_where_it_stands_alone()
    {
        await new ConsentRegister(database, clock).ImportAsync(
            new RegisterContent([Child("leerling-4711", "Zebulonia", "Quistwijk"), Child("p2", "Noor", "Proef"), Child("p3", "Omar", "Proef"), Child("p4", "Zebulonia", "Anders")], [], null), default);
        var alone = await KeepAsync(OtherPhoto, "a.jpg", Shown("p4", "Zebulonia") with { Declaration = new Declaration { People = ["p4"], Caption = "Zebulonia wint" } });
        var whole = await KeepAsync(OtherPhoto, "b.jpg", Shown("p2", "Noor") with { Declaration = new Declaration { People = ["p2"], Caption = "Met Z. Quistwijk" } });
        await erasure.EraseAsync("leerling-4711", default);
        await using var db = database.CreateDbContext();
        var kept = await db.Verdicts.AsNoTracking().ToDictionaryAsync(verdict => verdict.Id, verdict => verdict.ErasedAt is null);
        Assert.That(kept, Is.EquivalentTo(new Dictionary<string, bool> { [alone.Id] = true, [whole.Id] = false }));
    }

    private static Pupil Child(string key, string firstName, string surname) => new() { Key = key, FirstName = firstName, Prefix = "van der", Surname = surname, Group = "groep 5" };

    private static Answer Yes(string key, string channel = "*") =>
        new() { PupilKey = key, Channel = channel, Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = true, Date = new(2025, 9, 1), GivenBy = "ouder van " + key };

    private static PermissionRecord Permission(string key, string givenBy) => new() { Key = key, Subject = PermissionSubject.Quote, GivenBy = givenBy, Text = "vraaggesprek", Date = new(2026, 1, 1) };

    private static PhotoFacts Shown(string key, string firstName) => Some.Photo with
    {
        Declaration = new Declaration { People = [key], Origin = "school-camera" },
        Consent = new ConsentFacts { Pupils = [new PupilConsent(key, firstName, "groep 5", ConsentState.Yes, ConsentState.Silent)] },
        Wording = new WordingFacts { Findings = [new(TextFindingKind.FirstName, "caption", 0, firstName, true, key)] },
    };

    private async Task RecordAsync()
    {
        using var stream = new MemoryStream([1, 2, 3]);
        using var file = await MediaFile.ReadAsync(stream, "Zebulonia leest.mp4", new(), default);
        await new RecordingRegister(database, clock).AddAsync(new RecordingDraft(RecordingPurpose.PupilHelp, "leerling-4711", "juf Ans", new(2026, 3, 1), new(2026, 5, 1)), file, null, default);
    }

    // As a screened photo that is kept: original in the store, what was seen, verdict.
    private async Task<Verdict> KeepAsync(byte[] photo, string name, PhotoFacts facts)
    {
        using var store = new ContentStore(data["store"], new());
        using var content = new MemoryStream(photo);
        var sha256 = (await store.AddAsync(content, default)).Sha256!;
        var verdict = Verdict.Of(facts with { FileName = name, ContentSha256 = sha256 }, Some.Protocol, new RuleList());
        await using var db = database.CreateDbContext();
        if (!await db.Looks.AnyAsync(look => look.ContentSha256 == sha256))
        {
            db.Looks.Add(new StoredLook { ContentSha256 = sha256, LookedBy = "test", Seen = "{}" });
        }

        await new VerdictStore(db, clock).KeepAsync(verdict, Some.Protocol, default);
        await db.SaveChangesAsync();
        return verdict;
    }

    private async Task PlaceAsync(Verdict verdict, byte[] photo, string outcome)
    {
        data.Write($"in/{verdict.Facts.FileName}", photo);
        using var store = new ContentStore(data["store"], new());
        using var results = new ResultFolders(new ResultFolderOptions { Folder = data["uitslagen"] }, store, new(Photos.Decoder, new(() => throw new InvalidOperationException("nothing is concealed here"))));
        var placed = await results.PlaceAsync(new ScreenedFile(data["in"], data[$"in/{verdict.Facts.FileName}"], verdict with { Outcome = Outcome.Held }, TimeSpan.Zero), default);
        Assert.That(placed.Folder, Does.EndWith(outcome));
    }

    /// <summary>Where a trace stands: each file of the data folder, and a dump of the server's database.</summary>
    private async Task<List<string>> WhereAsync()
    {
        var files = Directory.GetFiles(data.Path, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(data["in"] + "/", StringComparison.Ordinal)).ToList();
        var bytes = files.Select(file => (file, File.ReadAllBytes(file))).ToList();
        if (kind == DatabaseKind.Postgres)
        {
            var schema = new NpgsqlConnectionStringBuilder(connection).SearchPath!;
            using var dump = Process.Start(new ProcessStartInfo(Path.Combine(PostgresServer.Programs!, "pg_dump"), ["--schema=" + schema, PostgresServer.Shared.Address()]) { RedirectStandardOutput = true })!;
            bytes.Add(("dump", Encoding.UTF8.GetBytes(await dump.StandardOutput.ReadToEndAsync())));
            await dump.WaitForExitAsync();
            Assert.That(dump.ExitCode, Is.Zero);
        }

        return [.. from file in bytes
                   from trace in Traces
                   where file.Item2.AsSpan().IndexOf(Encoding.UTF8.GetBytes(trace)) >= 0 || file.Item2.AsSpan().IndexOf(Encoding.Unicode.GetBytes(trace)) >= 0 || file.file.Contains(trace, StringComparison.Ordinal)
                   select $"{Path.GetFileName(file.file)}: {trace}"];
    }
}
