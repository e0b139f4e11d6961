using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Tests.Support;
using PublicationGate.Submissions;
using MediatR;

namespace PublicationGate.App.Tests.Api;

/// <summary>A photo is submitted to a running service, approved, copied and certified by itself; whoever has picture and certificate checks them without the gate.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class CertificateApiTests(DatabaseKind kind)
{
    private const string Keys = "/.well-known/publication-gate/keys.json";
    private const string Revoked = "/.well-known/publication-gate/revoked.json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task A_certificate_is_checked_offline_and_a_withdrawal_is_seen_by_the_next_look()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var gate = new Gate();
        var release = await ReleaseAsync(service);
        using var reviewer = await service.SignedInAsync(Roles.Reviewer);
        using var anybody = service.Client();

        using var download = await reviewer.GetAsync($"/published/{release.Id}/certificate");
        Assert.That((download.StatusCode, download.Content.Headers.ContentDisposition?.FileName), Is.EqualTo((HttpStatusCode.OK, release.CopyName + ".certificate.json")));
        using var copy = await service.Services.GetRequiredService<IContentStore>().ReadAsync(release.CopySha256!, "x", default);
        File.WriteAllBytes(gate["foto.jpg"], copy.Content.ToArray());
        File.WriteAllBytes(gate["foto.jpg.certificate.json"], await download.Content.ReadAsByteArrayAsync());
        await FetchAsync(anybody, gate);
        var valid = Verify(gate, "--keys", "keys.json", "--revoked", "revoked.json");
        Assert.That((valid.ExitCode, valid.Out), Is.EqualTo((0, valid.Out)), valid.Error);
        Assert.That(valid.Out, Does.StartWith("Valid until"));
        Assert.That(Directory.Exists(gate.Data), Is.False, "nothing of a gate is needed, nor made");
        Assert.That(Verify(gate, "--keys", "keys.json", "--channel", "app").ExitCode, Is.EqualTo(1));
        Assert.That(Verify(gate, "--keys", "keys.json", "--caption", "Iets anders").Out, Does.StartWith("Does not fit"));

        await using (var db = service.Database.CreateDbContext())
        {
            await db.Releases.Where(row => row.Id == release.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.WithdrawnAt, TimeProvider.System.GetUtcNow()));
        }

        await FetchAsync(anybody, gate);
        var revoked = Verify(gate, "--keys", "keys.json", "--revoked", "revoked.json", "--json");
        Assert.That((revoked.ExitCode, revoked.Verdict["state"]!.ToString()), Is.EqualTo((1, "revoked")));
        await AwaitAsync(async () => !service.Services.GetRequiredService<IContentStore>().Contains(release.CopySha256!) && (await ReadAsync(service, release.Id)).CopySha256 is null, "the copy leaves the store");

        File.AppendAllText(gate["foto.jpg"], "x");
        Assert.That(Verify(gate, "--keys", "keys.json").Out, Does.StartWith("Does not fit"));
    }

    [Test]
    public async Task Keys_and_revoked_ones_are_everybody_s_are_never_kept_on_the_way_and_name_nobody()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var client = service.Client();
        foreach (var address in new[] { Revoked, Keys })
        {
            using var answer = await client.GetAsync(address);
            Assert.That((answer.StatusCode, answer.Headers.CacheControl?.NoStore), Is.EqualTo((HttpStatusCode.OK, true)), address);
        }

        var keys = PublicJwk.ReadSet(await client.GetStringAsync(Keys))!;
        Assert.That(RevocationList.Read(await client.GetStringAsync(Revoked))!.IsSignedBy(keys), Is.True, "also while nothing was released yet");
        using var reviewer = await service.SignedInAsync(Roles.Reviewer);
        using var none = await reviewer.GetAsync("/published/nergens/certificate");
        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var teacher = await service.SignedInAsync(Roles.Teacher);
        using var refused = await teacher.GetAsync("/published/nergens/certificate");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Who_asks_all_the_time_is_told_to_wait()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var client = service.Client();
        var statuses = new List<HttpStatusCode>();
        for (var asked = 0; asked < 500 && !statuses.Contains(HttpStatusCode.TooManyRequests); asked++)
        {
            using var answer = await client.GetAsync(Keys);
            statuses.Add(answer.StatusCode);
        }

        Assert.That(statuses[^1], Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(statuses, Has.Count.GreaterThan(100), "a website may ask once a second");
    }

    private static GateRun Verify(Gate gate, params string[] more) => gate.Run(["certificate", "verify", "foto.jpg", "--language", "en", .. more]);

    private static async Task FetchAsync(HttpClient client, Gate gate)
    {
        File.WriteAllText(gate["keys.json"], await client.GetStringAsync(Keys), new UTF8Encoding(false));
        File.WriteAllText(gate["revoked.json"], await client.GetStringAsync(Revoked), new UTF8Encoding(false));
    }

    private static async Task<Release> ReleaseAsync(RunningService service)
    {
        await using var file = File.OpenRead(Repository.Sample(Photos.Nobody));
        var stored = await service.Services.GetRequiredService<IContentStore>().AddAsync(file, default);
        await using var scope = service.Services.CreateAsyncScope();
        var declaration = new Declaration { NobodyRecognisable = true, Origin = "school-camera", Activity = "Herfstwandeling", Caption = "Het bos" };
        var submission = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SubmitPhoto(stored, "IMG_1.jpg", declaration, SubmissionSource.Page, "account-1"));
        Release? release = null;
        await AwaitAsync(
            async () =>
            {
                await using var db = service.Database.CreateDbContext();
                release = await db.Releases.AsNoTracking().SingleOrDefaultAsync(one => one.SubmissionId == submission.Id && one.NextLookAt != null);
                return release is not null;
            },
            "released with its copy and certificate");
        return release!;
    }

    private static async Task<Release> ReadAsync(RunningService service, string id)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.Releases.AsNoTracking().SingleAsync(release => release.Id == id);
    }

    private static async Task AwaitAsync(Func<Task<bool>> isDone, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await isDone())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(Patience), what);
            await Task.Delay(50);
        }
    }
}
