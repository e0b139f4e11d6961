using System.Net;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Publishing;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>Taking back in the browser, without one.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class RemovalsPageTests(DatabaseKind kind)
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Test]
    public async Task A_photo_is_taken_back_with_a_ground_seen_to_and_let_in_again()
    {
        await using var service = await RunningService.StartAsync(kind);
        await ReleaseAsync(service);
        using var client = await service.SignedInAsync(Roles.WebsiteManager);
        Assert.That(await client.GetStringAsync($"/removals?submission={Id}"), Does.Contain("sportdag.jpg"));

        using var refused = await client.SendFormAsync($"/removals?submission={Id}", "/removals?handler=takeBack", ("submission", Id), ("ground", " "));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("aria-invalid"));
        using var done = await client.SendFormAsync($"/removals?submission={Id}", "/removals?handler=takeBack", ("submission", Id), ("ground", "Vraag van een ouder"), ("family", "true"));
        Assert.That(done.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        await using (var db = service.Database.CreateDbContext())
        {
            Assert.That(await db.Releases.AnyAsync(release => release.WithdrawnAt == null), Is.False);
            Assert.That((await db.TakenBackPictures.SingleAsync()).Ground, Is.EqualTo("Vraag van een ouder"));
        }

        var page = await client.GetStringAsync("/removals");
        Assert.That(page, Does.Contain("sportdag.jpg").And.Contain("Vraag van een ouder").And.Contain("handler=lift").And.Contain("handler=done"));
        await client.SendFormAsync("/removals", "/removals?handler=done", ("id", "1"));
        using var without = await client.SendFormAsync("/removals", "/removals?handler=lift", ("id", "1"), ("ground", ""));
        Assert.That(await without.Content.ReadAsStringAsync(), Does.Contain("mistakes"));
        await client.SendFormAsync("/removals", "/removals?handler=lift", ("id", "1"), ("ground", "Mag toch"));
        Assert.That(await client.GetStringAsync("/removals"), Does.Not.Contain("handler=lift").And.Not.Contain("handler=done"));
        using var missing = await client.SendFormAsync("/removals", "/removals?handler=takeBack", ("submission", "weg"), ("ground", "x"));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static async Task ReleaseAsync(RunningService service)
    {
        await using var db = service.Database.CreateDbContext();
        var sha256 = new string('a', 64);
        var item = new QueueItem { ContentSha256 = sha256, DeclarationSha256 = sha256, ProtocolVersion = "v", Photo = new QueuedPhoto { FileName = "sportdag.jpg" }.Write(), Store = "elsewhere", State = QueueState.Decided };
        db.QueueItems.Add(item);
        await db.SaveChangesAsync();
        db.Submissions.Add(new Submission
        {
            Id = Id, SubmittedAt = DateTimeOffset.UnixEpoch, Source = SubmissionSource.Page, AlbumId = Id, FileName = "sportdag.jpg", ContentSha256 = sha256, Channel = "website", QueueItemId = item.Id, Outcome = Outcome.Approved,
        });
        db.Releases.Add(new Release { Id = Id, SubmissionId = Id, VerdictId = "0123456789abcdef", ContentSha256 = sha256, Channel = "website", ReleasedAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync();
    }
}
