using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Duties.Destruction;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Recordings;

public class RecordingRegisterTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);
    private static readonly RecordingDraft Training = new(RecordingPurpose.Training, null, "stagiair", Today, Today.AddDays(10));
    private static readonly RecordingDraft Help = Training with { Purpose = RecordingPurpose.PupilHelp, PupilKey = "p1" };

    private readonly FixedTime time = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private TemporaryFolder folder = null!;
    private SqliteGateDatabase database = null!;
    private RecordingRegister register = null!;

    [SetUp]
    public async Task OpenRegister()
    {
        folder = new TemporaryFolder();
        database = SqliteGateDatabase.InFile(folder["gate.db"]);
        await database.MigrateAsync(default);
        await new ConsentRegister(database, time).ImportAsync(new RegisterContent([new() { Key = "p1", FirstName = "Noor", Prefix = "", Surname = "Proef", Group = "groep 5" }], [], []), default);
        register = new RecordingRegister(database, time);
    }

    [TearDown]
    public void CloseRegister()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task What_was_registered_is_listed_with_what_must_be_destroyed_first_before_the_rest()
    {
        var late = await AddAsync(1, Training with { DestroyBy = Today.AddDays(30) });
        var soon = await AddAsync(2, Help);
        var gone = await AddAsync(3, Training with { DestroyBy = Today });
        await DestroyAsync(gone.Id, "gewist door de directie");

        var list = await register.ListAsync(default);

        Assert.That(list.Select(r => r.Id), Is.EqualTo(new[] { soon.Id, late.Id, gone.Id }));
        Assert.That((list[0].Purpose, list[0].PupilKey, list[0].MadeBy, list[0].NoticeOn, list[0].DestroyBy, list[0].FileName), Is.EqualTo((RecordingPurpose.PupilHelp, "p1", "stagiair", Today, Today.AddDays(10), "opname.png")));
        Assert.That((list[0].PictureHash, list[0].RegisteredAt), Is.EqualTo((Hash(2), time.Now)));
        Assert.That((list[2].DestroyedOn, list[2].DestructionProof), Is.EqualTo((Today, "gewist door de directie")));
        Assert.That(list.Select(r => r.DaysLeft(Today.AddDays(12))), Is.EqualTo(new int?[] { -2, 18, null }));
    }

    [TestCase("--notice")]
    [TestCase("--destroy-by")]
    [TestCase("--pupil")]
    [TestCase("--pupil", false)]
    [TestCase("--pupil", true, "p9")]
    public async Task A_draft_that_breaks_the_protocol_is_refused(string option, bool isHelp = true, string? pupil = null)
    {
        var draft = option switch
        {
            "--notice" => Training with { NoticeOn = Today.AddDays(1) },
            "--destroy-by" => Training with { DestroyBy = Today.AddDays(-1) },
            _ => isHelp ? Help with { PupilKey = pupil } : Training with { PupilKey = "p1" },
        };
        var refused = await Assert.ThrowsAsync<InputErrorsException>(() => AddAsync(1, draft));
        Assert.That(refused!.Errors.Select(error => error.Key), Is.EqualTo(new[] { option }));
        Assert.That(await register.ListAsync(default), Is.Empty);
    }

    [Test]
    public async Task The_same_bytes_have_one_purpose()
    {
        await AddAsync(1, Training);
        var refused = await Assert.ThrowsAsync<InputErrorsException>(() => AddAsync(1, Help));
        Assert.That(refused!.Errors.Single().Reason.En, Does.Contain("recording 1 for training"));
    }

    [Test]
    public async Task An_empty_file_is_no_recording()
    {
        var refused = await Assert.ThrowsAsync<InputErrorsException>(() => AddAsync([], Training, null));
        Assert.That(refused!.Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_film_too_large_to_be_taken_in_is_known_by_its_bytes()
    {
        var film = new byte[2000];
        using var stream = new MemoryStream(film);
        using var file = await MediaFile.ReadAsync(stream, "les.mp4", new IntakeOptions { MaximumBytes = 1000 }, default);
        await register.AddAsync(Training, file, null, default);
        Assert.That((await register.FindAsync(file.Sha256, null, Today, default)).Matches.Single().By, Is.EqualTo(MatchedBy.Content));
    }

    [Test]
    public async Task A_copy_is_found_by_what_it_looks_like_also_one_registered_a_moment_ago_by_another_process()
    {
        Assert.That((await register.FindAsync("x", Hash(1), Today, default)).Matches, Is.Empty);
        var other = new RecordingRegister(database, time);
        var added = await AddAsync(1, Training, other);
        await AddAsync(2, Help, other);

        var match = (await register.FindAsync("x", Hash(1), Today, default)).Matches.Single();

        Assert.That((match.Id, match.Purpose, match.By, match.Likeness), Is.EqualTo((added.Id, RecordingPurpose.Training, MatchedBy.Picture, new PictureLikeness(0, 0))));
        Assert.That((match.ParentsWereTold, match.IsOverdue, match.IsDestroyed), Is.EqualTo((true, false, false)));
    }

    [TestCase(-1, false, false)]
    [TestCase(0, true, false)]
    [TestCase(10, true, false)]
    [TestCase(11, true, true)]
    public async Task What_holds_on_a_day_is_told_for_that_day(int day, bool told, bool overdue)
    {
        var recording = await AddAsync(1, Training);
        var match = (await register.FindAsync(recording.ContentSha256, null, Today.AddDays(day), default)).Matches.Single();
        Assert.That((match.By, match.Likeness, match.ParentsWereTold, match.IsOverdue), Is.EqualTo((MatchedBy.Content, default(PictureLikeness?), told, overdue)));
    }

    [Test]
    public async Task What_was_destroyed_is_still_found_and_is_destroyed_once()
    {
        var recording = await AddAsync(1, Training);
        Assert.That(await DestroyAsync(99, "x"), Is.Null);
        Assert.That(await DestroyAsync(recording.Id, "gewist"), Is.Not.Null);
        Assert.That(await DestroyAsync(recording.Id, "nog eens"), Is.Null);
        Assert.That((await register.FindAsync("x", Hash(1), Today, default)).Matches.Single().IsDestroyed, Is.True);
    }

    [Test]
    public async Task Recordings_without_their_files_are_kept_track_of_and_match_nothing()
    {
        var first = await register.AddWithoutFileAsync(Training with { Location = "kaart van de camera" }, "les 1", default);
        var second = await register.AddWithoutFileAsync(Training, "les 2", default);
        Assert.That((await register.ListAsync(default)).Select(r => (r.Id, r.FileName, r.Place, r.Location, r.ContentSha256)), Is.EqualTo(new[]
        {
            (first.Id, "les 1", (RecordingPlace?)RecordingPlace.Elsewhere, "kaart van de camera", ""), (second.Id, "les 2", RecordingPlace.Elsewhere, null, ""),
        }));
        Assert.That((await register.FindAsync(null, null, Today, default)).Matches, Is.Empty);
        Assert.That((await register.FindAsync("", Hash(1), Today, default)).Matches, Is.Empty);
    }

    private Task<RecordedDestruction?> DestroyAsync(long id, string said) => RecordingDestruction.In(folder.Path, database, new AuditTrail(time), time).DestroyAsync(id, said, "command-line", default);

    private Task<Recording> AddAsync(int picture, RecordingDraft draft, RecordingRegister? by = null) => AddAsync(Pictures.LivelyPng(picture), draft, Hash(picture), by);

    private async Task<Recording> AddAsync(byte[] content, RecordingDraft draft, PictureHash? hash, RecordingRegister? by = null)
    {
        using var stream = new MemoryStream(content);
        using var file = await MediaFile.ReadAsync(stream, "opname.png", new(), default);
        return await (by ?? register).AddAsync(draft, file, hash, default);
    }

    private static PictureHash Hash(int picture)
    {
        using var pixels = Pictures.Lively(picture);
        return PictureHash.Of(pixels)!;
    }
}
