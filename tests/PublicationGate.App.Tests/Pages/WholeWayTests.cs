using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PublicationGate.App.Tests.Support;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Rules;

namespace PublicationGate.App.Tests.Pages;

/// <summary>From an empty data folder to a released photo, in a real browser, on the service as <c>serve</c> puts it together: with decoding in processes apart.</summary>
public class WholeWayTests
{
    private const string Activity = "Ateliermiddag";

    // Two faces, a doubtful one, and the metadata of the program that it was edited in.
    private static readonly string Held = Path.Combine(Repository.Root, "node_modules/soft-ui-design-system/assets/img/annie-spratt.jpg");
    private static readonly string WithoutPeople = Repository.Sample(Photos.Nobody);
    private static readonly string[] TracesOfMaker = ["Exif\0", "Photoshop", "Adobe", "ns.adobe.com/xap", "8BIM"];

    [TestCase("nl")]
    [TestCase("en")]
    public async Task First_account_register_photos_verdicts_review_by_keyboard_and_release(string language)
    {
        await using var service = await RunningService.StartAsync(decodesApart: true);
        Assert.That(service.Services.GetRequiredService<IImageDecoder>(), Is.InstanceOf<ApartDecoder>());
        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service, language);

        await MakeFirstAccountAsync(page, await service.FirstLinkAsync(), language);
        await ImportRegisterAsync(page, language);
        await SubmitAsync(page, language);
        await ReviewByKeyboardAsync(page, language);
        await DownloadReleasedAsync(page, await ReleaseAsync(service), language);

        await page.Locator("form[action='/sign-out'] button").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await Browser.InspectAsync(page, $"way-9-signed-out-{language}");
        var outside = await page.GotoAsync("/published");
        Assert.That(new Uri(outside!.Url).AbsolutePath, Is.EqualTo("/sign-in"), "signed out is out");
    }

    private static async Task MakeFirstAccountAsync(IPage page, string link, string language)
    {
        await page.GotoAsync(link);
        await Browser.InspectAsync(page, $"way-1-welcome-{language}");
        await page.FillAsync("#name", "Noor Dijkgraaf-van den Heuvel");
        await page.FillAsync("#password", RunningService.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#messages .message");
        Assert.That(await page.Locator("html").GetAttributeAsync("lang"), Is.EqualTo(language));
    }

    private static async Task ImportRegisterAsync(IPage page, string language)
    {
        await page.ClickAsync("nav a[href='/register']");
        await page.ClickAsync("a[href='/register/import']");
        await page.SetInputFilesAsync("#files", Directory.GetFiles(Repository.Register, "*.csv"));
        await page.ClickAsync("form[enctype] button");
        await page.WaitForSelectorAsync("#preview");
        await Browser.InspectAsync(page, $"way-2-import-{language}");
        await page.ClickAsync("#preview form button");
        await page.WaitForURLAsync("**/register");
        await Browser.InspectAsync(page, $"way-3-register-{language}");
    }

    private static async Task SubmitAsync(IPage page, string language)
    {
        await page.ClickAsync("nav a[href='/submit']");
        await page.CheckAsync("input[value=group]");
        await page.SelectOptionAsync("#group", "groep 6");
        await page.WaitForSelectorAsync(".without");
        await page.CheckAsync("#absent-p605");
        await page.WaitForSelectorAsync(".all-may");
        await page.FillAsync("#activity", Activity);
        await page.FillAsync("#caption", "Groep 6 kiest de kleuren");
        await page.SelectOptionAsync("#origin", "school-camera");
        await page.SetInputFilesAsync("#photo", [Held, WithoutPeople]);
        var second = page.Locator(".card").Nth(1);
        await second.Locator("summary").First.ClickAsync();
        await second.Locator("input[value=nobody]").CheckAsync();
        await page.CheckAsync("#confirms");
        await page.Locator("button.send").ClickAsync();
        await Assertions.Expect(page.Locator(".card .result.Held .overlay .box.doubtful").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator(".card .result.Approved")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.That(await page.Locator(".overlay img").EvaluateAllAsync<bool>("images => Promise.all(images.map(image => image.decode())).then(() => images.every(image => image.naturalWidth > 0))"), Is.True, "every photo is shown");
        await Browser.InspectAsync(page, $"way-4-verdicts-{language}");
    }

    // Not one click from here to the release.
    private static async Task ReviewByKeyboardAsync(IPage page, string language)
    {
        await TabToAsync(page, "nav a[href='/review']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/review");
        await Browser.InspectAsync(page, $"way-5-review-{language}");
        await TabToAsync(page, "main a[role=button]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/review/*");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Browser.InspectAsync(page, $"way-6-photo-{language}");
        await page.Keyboard.PressAsync("a");
        await page.Keyboard.TypeAsync("De derde plek is dezelfde persoon als de tweede");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/review");
        await Assertions.Expect(page.Locator(".empty")).ToBeVisibleAsync();
    }

    private static async Task DownloadReleasedAsync(IPage page, string release, string language)
    {
        await page.ClickAsync("nav a[href='/published']");
        await Assertions.Expect(page.Locator(".photos li")).ToHaveCountAsync(2);
        await Browser.InspectAsync(page, $"way-7-published-{language}");
        await page.ClickAsync($".photos a.photo[href='/published/{release}']");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("De derde plek is dezelfde persoon als de tweede");
        await Browser.InspectAsync(page, $"way-8-release-{language}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[download]"));
        var copy = await File.ReadAllBytesAsync(await download.PathAsync());
        Assert.That(TracesIn(await File.ReadAllBytesAsync(Held)), Is.Not.Empty, "else this would prove nothing");
        Assert.That(TracesIn(copy), Is.Empty);
        Assert.That(copy.AsSpan(0, 3).ToArray(), Is.EqualTo(new byte[] { 0xFF, 0xD8, 0xFF }), "a JPEG, as the original");
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var step = 0; step < 100; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"the keyboard does not reach {selector}");
    }

    private static async Task<string> ReleaseAsync(RunningService service)
    {
        await using var db = service.Database.CreateDbContext();
        var held = await db.Submissions.SingleAsync(submission => submission.FileName == Path.GetFileName(Held));
        Assert.That((await service.DecidedAsync(held.Id)).Outcome, Is.EqualTo(Outcome.Approved));
        return await db.Releases.Where(release => release.ContentSha256 == held.ContentSha256).Select(release => release.Id).SingleAsync();
    }

    private static string[] TracesIn(byte[] file) => [.. TracesOfMaker.Where(trace => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(trace)) >= 0)];
}
