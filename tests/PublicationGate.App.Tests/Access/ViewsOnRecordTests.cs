using System.Net;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Api;
using PublicationGate.App.Tests.Support;
using PublicationGate.Audit;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Access;

/// <summary>Who looked at a pupil's data, and who took copies along, stands in the audit trail without names, on both databases.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class ViewsOnRecordTests(DatabaseKind kind)
{
    [Test]
    public async Task A_look_at_a_pupil_is_one_entry_an_hour_for_each_account_and_a_download_one_each()
    {
        await using var service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        using var head = await service.SignedInAsync(Roles.Head);
        foreach (var (who, pupil) in new[] { (manager, "p601"), (manager, "p601"), (manager, "p603"), (head, "p601") })
        {
            using var answer = await who.GetAsync("/register/pupils/" + pupil);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        using var none = await manager.GetAsync("/register/pupils/nergens");
        var entries = await EntriesAsync(service, AuditKinds.PupilViewed);
        // A new hour may begin between the first two.
        Assert.That(entries.DistinctBy(entry => (entry.Subject, entry.Details)).Count(), Is.EqualTo(3));
        Assert.That(entries, Has.Count.InRange(3, 4));
        Assert.That(entries.Select(entry => entry.Subject), Is.All.StartWith("pupil-").And.All.Not.Contain("p601"));

        using var program = await service.WithKeyAsync(Roles.WebsiteManager, ApiScopes.Submit | ApiScopes.Read | ApiScopes.RegisterRead);
        using var byProgram = await program.GetAsync("/api/v1/register/pupils/p601");
        Assert.That(await EntriesAsync(service, AuditKinds.PupilViewed), Has.Count.EqualTo(entries.Count + 1));

        var submitted = await program.SubmitAsync(Photos.Nobody, ApiCalls.Nobody);
        await using var db = service.Database.CreateDbContext();
        var release = await db.Releases.AsNoTracking().SingleAsync();
        using var copy = await manager.GetAsync($"/published/{release.Id}/copy");
        using var again = await program.GetAsync($"/api/v1/submissions/{ApiCalls.Id(submitted)}/copy");
        Assert.That((copy.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(await copy.Content.ReadAsByteArrayAsync(), Is.EqualTo(await again.Content.ReadAsByteArrayAsync()));
        Assert.That((await EntriesAsync(service, AuditKinds.CopyDownloaded)).Select(entry => entry.Subject), Is.EqualTo(new[] { release.Id, release.Id }));
    }

    private static async Task<List<AuditEntry>> EntriesAsync(RunningService service, string kind)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.AuditEntries.AsNoTracking().Where(entry => entry.Kind == kind).OrderBy(entry => entry.Id).ToListAsync();
    }
}
