using Microsoft.EntityFrameworkCore;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Recordings;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Screening;

/// <summary>The purpose lock through the whole gate.</summary>
public class RecordingScreeningTests
{
    private static readonly FaceBox[] TwoFaces = [new(0, 0, 50, 50, 0.9f), new(60, 0, 50, 50, 0.9f)];
    private static readonly RecordingDraft Training = new(RecordingPurpose.Training, null, null, new(2026, 3, 1), new(2026, 6, 1));

    [Test]
    public async Task A_copy_of_a_recording_is_rejected_and_another_photo_is_not()
    {
        await using var gate = await OpenAsync();
        await gate.RecordAsync(Pictures.LivelyPng(1), Training, Hash(1));

        var same = await gate.ScreenAsync(Pictures.LivelyPng(1), TestGate.TwoPupils);
        var copy = await gate.ScreenAsync(Pictures.LivelyPng(1, darker: 30), TestGate.TwoPupils);
        var other = await gate.ScreenAsync(Pictures.LivelyPng(2), TestGate.TwoPupils);

        Assert.Multiple(() =>
        {
            Assert.That((same.Outcome, By(same)), Is.EqualTo((Outcome.Rejected, MatchedBy.Content)));
            Assert.That((copy.Outcome, By(copy)), Is.EqualTo((Outcome.Rejected, MatchedBy.Picture)));
            Assert.That(copy.Findings.Single(), Has.Property("Rule").EqualTo("recordings-keep-their-purpose").And.Property("Clause").EqualTo("V3"));
            Assert.That((other.Outcome, other.Facts.Recordings.Matches.Count), Is.EqualTo((Outcome.Approved, 0)), string.Join(", ", other.Findings));
        });
    }

    [Test]
    public async Task A_photo_that_was_approved_before_is_rejected_once_it_is_a_recording()
    {
        await using var gate = await OpenAsync();
        var before = await gate.ScreenAsync(Pictures.LivelyPng(1), TestGate.TwoPupils);
        await gate.RecordAsync(Pictures.LivelyPng(1), Training, Hash(1));
        var after = await gate.ScreenAsync(Pictures.LivelyPng(1), TestGate.TwoPupils);
        Assert.That((before.Outcome, after.Outcome), Is.EqualTo((Outcome.Approved, Outcome.Rejected)));
        Assert.That(after.Id, Is.Not.EqualTo(before.Id));
    }

    [Test]
    public async Task What_matched_is_evidence_that_replays()
    {
        await using var gate = await OpenAsync();
        await gate.RecordAsync(Pictures.LivelyPng(1), Training, Hash(1));
        var copy = await gate.ScreenAsync(Pictures.LivelyPng(1, darker: 30), TestGate.TwoPupils);

        var replayed = await gate.SendAsync(new ReplayVerdict(copy.Id));

        Assert.That(replayed!.IsSame, Is.True);
        Assert.That((replayed.Replayed.Facts.PictureHash, replayed.Replayed.Facts.Recordings.Matches.Single()), Is.EqualTo((copy.Facts.PictureHash, copy.Facts.Recordings.Matches.Single())));
    }

    [TestCase("DROP TABLE \"Recordings\"")]
    [TestCase("UPDATE \"Recordings\" SET \"PictureHash\" = '0:AAAA'")]
    public async Task A_recording_register_that_cannot_be_read_holds(string damage)
    {
        await using var gate = await OpenAsync();
        await gate.RecordAsync(Pictures.LivelyPng(1), Training, Hash(1));
        await using (var db = gate.Database.CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync(damage);
        }

        var held = await gate.ScreenAsync(Pictures.LivelyPng(2), TestGate.TwoPupils);

        Assert.That((held.Facts.Recordings.Known, held.Outcome), Is.EqualTo((false, Outcome.Held)));
    }

    [Test]
    public async Task A_film_is_known_by_its_bytes_though_it_cannot_be_looked_at()
    {
        byte[] film = [0, 0, 0, 0x18, .. "ftypmp42"u8, 0, 0, 0, 0, .. "mp42isom"u8];
        await using var gate = await OpenAsync();
        await gate.RecordAsync(film, Training, null);
        var verdict = await gate.ScreenAsync(film, TestGate.TwoPupils);
        Assert.That((verdict.Outcome, By(verdict)), Is.EqualTo((Outcome.Rejected, MatchedBy.Content)));
    }

    [Test]
    public async Task Of_an_animation_the_first_frame_that_shows_anything_counts()
    {
        await using var gate = await OpenAsync();
        using var lively = Pictures.Lively(1);
        using var plain = Pictures.Plain(lively.Width, lively.Height);
        await gate.RecordAsync(Pictures.LivelyPng(1), Training, Hash(1));
        var verdict = await gate.ScreenAsync(Edits.Animation("webp", plain, lively), TestGate.TwoPupils);
        Assert.That((verdict.Outcome, By(verdict)), Is.EqualTo((Outcome.Rejected, MatchedBy.Picture)));
    }

    private static Task<TestGate> OpenAsync() => TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, TwoFaces));

    private static MatchedBy By(Verdict verdict) => verdict.Facts.Recordings.Matches.Single().By;

    private static PictureHash Hash(int picture)
    {
        using var pixels = Pictures.Lively(picture);
        return PictureHash.Of(pixels)!;
    }
}
