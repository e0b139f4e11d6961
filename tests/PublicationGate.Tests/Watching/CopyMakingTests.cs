using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;
using PublicationGate.Watching;

namespace PublicationGate.Tests.Watching;

/// <summary>From an approval to its copy in the store and its certificate, and back out of the store, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class CopyMakingTests(DatabaseKind kind)
{
    private const int Width = 400;
    private const int Height = 200;
    private static readonly FaceBox[] Heads = [new(20, 20, 60, 60, 0.9f), new(120, 20, 60, 60, 0.9f), new(300, 100, 60, 60, 0.9f)];
    private static readonly FaceMark ConcealThird = new(Heads[2], FaceMarkKind.ConcealFace);

    private TestGate gate = null!;
    private TemporaryFolder data = null!;
    private WatchParts watch = null!;
    private CopyMaking making = null!;
    private CertificateSigner signer = null!;
    private bool seesMoreInCopies;

    [SetUp]
    public async Task Open()
    {
        (data, seesMoreInCopies) = (new TemporaryFolder(), false);
        gate = await TestGate.OpenAsync(new FakeDetector(See), kind);
        Start(Some.Protocol);
    }

    [TearDown]
    public async Task Close()
    {
        await gate.DisposeAsync();
        data.Dispose();
    }

    [Test]
    public async Task A_release_gets_its_copy_and_a_certificate_that_anybody_can_check()
    {
        var release = await ReleasedAsync(new FaceMark(Heads[2], FaceMarkKind.NoFace));
        Assert.That(await making.MakeAsync(default), Is.EqualTo(1));

        release = await ReadAsync(release.Id);
        Assert.That((release.CopyName, watch.Store.Contains(release.CopySha256!)), Is.EqualTo(("sportdag-2026-03-31-1.png", true)));
        using var copy = await watch.Store.ReadAsync(release.CopySha256!, "x", default);
        var found = await FindAsync(release.Id);
        Assert.That(await StateAsync(copy.Content.ToArray(), found.Text!, "website", "Rennen!"), Is.EqualTo(CertificateState.Valid));
        Assert.That(found.FileName, Is.EqualTo("sportdag-2026-03-31-1.png.certificate.json"));
        Assert.That(Certificate.Read(found.Text!), Is.EqualTo(Certificate.Read(found.Text!)! with { VerdictId = release.VerdictId, ReleaseId = release.Id, ProtocolVersion = Some.Protocol.Version }));
        Assert.That(found.Text, Does.Not.Contain("Noor").And.Not.Contain("Rennen"));
        Assert.That(await making.MakeAsync(default), Is.Zero, "once");
        Assert.That(await KindsAsync(), Is.SupersetOf(new[] { AuditKinds.CertificateKeyMade, AuditKinds.CertificateIssued }));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(data["certificate-key.pem"]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public async Task A_copy_is_as_large_as_its_channel_asks()
    {
        Start(Some.Protocol.With("website", terms => terms with { Copy = new() { LongSide = 320, Quality = 60 } }));
        var release = await ReleasedAsync(new FaceMark(Heads[2], FaceMarkKind.NoFace));
        await making.MakeAsync(default);
        using var copy = await watch.Store.ReadAsync((await ReadAsync(release.Id)).CopySha256!, "x", default);
        Assert.That(Photos.Decoder.ReadHeader(copy.Content).Width, Is.EqualTo(320));
    }

    [Test]
    public async Task What_is_withdrawn_is_revoked_at_once_and_its_copy_leaves_the_store()
    {
        var release = await ReleasedAsync(new FaceMark(Heads[2], FaceMarkKind.NoFace));
        await making.MakeAsync(default);
        var (made, found) = (await ReadAsync(release.Id), await FindAsync(release.Id));
        Assert.That((await RevokedAsync()).Revoked, Is.Empty);

        await StepAsync(await SubmissionAsync(release.SubmissionId), new ReviewStep.Undo());
        Assert.That((await RevokedAsync()).Revoked, Is.EqualTo(new[] { new RevokedCertificate(found.Issued.Id, gate.Time.GetUtcNow()) }));
        Assert.That(await making.RemoveAsync(default), Is.EqualTo(1));
        Assert.That(((await ReadAsync(release.Id)).CopySha256, watch.Store.Contains(made.CopySha256!)), Is.EqualTo(((string?)null, false)));
        Assert.That(await making.RemoveAsync(default), Is.Zero);
        Assert.That(watch.Store.Contains(release.ContentSha256), Is.True, "originals stay in the gate");
    }

    [Test]
    public async Task A_copy_stays_while_another_release_has_the_same_bytes()
    {
        var first = await ReleasedAsync(new FaceMark(Heads[2], FaceMarkKind.NoFace));
        var second = await ReleasedAsync(new FaceMark(Heads[2], FaceMarkKind.NoFace), "tweede.png");
        await making.MakeAsync(default);
        Assert.That((await ReadAsync(second.Id)).CopySha256, Is.EqualTo((await ReadAsync(first.Id)).CopySha256));
        Assert.That((await ReadAsync(second.Id)).CopyName, Is.Not.EqualTo((await ReadAsync(first.Id)).CopyName));

        await StepAsync(await SubmissionAsync(first.SubmissionId), new ReviewStep.Undo());
        await making.RemoveAsync(default);
        Assert.That(watch.Store.Contains((await ReadAsync(second.Id)).CopySha256!), Is.True);
    }

    [Test]
    public async Task A_copy_with_somebody_concealed_counts_when_it_is_approved_itself()
    {
        var release = await ReleasedAsync(ConcealThird);
        await making.MakeAsync(default);
        Assert.That((await ReadAsync(release.Id)).CopySha256, Is.Not.Null);
        await using var db = gate.Database.CreateDbContext();
        Assert.That(await db.Looks.CountAsync(), Is.EqualTo(1), "nothing is kept of what was seen in a copy");
    }

    [Test]
    public async Task A_concealed_copy_in_which_more_faces_show_does_not_count_and_holds_the_photo()
    {
        seesMoreInCopies = true;
        var release = await ReleasedAsync(ConcealThird);
        await making.MakeAsync(default);

        release = await ReadAsync(release.Id);
        Assert.That((release.CopySha256, release.WithdrawnAt), Is.EqualTo(((string?)null, (DateTimeOffset?)gate.Time.GetUtcNow())));
        await DecideAsync();
        var held = await SubmissionAsync(release.SubmissionId);
        Assert.That(held.Outcome, Is.EqualTo(Outcome.Held));
        await using var db = gate.Database.CreateDbContext();
        var verdict = (await new VerdictStore(db, gate.Time).FindAsync(held.VerdictId!, default))!.Verdict;
        Assert.That(verdict.Findings.Select(finding => finding.Reason), Has.Some.EqualTo(NoCopy.ReasonOf(NoCopy.NotApproved)));
        Assert.That(await db.Certificates.AnyAsync(), Is.False);
        Assert.That(await making.MakeAsync(default), Is.Zero);
    }

    [Test]
    public async Task Without_its_original_a_release_waits_and_nothing_is_certified()
    {
        var release = await ReleasedAsync(new FaceMark(Heads[2], FaceMarkKind.NoFace));
        watch.Store.Remove(release.ContentSha256);
        Assert.That(await making.MakeAsync(default), Is.EqualTo(1));
        release = await ReadAsync(release.Id);
        Assert.That((release.CopySha256, release.WithdrawnAt, release.NextLookAt), Is.EqualTo(((string?)null, (DateTimeOffset?)null, (DateTimeOffset?)gate.Time.GetUtcNow().AddHours(1))));
        Assert.That(await making.MakeAsync(default), Is.Zero);
    }

    [Test]
    public async Task A_release_that_stands_gets_a_new_certificate_before_the_old_one_ends_also_by_a_new_key()
    {
        var release = await ReleasedAsync(new FaceMark(Heads[2], FaceMarkKind.NoFace));
        await making.MakeAsync(default);
        var first = await FindAsync(release.Id);
        gate.Time.Now = gate.Time.GetUtcNow().AddDays(340);
        await using (var db = gate.Database.CreateDbContext())
        {
            await signer.RotateAsync(db, default);
        }

        Assert.That(await making.MakeAsync(default), Is.EqualTo(1));
        var next = await FindAsync(release.Id);
        Assert.That(next.Issued.Id, Is.Not.EqualTo(first.Issued.Id));
        using var copy = await watch.Store.ReadAsync((await ReadAsync(release.Id)).CopySha256!, "x", default);
        Assert.That(await StateAsync(copy.Content.ToArray(), first.Text!, null, null), Is.EqualTo(CertificateState.Valid), "signed by the key before");
        Assert.That(await StateAsync(copy.Content.ToArray(), next.Text!, null, null), Is.EqualTo(CertificateState.Valid));
    }

    [TestCase("Sportdag", "sportdag")]
    [TestCase("Café-dag  «Élan», groep 5/6", "cafe-dag-elan-groep-5-6")]
    [TestCase(null, "foto")]
    [TestCase("!!!", "foto")]
    [TestCase("Afscheid van Noorp1", "foto")]
    [TestCase("feest van noorp1 proef", "foto")]
    [TestCase("Juf Wilma jarig", "foto")]
    public async Task The_name_of_a_copy_tells_the_activity_and_names_nobody(string? activity, string stem)
    {
        var facts = Some.Photo with { Declaration = Some.Photo.Declaration with { Activity = activity } };
        Assert.That(await gate.Services.GetRequiredService<CopyNames>().StemAsync(Verdict.Of(facts, Some.Protocol, new RuleList()), default), Is.EqualTo(stem));
    }

    private void Start(Protocol protocol)
    {
        var services = gate.Services;
        watch = new(
            gate.Database, services.GetRequiredService<IContentStore>(), services.GetRequiredService<ScreeningQueue>(), services.GetRequiredService<AuditTrail>(), new ProtocolInUse(protocol), gate.Time, "test");
        signer = CertificateSigner.In(data.Path, new(), watch.Audit, gate.Time);
        making = new(watch, services.GetRequiredService<CopyMaker>(), signer);
    }

    // Heads are bright; what is concealed is bright no longer.
    private List<FaceBox> See(PixelImage image)
    {
        var scale = (float)image.Width / Width;
        var seen = Heads.Select(head => head.Scaled(scale)).Where(head => Brightness(image, head) > 200).ToList();
        if (seesMoreInCopies && seen.Count == Heads.Length - 1)
        {
            seen.Add(new FaceBox(20, 120, 60, 60, 0.9f).Scaled(scale));
        }

        return seen;
    }

    private static byte Brightness(PixelImage image, FaceBox box)
    {
        var (x, y) = ((int)(box.X + (box.Width / 2)), (int)(box.Y + (box.Height / 2)));
        return y < image.Height && x < image.Width ? image.Bytes[((y * image.Width) + x) * 3] : (byte)0;
    }

    private static byte[] Content => Pictures.Png(Width, Height, Pictures.Grey, 8, [.. Enumerable.Range(0, Width * Height).Select(i =>
        Heads.Any(head => head.Contains(i % Width, i / Width)) ? (byte)240 : (byte)90)]);

    private async Task<Release> ReleasedAsync(FaceMark mark, string name = "dag.png")
    {
        using var content = new MemoryStream(Content);
        var declaration = TestGate.TwoPupils with { Activity = "Sportdag", Caption = "Rennen!" };
        var submission = await gate.SendAsync(new SubmitPhoto(await watch.Store.AddAsync(content, default), name, declaration, SubmissionSource.Page, "account-1"));
        await DecideAsync();
        submission = await StepAsync(await SubmissionAsync(submission.Id), new ReviewStep.Mark([mark]));
        Assert.That(submission.Outcome, Is.EqualTo(Outcome.Approved));
        await using var db = gate.Database.CreateDbContext();
        return await db.Releases.AsNoTracking().SingleAsync(release => release.SubmissionId == submission.Id && release.WithdrawnAt == null);
    }

    private async Task<Submission> StepAsync(Submission seen, ReviewStep step)
    {
        await gate.SendAsync(new ReviewSubmission(seen.Id, "account-2", seen.VerdictId, step));
        await DecideAsync();
        return await SubmissionAsync(seen.Id);
    }

    // As the workers do, until nothing is left.
    private async Task DecideAsync()
    {
        while (await watch.Queue.ClaimAsync("test", watch.Store.Id, Some.Protocol.Version, 1, default) is [var claim])
        {
            await (claim.Attempts > watch.Queue.Options.MostAttempts ? gate.SendAsync(new GiveUpQueuedItem(claim, NoCopy.ReasonOf(claim.Failure)!)) : gate.SendAsync(new ScreenQueuedItem(claim)));
        }
    }

    private async Task<Submission> SubmissionAsync(string id)
    {
        await using var db = gate.Database.CreateDbContext();
        return await db.Submissions.AsNoTracking().SingleAsync(submission => submission.Id == id);
    }

    private async Task<Release> ReadAsync(string id)
    {
        await using var db = gate.Database.CreateDbContext();
        return await db.Releases.AsNoTracking().SingleAsync(release => release.Id == id);
    }

    private async Task<CertificateOfRelease> FindAsync(string releaseId)
    {
        await using var db = gate.Database.CreateDbContext();
        return (await CertificateOfRelease.FindAsync(db, releaseId, default))!;
    }

    private async Task<RevocationList> RevokedAsync()
    {
        await using var db = gate.Database.CreateDbContext();
        return await signer.RevokedAsync(db, default);
    }

    private async Task<CertificateState> StateAsync(byte[] copy, string certificate, string? channel, string? caption)
    {
        var list = (await RevokedAsync()).Write();
        await using var db = gate.Database.CreateDbContext();
        return new CertificateCheck(await CertificateSigner.KeysAsync(db, default), gate.Time).StateOf(copy, certificate, list, channel, caption);
    }

    private async Task<List<string>> KindsAsync()
    {
        await using var db = gate.Database.CreateDbContext();
        return await db.AuditEntries.Select(entry => entry.Kind).ToListAsync();
    }
}
