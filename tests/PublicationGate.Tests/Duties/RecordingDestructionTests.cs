using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Duties.Destruction;
using PublicationGate.Intake;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Recordings;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Duties;

/// <summary>The end of recordings, also of those whose end broke off.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class RecordingDestructionTests(DatabaseKind kind)
{
    private static readonly byte[] Film = RandomNumberGenerator.GetBytes(3_000_000);
    private readonly FixedTime time = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private TemporaryFolder data = null!;
    private TestDatabase place = null!;
    private GateDatabase database = null!;
    private RecordingDestruction destruction = null!;

    [SetUp]
    public async Task Open()
    {
        (data, place) = (new TemporaryFolder(), new TestDatabase(kind));
        database = await place.OpenMigratedAsync();
        destruction = RecordingDestruction.In(data.Path, database, new AuditTrail(time), time);
    }

    [TearDown]
    public void Close()
    {
        place.Dispose();
        data.Dispose();
    }

    [Test]
    public async Task What_the_gate_keeps_is_overwritten_deleted_and_certified()
    {
        var recording = await KeepAsync();
        var kept = new RecordingFiles(data.Path).PathOf(recording.ContentSha256);
        Assert.That(File.ReadAllBytes(kept), Is.EqualTo(Film));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(kept), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        var ended = (await destruction.DestroyAsync(recording.Id, null, "account-1", default))!;

        Assert.That((ended.EndedAt, ended.Problem), Is.EqualTo((time.Now, default(DestructionProblem?))));
        Assert.That(Directory.GetFiles(data["recordings"]), Is.Empty);
        var certificate = DestructionCertificate.Read(ended.Certificate!)!;
        Assert.That(certificate, Is.EqualTo(new DestructionCertificate(recording.Id, "training", recording.ContentSha256, time.Now, time.Now, "account-1", DestructionHow.Overwritten, "", certificate.Jws)));
        var keys = await KeysAsync();
        Assert.That(certificate.IsSignedBy(keys), Is.True);
        Assert.That((certificate with { By = "account-2" }).IsSignedBy(keys), Is.False);
        Assert.That((certificate with { DestroyedAt = time.Now.AddSeconds(1) }).IsSignedBy(keys), Is.False);
        Assert.That(await File.ReadAllTextAsync(data[$"destructions/recording-{recording.Id}.destruction.json"]), Is.EqualTo(ended.Certificate).And.Not.Contain("les.mp4"));
        Assert.That((await ReadAsync(recording.Id)).DestroyedOn, Is.EqualTo(new DateOnly(2026, 3, 31)));
        Assert.That(await destruction.DestroyAsync(recording.Id, null, "account-1", default), Is.Null, "once");
        await using var db = database.CreateDbContext();
        Assert.That(await db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Kind).ToListAsync(), Is.EqualTo(new[] { "recording-added", "recording-destruction-begun", "certificate-key-made", "recording-destroyed" }));
    }

    [Test]
    public async Task Where_only_a_person_can_go_a_person_must_say_so()
    {
        var recording = await AddAsync(RecordingPlace.Elsewhere, "kaart van de camera");
        Assert.That(() => destruction.DestroyAsync(recording.Id, " ", "account-1", default), Throws.InstanceOf<DestructionRefusedException>());
        var ended = (await destruction.DestroyAsync(recording.Id, "geformatteerd door Ans", "account-1", default))!;
        var certificate = DestructionCertificate.Read(ended.Certificate!)!;
        Assert.That((certificate.How, certificate.Said), Is.EqualTo((DestructionHow.ByHand, DestructionCertificate.HashOf("geformatteerd door Ans"))));
        Assert.That(ended.Certificate, Does.Not.Contain("Ans"));
        var read = await ReadAsync(recording.Id);
        Assert.That((read.DestructionProof, read.Location), Is.EqualTo(("geformatteerd door Ans", default(string?))));
    }

    [Test]
    public async Task Another_file_at_its_place_is_not_touched()
    {
        var (recording, path) = await AtPathAsync();
        byte[] other = [1, 2, 3];
        await File.WriteAllBytesAsync(path, other);
        var stuck = (await destruction.DestroyAsync(recording.Id, null, "account-1", default))!;
        Assert.That((stuck.Problem, stuck.EndedAt), Is.EqualTo((DestructionProblem.OtherFile, default(DateTimeOffset?))));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Is.EqualTo(new[] { path }));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(other));
        var ended = (await destruction.DestroyAsync(recording.Id, "was al gewist", "account-2", default))!;
        Assert.That((DestructionCertificate.Read(ended.Certificate!)!.How, DestructionCertificate.Read(ended.Certificate!)!.By), Is.EqualTo((DestructionHow.ByHand, "account-2")));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(other));
    }

    [Test]
    public async Task A_file_that_is_gone_or_away_is_no_file_that_was_destroyed()
    {
        var (recording, path) = await AtPathAsync();
        File.Delete(path);
        Assert.That((await destruction.DestroyAsync(recording.Id, null, "account-1", default))!.Problem, Is.EqualTo(DestructionProblem.Missing));
        Directory.Delete(Path.GetDirectoryName(path)!);
        Assert.That(await destruction.GoOnAsync(default), Is.Zero);
        Assert.That((await RowAsync(recording.Id)).Problem, Is.EqualTo(DestructionProblem.Away));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, Film);
        Assert.That(await destruction.GoOnAsync(default), Is.EqualTo(1), "once its disk is back it is destroyed, as somebody wanted");
        Assert.That(File.Exists(path), Is.False);
    }

    // What is on disk and in the row after a crash behind each step.
    [TestCase("intent")]
    [TestCase("set aside")]
    [TestCase("seen")]
    [TestCase("half overwritten")]
    [TestCase("deleted")]
    [TestCase("deleted, and another file came")]
    [TestCase("deleted, and the same came again")]
    public async Task What_broke_off_is_gone_on_with(string after)
    {
        var (recording, path) = await AtPathAsync();
        var aside = Path.Combine(Path.GetDirectoryName(path)!, ".mark.partial");
        await using (var db = database.CreateDbContext())
        {
            db.Destructions.Add(new RecordedDestruction { RecordingId = recording.Id, BegunAt = time.Now, By = "account-1", Mark = "mark", SeenAt = after is "intent" or "set aside" ? null : time.Now });
            await db.SaveChangesAsync();
        }

        if (after != "intent")
        {
            File.Move(path, aside);
        }

        if (after == "half overwritten")
        {
            await File.WriteAllBytesAsync(aside, new byte[Film.Length]);
        }

        if (after.StartsWith("deleted", StringComparison.Ordinal))
        {
            File.Delete(aside);
        }

        if (after.EndsWith("came", StringComparison.Ordinal))
        {
            await File.WriteAllTextAsync(path, "iets anders");
        }

        if (after.EndsWith("again", StringComparison.Ordinal))
        {
            await File.WriteAllBytesAsync(path, Film);
        }

        Assert.That(await destruction.GoOnAsync(default), Is.EqualTo(1));
        Assert.That(DestructionCertificate.Read((await RowAsync(recording.Id)).Certificate!)!.IsSignedBy(await KeysAsync()), Is.True);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), after.EndsWith("came", StringComparison.Ordinal) ? Is.EqualTo(new[] { path }) : Is.Empty);
        Assert.That(await destruction.GoOnAsync(default), Is.Zero);
    }

    [Test]
    public async Task On_a_read_only_disk_it_stays_and_nobodys_word_ends_it()
    {
        using var disk = new SmallDisk("16m");
        var path = disk["les.mp4"];
        await File.WriteAllBytesAsync(path, Film);
        var recording = await AddAsync(RecordingPlace.File, path);
        disk.MakeReadOnly();
        Assert.That((await destruction.DestroyAsync(recording.Id, "is gewist", "account-1", default))!.Problem, Is.EqualTo(DestructionProblem.Refused));
        Assert.That((await ReadAsync(recording.Id)).DestroyedOn, Is.Null);
        disk.MakeWritable();
        Assert.That(await destruction.GoOnAsync(default), Is.EqualTo(1));
        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public async Task Without_a_key_the_certificate_follows_later_and_its_file_is_laid_again()
    {
        var recording = await KeepAsync();
        await File.WriteAllTextAsync(data[DataFolder.CertificateKey], "geen sleutel");
        Assert.That(() => destruction.DestroyAsync(recording.Id, null, "account-1", default), Throws.InstanceOf<CryptographicException>());
        Assert.That((await ReadAsync(recording.Id)).DestroyedOn, Is.Null);
        File.Delete(data[DataFolder.CertificateKey]);
        Assert.That(await destruction.GoOnAsync(default), Is.EqualTo(1));
        var laid = data[$"destructions/recording-{recording.Id}.destruction.json"];
        File.Delete(laid);
        await destruction.LayCertificatesAsync(default);
        Assert.That(await File.ReadAllTextAsync(laid), Is.EqualTo((await RowAsync(recording.Id)).Certificate));
    }

    [Test]
    public async Task What_came_in_and_was_never_registered_is_swept_away()
    {
        var recording = await KeepAsync();
        var files = new RecordingFiles(data.Path);
        using (var unclaimed = (await files.ReceiveAsync(new MemoryStream([7]), 10, default))!)
        {
            unclaimed.Keep();
            File.SetLastWriteTimeUtc(files.PathOf(unclaimed.Sha256), time.Now.UtcDateTime.AddDays(-2));
            File.SetLastWriteTimeUtc(files.PathOf(recording.ContentSha256), time.Now.UtcDateTime.AddDays(-2));
        }

        Assert.That(await files.ReceiveAsync(new MemoryStream(new byte[11]), 10, default), Is.Null, "too large");
        await using var db = database.CreateDbContext();
        await files.SweepAsync(db, time, default);
        Assert.That(Directory.GetFiles(data["recordings"]).Select(Path.GetFileName), Is.EqualTo(new[] { recording.ContentSha256 }));
        Assert.That(Directory.GetFiles(data["recordings/incoming"]), Is.Empty);
    }

    private async Task<Recording> KeepAsync()
    {
        using var received = (await new RecordingFiles(data.Path).ReceiveAsync(new MemoryStream(Film), long.MaxValue, default))!;
        received.Keep();
        return await AddAsync(RecordingPlace.Gate, null);
    }

    private async Task<(Recording Recording, string Path)> AtPathAsync()
    {
        var path = Path.Combine(Directory.CreateDirectory(data["films"]).FullName, "les.mp4");
        await File.WriteAllBytesAsync(path, Film);
        return (await AddAsync(RecordingPlace.File, path), path);
    }

    private async Task<Recording> AddAsync(RecordingPlace at, string? location)
    {
        using var stream = new MemoryStream(Film);
        using var file = await MediaFile.ReadAsync(stream, "les.mp4", new(), default);
        return await new RecordingRegister(database, time).AddAsync(new(RecordingPurpose.Training, null, null, new(2026, 3, 1), new(2026, 4, 30)) { Place = at, Location = location }, file, null, default);
    }

    private async Task<Recording> ReadAsync(long id)
    {
        await using var db = database.CreateDbContext();
        return await db.Recordings.AsNoTracking().SingleAsync(recording => recording.Id == id);
    }

    private async Task<RecordedDestruction> RowAsync(long id)
    {
        await using var db = database.CreateDbContext();
        return await db.Destructions.AsNoTracking().SingleAsync(row => row.RecordingId == id);
    }

    private async Task<IReadOnlyList<PublicJwk>> KeysAsync()
    {
        await using var db = database.CreateDbContext();
        return await CertificateSigner.KeysAsync(db, default);
    }
}
