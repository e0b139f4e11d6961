using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>A website manager who asks parents, and a parent on a phone, in a real browser.</summary>
public class RoundVisitTests
{
    [TestCaseSource(typeof(LongForm), nameof(LongForm.DutchFirst))]
    public async Task From_a_new_round_to_the_printed_result(string language)
    {
        await using var service = await RunningService.StartAsync();
        await service.FillRegisterAsync();
        await RoundPagesTests.AddGuardiansAsync(service);
        await service.MakeAccountAsync("noor@school.example", Roles.WebsiteManager);
        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service, language);
        await Browser.SignInAsync(page, "noor@school.example");
        await page.GotoAsync("/rounds");
        await Browser.InspectAsync(page, $"rounds-empty-{language}");
        await page.ClickAsync(".title a[role=button]");
        await page.FillAsync("#name", "Folder van de naschoolse opvang voor nieuwe gezinnen in de wijk");
        await page.FillAsync("#organisation", "Kinderopvang De Zonnige Kersentuin");
        await page.SelectOptionAsync("#channel", "external-pr");
        await page.FillAsync("#explanation", "Op donderdag 3 december maakt een fotograaf van de opvang foto's tijdens de knutselmiddag.\nDe foto's komen in een folder en op hun website, twee jaar lang.");
        await page.ClickAsync("form.round-form button");
        await page.WaitForSelectorAsync(".mistakes");
        await Browser.InspectAsync(page, $"round-form-{language}");
        await page.CheckAsync("input[name=groups][value='groep 6']");
        await page.ClickAsync("form.round-form button");
        await page.WaitForSelectorAsync("form[action='?handler=open']");
        await Browser.InspectAsync(page, $"round-draft-{language}");
        await page.ClickAsync("form[action='?handler=open'] button");
        await page.WaitForSelectorAsync("#invitation");

        var parent = await browser.VisitAsync(service, language);
        var link = await RoundPagesTests.LinkAsync(service, "p601");
        await parent.GotoAsync(link);
        await Browser.InspectAsync(parent, $"round-answer-{language}");
        await parent.ClickAsync("button[value=yes]");
        await parent.WaitForSelectorAsync(".given.yes");
        await Browser.InspectAsync(parent, $"round-answered-{language}");
        await parent.ClickAsync("button[value=no]");
        await parent.WaitForSelectorAsync(".given.no");
        await parent.GotoAsync("/round/not-a-link");
        await Browser.InspectAsync(parent, $"round-gone-{language}");

        await page.ReloadAsync();
        await Browser.InspectAsync(page, $"round-open-{language}");
        await page.ClickAsync("a[href$='/paper']");
        await page.ClickAsync("main form button");
        await page.WaitForSelectorAsync(".letter");
        await page.GotoAsync("/rounds/1");
        await page.ClickAsync("details summary");
        await page.ClickAsync("form[action='?handler=close'] button");
        await page.WaitForSelectorAsync("#messages .message");
        await page.ClickAsync("a[href$='/result']");
        await page.WaitForSelectorAsync("#print");
        await Browser.InspectAsync(page, $"round-result-{language}");
        await parent.GotoAsync(link);
        await Browser.InspectAsync(parent, $"round-closed-{language}");
        await page.GotoAsync("/rounds");
        await Browser.InspectAsync(page, $"rounds-{language}");
        await using var db = service.Database.CreateDbContext();
        Assert.That(await db.RoundAnswers.CountAsync(), Is.EqualTo(2));
    }
}
