using Microsoft.EntityFrameworkCore;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Screening;

/// <summary>One photo through the whole gate, with a detector that sees what the test says.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class PhotoInspectionTests(DatabaseKind kind)
{
    private static readonly FaceBox[] TwoFaces = [new(0, 0, 50, 50, 0.9f), new(60, 0, 50, 50, 0.9f)];
    private static readonly byte[] Photo = Pictures.Png(200, 100, Pictures.Grey, 8, [.. Enumerable.Repeat((byte)99, 200 * 100)]);

    [Test]
    public async Task Approves_two_pupils_with_consent_and_keeps_the_verdict()
    {
        await using var gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, TwoFaces), kind);

        var verdict = await gate.ScreenAsync(Photo, TestGate.TwoPupils);

        await using var db = gate.Database.CreateDbContext();
        var stored = await db.Verdicts.SingleAsync();
        Assert.Multiple(() =>
        {
            Assert.That(verdict.Outcome, Is.EqualTo(Outcome.Approved), string.Join(", ", verdict.Findings));
            Assert.That(verdict.Facts.Image, Is.EqualTo(new ImageHeader(ImageFormat.Png, 200, 100, 1, null)));
            Assert.That((stored.Id, stored.Outcome, stored.DecidedAt), Is.EqualTo((verdict.Id, Outcome.Approved, gate.Time.Now)));
            Assert.That((stored.ContentSha256, stored.FileName, stored.Channel), Is.EqualTo((verdict.Facts.ContentSha256, "dag.jpg", "website")));
        });
    }

    [Test]
    public async Task A_detector_that_breaks_holds_that_photo_and_the_next_is_fine()
    {
        var isBroken = true;
        await using var gate = await TestGate.OpenAsync(new FakeDetector(image => isBroken ? throw new InvalidOperationException("broken") : [.. TwoFaces.Select(box => box.Scaled(image.Width / 200f))]), kind);

        var held = await gate.ScreenAsync(Photo, TestGate.TwoPupils);
        isBroken = false;
        var next = await gate.ScreenAsync(Photo, TestGate.TwoPupils);

        Assert.That((held.Facts.Faces.Known, held.Outcome), Is.EqualTo((false, Outcome.Held)));
        Assert.That(next.Outcome, Is.EqualTo(Outcome.Approved));
    }

    [Test]
    public async Task A_model_that_fails_or_is_stuck_holds_that_photo_and_a_fresh_one_looks_at_the_next([Values] bool isStuck)
    {
        var opened = 0;
        var twoFaces = FakeDetector.SeesInPhotoOf(200, TwoFaces);
        await using var gate = await TestGate.OpenAsync(new RecoveringDetector(() => opened++ > 0 ? twoFaces : new FakeDetector((_, token) =>
        {
            Assert.That(!isStuck || token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)), "the run is not ended");
            throw new InvalidOperationException("broken");
        }), TimeSpan.FromMilliseconds(100)), kind);

        var held = await gate.ScreenAsync(Photo, TestGate.TwoPupils, "een.jpg");
        var next = await gate.ScreenAsync(Photo, TestGate.TwoPupils, "twee.jpg");

        Assert.That((held.Facts.Faces.Known, held.Outcome), Is.EqualTo((false, Outcome.Held)));
        Assert.That((next.Outcome, opened), Is.EqualTo((Outcome.Approved, 2)));
    }

    [Test]
    public async Task A_register_that_is_gone_holds()
    {
        await using var gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, TwoFaces), kind);
        gate.LoseRegister();

        var held = await gate.ScreenAsync(Photo, TestGate.TwoPupils);

        Assert.That((held.Facts.Consent.Known, held.Outcome), Is.EqualTo((false, Outcome.Held)));
    }

    [TestCase("Dag ouders", ImageProblem.NotAPicture)]
    [TestCase("%PDF-1.7", ImageProblem.UnsupportedType)]
    public async Task What_is_no_photo_is_held(string content, ImageProblem problem)
    {
        await using var gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, TwoFaces), kind);
        var held = await gate.ScreenAsync(System.Text.Encoding.UTF8.GetBytes(content), TestGate.TwoPupils);
        Assert.That((held.Facts.ImageProblem, held.Outcome), Is.EqualTo((problem, Outcome.Held)));
    }

    [Test]
    public async Task An_empty_file_is_held_and_never_looked_at()
    {
        var detector = FakeDetector.SeesInPhotoOf(200, TwoFaces);
        await using var gate = await TestGate.OpenAsync(detector, kind);
        var held = await gate.ScreenAsync([], TestGate.TwoPupils);
        Assert.That((held.Facts.IntakeProblem, held.Outcome, detector.Seen.Count), Is.EqualTo((IntakeProblem.Empty, Outcome.Held, 0)));
    }

    [TestCase("Noorp1 Proef wint", "dag.jpg", Outcome.Rejected)]
    [TestCase("Familie Proef", "dag.jpg", Outcome.Held)]
    [TestCase(null, "noorp1_proef.png", Outcome.Rejected)]
    [TestCase(null, "proef.png", Outcome.Held)]
    [TestCase("Noor wint", "noor.png", Outcome.Approved)]
    public async Task Names_in_texts_are_facts(string? caption, string name, Outcome outcome)
    {
        await using var gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, TwoFaces), kind);
        var verdict = await gate.ScreenAsync(Photo, TestGate.TwoPupils with { Caption = caption }, name);
        Assert.That(verdict.Outcome, Is.EqualTo(outcome), string.Join(", ", verdict.Findings));
    }

    [TestCase("EXIF:Artist", Outcome.Held)]
    [TestCase(null, Outcome.Approved)]
    public async Task What_travels_in_the_file_is_a_fact(string? tag, Outcome outcome)
    {
        await using var gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(96, new(0, 0, 30, 30, 0.9f), new(40, 0, 30, 30, 0.9f)));
        var photo = tag is null ? Carriers.Picture("jpg") : Carriers.JpegWithExif(new TiffBlock().Ascii(0x013B, "Jannie Proef").ToBytes());

        var verdict = await gate.ScreenAsync(photo, TestGate.TwoPupils);
        var again = await gate.ScreenAsync(photo, TestGate.TwoPupils);

        Assert.That(verdict.Outcome, Is.EqualTo(outcome), string.Join(", ", verdict.Findings));
        Assert.That(verdict.Facts.Metadata.Entries.Select(entry => entry.Tag), Is.EqualTo(tag is null ? Array.Empty<string>() : [tag]));
        Assert.That(again.Id, Is.EqualTo(verdict.Id), "as it was kept");
    }

    [Test]
    public async Task A_sidecar_that_appears_beside_a_photo_that_was_looked_at_before_is_read()
    {
        await using var gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, TwoFaces));
        using var folder = new Tests.Intake.TemporaryFolder();
        folder.Write("Schoolcamera/dag.png", Photo);
        var before = await ScreenAsync();
        folder.Text("Schoolcamera/dag.png.xmp", Carriers.Xmp("<Iptc4xmpExt:PersonInImage>Teun</Iptc4xmpExt:PersonInImage>"));
        var after = await ScreenAsync();

        Assert.That((before.Outcome, after.Outcome, after.Facts.FolderName), Is.EqualTo((Outcome.Approved, Outcome.Held, "Schoolcamera")));
        Assert.That(after.Findings.Select(finding => finding.Rule), Is.EqualTo(new[] { "metadata-names-nobody" }));

        async Task<PublicationGate.Screening.Verdict> ScreenAsync()
        {
            using var file = await MediaFile.ReadAsync(folder["Schoolcamera/dag.png"], "dag.png", new(), default);
            return await gate.SendAsync(new PublicationGate.Screening.ScreenSubmission(file, TestGate.TwoPupils));
        }
    }

    [TestCase("{")]
    [TestCase("null")]
    [TestCase("{\"somethingOfAnotherBuild\":1}")]
    public async Task A_look_that_cannot_be_read_back_is_made_again(string spoilt)
    {
        await using var gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, TwoFaces), kind);
        var before = await gate.ScreenAsync(Photo, TestGate.TwoPupils);
        await using (var db = gate.Database.CreateDbContext())
        {
            Assert.That(await db.Looks.ExecuteUpdateAsync(update => update.SetProperty(look => look.Seen, spoilt)), Is.EqualTo(1));
        }

        Assert.That((await gate.ScreenAsync(Photo, TestGate.TwoPupils)).Id, Is.EqualTo(before.Id));
    }

    [Test]
    public async Task Many_threads_that_judge_the_same_photo_at_once_keep_one_verdict()
    {
        await using var gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, TwoFaces), kind);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => gate.ScreenAsync(Photo, TestGate.TwoPupils))));

        await using var db = gate.Database.CreateDbContext();
        Assert.That(verdicts.Select(verdict => verdict.Id).Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(await db.Verdicts.CountAsync(), Is.EqualTo(1));
        Assert.That(await db.Protocols.CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Threads_that_first_use_a_protocol_at_once_keep_each_verdict()
    {
        await using var gate = await TestGate.OpenAsync(FakeDetector.SeesInPhotoOf(200, TwoFaces), kind);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => gate.ScreenAsync(Photo, TestGate.TwoPupils, $"dag{i}.jpg"))));

        await using var db = gate.Database.CreateDbContext();
        Assert.That((await db.Verdicts.CountAsync(), await db.Protocols.CountAsync()), Is.EqualTo((8, 1)));
    }
}
