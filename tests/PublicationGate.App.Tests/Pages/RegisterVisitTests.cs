using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>A website manager with a new register, and a head with the protocol, in a real browser.</summary>
public class RegisterVisitTests
{
    [TestCaseSource(typeof(LongForm), nameof(LongForm.DutchFirst))]
    public async Task From_a_mistake_in_a_file_to_a_printed_card(string language)
    {
        await using var service = await RunningService.StartAsync();
        await service.MakeAccountAsync("noor@school.example", Roles.All);
        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service, language);
        await Browser.SignInAsync(page, "noor@school.example");
        await page.GotoAsync("/register");
        await page.WaitForSelectorAsync(".empty");
        await Browser.InspectAsync(page, $"register-empty-{language}");

        await page.ClickAsync("a[href='/register/import']");
        await page.SetInputFilesAsync("#files", new FilePayload { Name = "pupils.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("key,first_name,prefix,surname,group\np1,,,Test,groep 1\np1,Bram,,Test,groep 1\n") });
        await page.ClickAsync("form[enctype] button");
        await page.WaitForSelectorAsync(".mistakes");
        await Browser.InspectAsync(page, $"register-import-mistakes-{language}");
        await service.FillRegisterAsync();
        await page.GotoAsync("/register");

        await page.FillAsync("#name", "hoekstra");
        await page.WaitForSelectorAsync("#found li");
        await Browser.InspectAsync(page, $"register-{language}");
        await page.ClickAsync("#found a");
        await page.SelectOptionAsync("#answer", "no");
        await page.FillAsync("#givenBy", "guardian-1");
        await page.FillAsync("#how", "telefoon");
        await page.ClickAsync("form:has(#givenBy) button");
        await page.WaitForSelectorAsync("#messages .message");
        await Browser.InspectAsync(page, $"register-pupil-{language}");

        await page.GotoAsync("/register/groups/groep%206");
        await page.ClickAsync(".title a[role=button]");
        await page.WaitForSelectorAsync("#print");
        await Browser.InspectAsync(page, $"register-card-{language}");
        var sheets = Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        Assert.That(Regex.Matches(sheets, @"/Type\s*/Page\b"), Has.Count.EqualTo(1), "the card fits one sheet");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.That(await page.Locator("body > header").IsVisibleAsync(), Is.False);
        await page.EmulateMediaAsync(new() { Media = Media.Screen });

        await page.GotoAsync("/protocol/channels/facebook");
        await page.FillAsync("#by", "de directeur");
        await page.FillAsync("#agreed", "Voorwaarden gelezen en aanvaard.");
        await Browser.InspectAsync(page, $"protocol-channel-{language}");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/protocol");
        await page.ClickAsync("#P4 summary");
        await Browser.InspectAsync(page, $"protocol-{language}");
    }
}
