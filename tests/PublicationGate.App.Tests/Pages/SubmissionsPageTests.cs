using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class SubmissionsPageTests(DatabaseKind kind)
{
    [Test]
    public async Task The_list_is_filtered_and_turned_page_by_page()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var someone = await service.SignedInAsync(Roles.Teacher);
        await using (var db = service.Database.CreateDbContext())
        {
            var account = await db.Accounts.OrderByDescending(one => one.CreatedAt).FirstAsync();
            var now = TimeProvider.System.GetUtcNow();
            var item = new QueueItem { ContentSha256 = "", DeclarationSha256 = "of a test", ProtocolVersion = "1", Photo = "{}", Store = "none", State = QueueState.Decided };
            db.QueueItems.Add(item);
            await db.SaveChangesAsync();
            for (var at = 0; at < 70; at++)
            {
                var id = Submission.NewId(now.AddMilliseconds(at));
                db.Submissions.Add(new Submission
                {
                    Id = id, AlbumId = id, SubmittedAt = now, Source = SubmissionSource.Page, SubmitterId = account.Id, FileName = $"foto-{at}.jpg", ContentSha256 = "", QueueItemId = item.Id,
                    Channel = at % 2 == 0 ? "website" : "app", VerdictId = "x", Outcome = at < 5 ? Outcome.Rejected : Outcome.Approved,
                });
            }

            await db.SaveChangesAsync();
        }

        var first = await someone.GetStringAsync("/submissions");
        Assert.That(Regex.Count(first, "class=\"row-what\""), Is.EqualTo(50));
        var next = WebUtility.HtmlDecode(Regex.Match(first, "href=\"(/submissions\\?before=[^\"]+)\"").Groups[1].Value);
        var second = await someone.GetStringAsync(next);
        Assert.That(Regex.Count(second, "class=\"row-what\""), Is.EqualTo(20));
        Assert.That(Regex.Count(await someone.GetStringAsync("/submissions?state=rejected&channel=app"), "class=\"row-what\""), Is.EqualTo(2));
        Assert.That(await someone.GetStringAsync("/submissions?state=asked"), Does.Contain("class=\"empty\""));
    }
}
