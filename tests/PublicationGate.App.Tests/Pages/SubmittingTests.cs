using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Consent;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>The whole way of who submits photos, in a real browser with real photographs.</summary>
public class SubmittingTests
{
    [TestCaseSource(typeof(LongForm), nameof(LongForm.EnglishFirst))]
    public async Task Photos_are_dropped_declared_sent_judged_and_found_again(string language)
    {
        await using var service = await RunningService.StartAsync();
        await service.Services.GetRequiredService<ConsentRegister>().ImportAsync(RegisterCsv.Read(Repository.Register, new DateOnly(2026, 11, 22)), default);
        await service.MakeAccountAsync("Noor Dijkgraaf-van den Heuvel", Roles.WebsiteManager);
        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service, language);
        await Browser.SignInAsync(page, "Noor Dijkgraaf-van den Heuvel");

        await page.GotoAsync("/submit");

        await page.CheckAsync("input[value=group]");
        await page.SelectOptionAsync("#group", "groep 6");
        await page.WaitForSelectorAsync(".without");
        await page.CheckAsync("#absent-p605");
        await Assertions.Expect(page.Locator("#absent-p605")).ToBeFocusedAsync();
        await page.FillAsync("#find", "bram");
        await page.Locator(".found label").First.ClickAsync();
        await page.WaitForSelectorAsync(".chosen");
        await page.FillAsync("#caption", "Fenna Hoekstra en haar klas kiezen de kleuren. Bel 06-12345678.");
        await page.WaitForSelectorAsync(".texts-found mark");
        await Browser.InspectAsync(page, $"submit-people-and-texts-{language}");

        var damaged = Path.Combine(service.Data, "een heel lange naam van een bestand dat geen foto is maar wel zo heet.jpg");
        await File.WriteAllTextAsync(damaged, "geen foto");
        await page.SetInputFilesAsync("#photo", [Repository.Sample(Photos.FourFaces), Repository.Sample(Photos.TwoFaces), Repository.Sample(Photos.Doubtful), damaged]);
        await Assertions.Expect(page.Locator(".card")).ToHaveCountAsync(4);
        await page.Locator("button.send").ClickAsync();
        await page.WaitForSelectorAsync("#mistakes .mistakes");
        await Assertions.Expect(page.Locator("#activity")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("#confirms")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.CheckAsync("input[name=logo]");
        await page.CheckAsync(".of-logo input");
        await page.Locator("#declaration .disclaimer summary").ClickAsync();
        await page.ClickAsync("#declaration .copy-disclaimer");
        await Browser.InspectAsync(page, $"submit-mistakes-{language}");
        Assert.That(await page.InputValueAsync("#caption"), Does.Contain(language == "nl" ? "op persoonlijke titel" : "personal capacity"));
        await page.CheckAsync("#confirms");

        await page.FillAsync("#activity", "Ateliermiddag");
        await page.SelectOptionAsync("#origin", "school-camera");
        await page.FillAsync("#caption", "Groep 6 kiest de kleuren");
        await page.Locator(".card").Nth(1).Locator("summary").First.ClickAsync();
        await page.Locator(".card").Nth(1).Locator("input[value=pupils]").CheckAsync();
        await page.FillAsync("#find-2", "fenna");
        await page.Locator(".card").Nth(1).Locator(".found label").First.ClickAsync();
        await page.WaitForSelectorAsync("#people-p601-2:checked");
        await Browser.InspectAsync(page, $"submit-own-{language}");

        await BeBusyOnceAsync(page);
        await page.Locator("button.send").ClickAsync();
        await Assertions.Expect(page.Locator(".card .result:not(.waiting)")).ToHaveCountAsync(3, new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator(".card[data-state=refused]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".overlay .box").First).ToBeVisibleAsync();
        foreach (var picture in await page.Locator(".overlay img").AllAsync())
        {
            await Assertions.Expect(picture).ToHaveJSPropertyAsync("complete", true);
        }

        Assert.That(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.overlay img')].every(image => image.naturalWidth > 0)"), Is.True, "every photo is shown");
        await Browser.InspectAsync(page, $"submit-verdicts-{language}");
        await using (var db = service.Database.CreateDbContext())
        {
            Assert.That(await db.Submissions.CountAsync(), Is.EqualTo(3), "each photo once, although the gate was busy");
            Assert.That(await db.Submissions.Select(one => one.AlbumId).Distinct().CountAsync(), Is.EqualTo(1), "they belong together");
            Assert.That(await db.Confirmations.CountAsync(one => one.Clause == "M6"), Is.EqualTo(3), "one tick, for the photo with a declaration of its own too");
        }

        await page.GotoAsync("/submissions");
        await page.Locator(".row-what a", new() { HasText = "anastasia.jpg" }).ClickAsync();
        await page.WaitForURLAsync("**/submissions/*");
        await page.Locator(".acts a").ClickAsync();
        await page.WaitForURLAsync("**/declare");
    }

    private static async Task BeBusyOnceAsync(IPage page)
    {
        var wasBusy = false;
        await page.RouteAsync("**/submit?handler=photo*", async route =>
        {
            if (wasBusy)
            {
                await route.ContinueAsync();
                return;
            }

            wasBusy = true;
            await route.FulfillAsync(new() { Status = 429, Headers = [new("Retry-After", "1")], Body = "" });
        });
    }
}
