using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Consent;
using PublicationGate.Recordings;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class DashboardTests(DatabaseKind kind)
{
    private RunningService service = null!;
    private HttpClient manager = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(kind);
        manager = await service.SignedInAsync(Roles.WebsiteManager);
        manager.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    [TearDown]
    public async Task StopAsync()
    {
        manager.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task Where_nothing_happened_it_says_so()
    {
        var page = await PageAsync();
        Assert.That(page, Does.Contain("<strong>0</strong> wait for a verdict").And.Contain("Nothing was screened in these twelve weeks"));
    }

    [Test]
    public async Task Begins_with_the_first_steps_of_a_school()
    {
        var page = await PageAsync();
        Assert.That(page, Does.Contain("<a href=\"/register/import\">To begin with: the register is empty").And.Contain("<a href=\"/protocol\">").And.Contain("no mail server is set").And.Contain("(public-url)").And.Contain("without an e-mail address, who get no notice: 1"));
        await using var db = service.Database.CreateDbContext();
        await db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.Email, "wil@school.example"));
        db.Pupils.Add(new Pupil { Key = "p1", FirstName = "Noor", Prefix = "", Surname = "Proef", Group = "groep 5" });
        await db.SaveChangesAsync();
        Assert.That(await PageAsync(), Does.Not.Contain("the register is empty").And.Not.Contain("who get no notice"));
    }

    [Test]
    public async Task Counts_verdicts_by_week_and_by_reason()
    {
        await FillAsync(service);
        var page = await PageAsync();
        Assert.That(page, Does.Contain("12 weeks: 3 approved, 2 held, 1 rejected"), "the verdict of a year ago is not counted");
        Assert.That(page, Does.Match("Every recognisable pupil.*?<td>2</td>").Or.Match("(?s)<td>2</td>\\s*<td>\\s*<svg class=\"spark\""));
        Assert.That(await PageAsync(), Does.Contain("3 approved, 2 held, 1 rejected"), "looking twice counts once");
    }

    [Test]
    public async Task Tells_what_there_is_to_do()
    {
        await FillAsync(service);
        Assert.That(await PageAsync(), Does.Contain("Overdue: recording ").And.Contain("Held for more than a week: 1").And.Contain("<strong>1</strong> held").And.Contain("the oldest: 9 days"));
    }

    /// <summary>Gives a service some weeks of work.</summary>
    internal static async Task FillAsync(RunningService service)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = service.Database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
        (int DaysAgo, Outcome Outcome, string Rule)[] verdicts =
            [(0, Outcome.Approved, ""), (1, Outcome.Held, "consent-is-on-file"), (8, Outcome.Approved, ""), (15, Outcome.Approved, ""), (15, Outcome.Rejected, "consent-is-on-file"), (30, Outcome.Held, "every-face-is-accounted-for"), (365, Outcome.Approved, "")];
        db.Verdicts.AddRange(verdicts.Select((verdict, number) => Verdict(number, now.AddDays(-verdict.DaysAgo), verdict.Outcome, verdict.Rule)));
        db.Recordings.Add(new Recording { Purpose = RecordingPurpose.Training, FileName = "opname.mp4", NoticeOn = now.AddDays(-40).Day(), DestroyBy = now.AddDays(-2).Day(), ContentSha256 = new string('c', 64), RegisteredAt = now });
        var item = new QueueItem { ContentSha256 = new string('d', 64), DeclarationSha256 = "", ProtocolVersion = "", Photo = "{}", Store = "elsewhere", State = QueueState.Decided, Outcome = Outcome.Held };
        db.QueueItems.Add(item);
        await db.SaveChangesAsync();
        db.Submissions.Add(new Submission
        {
            Id = Submission.NewId(now.AddDays(-9)), SubmittedAt = now.AddDays(-9).AddMinutes(-1), Source = SubmissionSource.Page, AlbumId = new string('a', 32), FileName = "foto.jpg", ContentSha256 = item.ContentSha256,
            Channel = "website", QueueItemId = item.Id, Outcome = Outcome.Held,
        });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static StoredVerdict Verdict(int number, DateTimeOffset at, Outcome outcome, string rule) => new()
    {
        Id = $"{number:x64}", ContentSha256 = new string('e', 64), DeclarationSha256 = "", ProtocolVersion = "", Outcome = outcome, Channel = "website", FileName = "foto.jpg", DecidedAt = at,
        Evidence = rule.Length == 0 ? "{\"findings\":[]}" : $"{{\"findings\":[{{\"rule\":\"{rule}\"}},{{\"rule\":\"{rule}\"}}]}}",
    };

    private async Task<string> PageAsync() => Regex.Replace(WebUtility.HtmlDecode(await manager.GetStringAsync("/dashboard")), @"\s+", " ");
}
