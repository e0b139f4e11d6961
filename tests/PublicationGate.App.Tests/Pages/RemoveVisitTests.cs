using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Intake;
using PublicationGate.Removal.Requests;
using PublicationGate.Rules;

namespace PublicationGate.App.Tests.Pages;

/// <summary>A parent with a telephone, and the website manager, in a real browser.</summary>
public class RemoveVisitTests
{
    [Test]
    public async Task A_parent_sends_a_screenshot_follows_the_request_and_keeps_the_receipt()
    {
        await using var service = await RunningService.StartAsync();
        await service.FillRegisterAsync();
        var building = new Declaration { Activity = "Atelier in het gebouw", Situation = "general", Origin = "school-camera", NobodyRecognisable = true };
        var (meant, other) = (await service.SubmitAsync(Photos.TwoFaces, SubmittedPhotos.TwoPupils), await service.SubmitAsync("2026-10-13 ons gebouw/nastuh.jpg", building));
        Assert.That(new[] { meant.Outcome, other.Outcome }, Is.All.EqualTo(Outcome.Approved));
        var noor = await service.MakeAccountAsync("Noor Dijkgraaf", Roles.WebsiteManager);
        await using var browser = await Browser.StartAsync();
        await using var db = service.Database.CreateDbContext();
        var released = await db.Releases.SingleAsync(release => release.SubmissionId == meant.Id);

        // What is on the school's website, as a screen shows it.
        var manager = await browser.VisitAsync(service);
        await Browser.SignInAsync(manager, noor.UserName!);
        await manager.GotoAsync("/published/" + released.Id);
        var screenshot = Path.Combine(service.Data, "screenshot.png");
        await manager.Locator(".released img").ScreenshotAsync(new() { Path = screenshot });

        var parent = await browser.VisitAsync(service);
        await parent.SetViewportSizeAsync(390, 844);
        await parent.GotoAsync("/sign-in");
        await parent.Locator("a[href='/remove']").ClickAsync();
        await parent.WaitForURLAsync("**/remove");
        await Browser.InspectAsync(parent, "remove");
        await parent.EvaluateAsync("document.querySelector('form[action=\"/remove\"]').noValidate = true");
        await parent.Locator("form[action='/remove'] button").ClickAsync();
        await parent.WaitForSelectorAsync(".mistakes");
        await Browser.InspectAsync(parent, "remove-mistakes");

        await parent.SetInputFilesAsync("#photo", screenshot);
        await parent.FillAsync("#child", "Fenna");
        await parent.FillAsync("#group", "groep 6");
        await parent.FillAsync("#contact", "ouder@voorbeeld.example");
        await parent.Locator("form[action='/remove'] button").ClickAsync();
        await parent.WaitForURLAsync("**/removal-request/*");
        Assert.That(await parent.TextContentAsync("h1"), Is.EqualTo("De foto is verborgen"));
        await Browser.InspectAsync(parent, "removal-hidden");
        Assert.That(await db.Releases.Where(release => release.WithdrawnAt == null).Select(release => release.SubmissionId).ToListAsync(), Is.EqualTo(new[] { other.Id }));

        await manager.GotoAsync("/dashboard");
        await Browser.InspectAsync(manager, "dashboard-request");
        await manager.GotoAsync("/removals");
        await Browser.InspectAsync(manager, "removals-request");
        await manager.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Verzoek 1", Exact = true }).ClickAsync();
        await manager.WaitForURLAsync("**/removals/requests/1");
        await Browser.InspectAsync(manager, "request-hidden");
        await manager.GotoAsync("/removals");
        await manager.Locator("form[action$='handler=done'] button").ClickAsync();
        await manager.WaitForSelectorAsync("#messages .message");
        for (var tries = 0; tries < 100 && !await db.RemovalRequests.AnyAsync(request => request.State == RequestState.Gone); tries++)
        {
            await Task.Delay(100);
        }

        await parent.ReloadAsync();
        Assert.That(await parent.TextContentAsync("h1"), Is.EqualTo("De foto is weg"));
        await Browser.InspectAsync(parent, "removal-receipt");
    }

    [Test]
    public async Task A_choice_is_made_and_a_task_is_seen_to()
    {
        await using var service = await RunningService.StartAsync();
        await service.FillRegisterAsync();
        var building = new Declaration { Activity = "Atelier in het gebouw", Situation = "general", Origin = "school-camera", NobodyRecognisable = true };
        var (meant, other) = (await service.SubmitAsync(Photos.TwoFaces, SubmittedPhotos.TwoPupils), await service.SubmitAsync("2026-10-13 ons gebouw/nastuh.jpg", building));
        var noor = await service.MakeAccountAsync("Noor Dijkgraaf", Roles.WebsiteManager);
        await using var browser = await Browser.StartAsync();
        await using var db = service.Database.CreateDbContext();
        var ids = await db.Releases.ToDictionaryAsync(release => release.SubmissionId, release => release.Id);

        var parent = await browser.VisitAsync(service);
        await FillAsync(parent, $"https://school.example/gate-{ids[other.Id]}/", Repository.Sample(Photos.TwoFaces));
        Assert.That(await parent.TextContentAsync("h1"), Is.EqualTo("Welke foto bedoelt u?"));
        await Browser.InspectAsync(parent, "removal-choice");
        await parent.Locator($"input[value='{ids[meant.Id]}']").CheckAsync();
        await parent.Locator("form[action$='handler=choose'] button").ClickAsync();
        await parent.WaitForSelectorAsync(".places");
        Assert.That(await db.Releases.Where(release => release.WithdrawnAt == null).Select(release => release.Id).ToListAsync(), Is.EqualTo(new[] { ids[other.Id] }));

        await FillAsync(parent, "https://school.example/een-bericht/", null);
        await Browser.InspectAsync(parent, "removal-received");
        await parent.FillAsync("#words", "Hij staat onderaan.");
        await parent.Locator("form[action$='handler=add'] button").ClickAsync();
        await parent.WaitForSelectorAsync("#messages .message");

        var manager = await browser.VisitAsync(service, "en");
        await Browser.SignInAsync(manager, noor.UserName!);
        await manager.GotoAsync("/removals/requests/2?activity=atelier");
        await Browser.InspectAsync(manager, "request-task-en");
        await manager.FillAsync("#ground", "This page is not ours.");
        await manager.Locator("button[name=gone][value=false]").ClickAsync();
        await manager.WaitForSelectorAsync("#messages .message");
        await parent.ReloadAsync();
        Assert.That(await parent.TextContentAsync("blockquote"), Is.EqualTo("This page is not ours."));
        await Browser.InspectAsync(parent, "removal-answered");
        await parent.GotoAsync("/removal-request/nothing");
        await Browser.InspectAsync(parent, "removal-no-link");
    }

    private static async Task FillAsync(Microsoft.Playwright.IPage page, string address, string? photo)
    {
        await page.GotoAsync("/remove");
        await page.FillAsync("#address", address);
        if (photo is not null)
        {
            await page.SetInputFilesAsync("#photo", photo);
        }

        await page.FillAsync("#child", "Fenna");
        await page.FillAsync("#group", "groep 6");
        await page.FillAsync("#contact", "06 12345678");
        await page.Locator("form[action='/remove'] button").ClickAsync();
        await page.WaitForURLAsync("**/removal-request/*");
    }
}
