using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Erasure;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Erasure;

/// <summary>What was released of somebody: copies and certificates.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class ErasedReleasesTests(DatabaseKind kind)
{
    private static readonly string Hers = new('a', 64);
    private static readonly string Others = new('b', 64);

    private readonly FixedTime clock = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private TemporaryFolder data = null!;
    private TestDatabase place = null!;
    private GateDatabase database = null!;
    private CertificateSigner signer = null!;

    [SetUp]
    public async Task Open()
    {
        (data, place) = (new TemporaryFolder(), new TestDatabase(kind));
        database = await place.OpenMigratedAsync();
        signer = CertificateSigner.In(data.Path, new(), new AuditTrail(clock), clock);
    }

    [TearDown]
    public void Close()
    {
        place.Dispose();
        data.Dispose();
    }

    [Test]
    public async Task Copies_go_and_the_list_of_revoked_certificates_goes_on_naming_what_was_erased()
    {
        var (herCopy, shared) = (await ReleaseAsync("1", Hers, "v1", "her copy"), await ReleaseAsync("2", Others, "v2", "shared copy"));
        await ReleaseAsync("3", Others, "v3", "shared copy");
        await ReleaseAsync("4", Hers, "v4", "shared copy");
        // The text of the second mentions her.
        var verdicts = new ErasedVerdicts(new HashSet<string> { "v1", "v2" }, new HashSet<string> { Hers });

        await using var db = database.CreateDbContext();
        var releases = await ErasedReleases.FindAsync(db, verdicts, default);
        var (_, copies, _) = new ErasedFiles(data.Path, []).Erase(verdicts, releases, isDryRun: false);
        await releases.EraseAsync(db, clock.Now, default);
        await db.Releases.Where(release => release.ContentSha256 == Hers).ExecuteDeleteAsync();

        using var store = new ContentStore(data["store"], new());
        Assert.That((copies, store.Contains(herCopy), store.Contains(shared)), Is.EqualTo((1, false, true)));
        var left = await db.Certificates.AsNoTracking().OrderBy(certificate => certificate.ReleaseId).ToListAsync();
        Assert.That(left.Select(certificate => certificate.Text is null), Is.EqualTo(new[] { true, true, false, true }));
        Assert.That((await signer.RevokedAsync(db, default)).Revoked.Select(one => one.Id), Is.EquivalentTo(left.Where(certificate => certificate.ReleaseId != "3").Select(certificate => certificate.Id)));
    }

    [Test]
    public async Task A_certificate_without_its_release_is_revoked_whoever_removed_that()
    {
        await ReleaseAsync("1", Hers, "v1", "her copy");
        await using var db = database.CreateDbContext();
        Assert.That((await signer.RevokedAsync(db, default)).Revoked, Is.Empty);
        await db.Releases.ExecuteDeleteAsync();
        Assert.That((await signer.RevokedAsync(db, default)).Revoked, Has.Count.EqualTo(1));
    }

    // With a certificate, and these bytes for its copy.
    private async Task<string> ReleaseAsync(string id, string content, string verdictId, string copy)
    {
        using var store = new ContentStore(data["store"], new());
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(copy));
        var release = new Release
        {
            Id = id, SubmissionId = id, VerdictId = verdictId, ContentSha256 = content, Channel = "website", ReleasedAt = clock.Now, CopySha256 = (await store.AddAsync(bytes, default)).Sha256,
        };
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(default);
        db.Releases.Add(release);
        await signer.IssueAsync(db, release, Verdict.Of(Some.Photo, Some.Protocol, new RuleList()) with { Id = verdictId }, default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return release.CopySha256!;
    }
}
