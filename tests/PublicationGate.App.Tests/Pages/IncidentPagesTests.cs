using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Duties.Incidents;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>Incidents, from the report to the closed file; nobody but the head reads any of it.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class IncidentPagesTests(DatabaseKind kind)
{
    private const string Secret = "Boze vader bij het hek";

    [Test]
    public async Task Everybody_reports_and_the_head_alone_reads()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var teacher = await service.SignedInAsync(Roles.Teacher);
        Assert.That(await teacher.GetStringAsync("/report"), Does.Contain("Er is nu niemand met de rol directie"));
        using (var empty = await teacher.SendFormAsync("/report", ("what", " "), ("where", "in de app")))
        {
            Assert.That(await empty.Content.ReadAsStringAsync(), Does.Contain("aria-invalid").And.Contain("in de app"));
        }

        using var sent = await teacher.SendFormAsync("/report", ("what", Secret), ("where", "in de app"), ("on", "2026-01-02"));
        Assert.That(sent.Headers.Location!.ToString(), Is.EqualTo("/report"));
        Assert.That(await teacher.GetStringAsync("/report"), Does.Contain("Ontvangen").And.Not.Contain(Secret));
        using var head = await service.SignedInAsync(Roles.Head);
        using var administrator = await service.SignedInAsync(Roles.WebsiteManager | Roles.Administrator | Roles.Teacher | Roles.Reviewer);
        foreach (var address in new[] { "/incidents", "/incidents/1" })
        {
            using var refused = await administrator.GetAsync(address);
            Assert.That((refused.StatusCode, (await refused.Content.ReadAsStringAsync()).Contains(Secret, StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Forbidden, false)));
        }

        Assert.That(await administrator.GetStringAsync("/dashboard"), Does.Not.Contain("voorvallen").And.Not.Contain("/incidents"));
        Assert.That(WebUtility.HtmlDecode(await head.GetStringAsync("/dashboard")), Does.Contain("Gemelde voorvallen die nog niet zijn beoordeeld: 1"));
        Assert.That(await head.GetStringAsync("/incidents"), Does.Contain("/incidents/1").And.Not.Contain(Secret), "the list says nothing of what it is about");
        Assert.That(await head.GetStringAsync("/incidents/1"), Does.Contain(Secret).And.Contain("in de app").And.Contain("2-1-2026"));
        using var missing = await head.GetAsync("/incidents/2");
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await using var db = service.Database.CreateDbContext();
        Assert.That(await db.AuditEntries.CountAsync(entry => entry.Kind == "incident-opened" && entry.Subject == "incident-1"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_head_judges_adds_corrects_closes_and_destroys()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var head = await service.SignedInAsync(Roles.Head);
        await head.SendFormAsync("/report", ("what", Secret));
        using (var early = await head.SendFormAsync("/incidents/1", "/incidents/1?handler=close", ("words", "klaar")))
        {
            Assert.That(WebUtility.HtmlDecode(await early.Content.ReadAsStringAsync()), Does.Contain("Zeg eerst hoe ernstig het is").And.Contain("klaar"));
        }

        await head.SendFormAsync("/incidents/1", "/incidents/1?handler=severity", ("severity", "Grave"), ("words", "dreiging"));
        await head.SendFormAsync("/incidents/1", "/incidents/1?handler=add", ("kind", "Police"), ("words", "aangifte gedaan"), ("on", "2026-01-03"));
        using (var forged = await head.SendFormAsync("/incidents/1", "/incidents/1?handler=add", ("kind", "Closed"), ("words", "langs een omweg")))
        {
            Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        }

        await head.SendFormAsync("/incidents/1", "/incidents/1?handler=correct", ("corrects", "1"), ("kind", "Report"), ("words", "Boze man bij het hek"));
        await head.SendFormAsync("/incidents/1", "/incidents/1?handler=close", ("words", "opgelost"));
        var page = WebUtility.HtmlDecode(await head.GetStringAsync("/incidents/1"));
        Assert.That(page, Does.Contain("Boze man bij het hek").And.Contain(Secret).And.Contain("Eerdere versies (1)").And.Contain("Aangifte").And.Contain("opgelost").And.Contain("handler=reopen"));
        await head.SendFormAsync("/incidents/1", "/incidents/1?handler=destroy", ("sure", "true"));
        Assert.That(await head.GetStringAsync("/incidents/1"), Does.Contain("vernietigd").And.Not.Contain("Boze"));
    }

    [Test]
    public async Task A_report_becomes_a_closed_file_in_the_browser()
    {
        await using var service = await RunningService.StartAsync(kind);
        await service.MakeAccountAsync("juf Ans", Roles.Teacher);
        var head = await service.MakeAccountAsync("directie", Roles.Head);
        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service);
        await Browser.SignInAsync(page, "juf Ans");
        await page.ClickAsync("a[href='/report']");
        await page.FillAsync("#what", "In de ouderapp van groep 6 schrijft iemand dat de school foto's verkoopt.\nVijf ouders reageerden.");
        await page.FillAsync("#where", "https://app.example/groep6/bericht/4711");
        await page.ClickAsync("main button");
        await page.WaitForSelectorAsync(".message");
        await Browser.InspectAsync(page, "incident-reported");
        await page.ClickAsync("form[action='/sign-out'] button");
        await page.WaitForURLAsync("**/sign-in*");
        await Browser.SignInAsync(page, "directie");
        await page.GotoAsync("/incidents/1");
        await page.CheckAsync("input[value='Serious']");
        await page.FillAsync("form[action$='severity'] textarea", "Het gaat rond en klopt niet.");
        await page.ClickAsync("form[action$='severity'] button");
        await page.SelectOptionAsync("select[name='kind']", "Talk");
        await page.FillAsync("form[action$='add'] textarea", "Gesprek met de schrijver, die het bericht weghaalt.");
        await page.ClickAsync("form[action$='add'] button");
        await page.ClickAsync(".timeline > li:first-child > details > summary");
        await page.FillAsync(".timeline > li:first-child form textarea", "In de ouderapp van groep 6 schrijft iemand dat de school foto's verkoopt.\nZes ouders reageerden.");
        await page.ClickAsync(".timeline > li:first-child form button");
        await page.WaitForSelectorAsync("text=Eerdere versies (1)");
        await Browser.InspectAsync(page, "incident-open");
        await page.FillAsync("form[action$='close'] textarea", "Rechtgezet in de app, bericht is weg.");
        await page.ClickAsync("form[action$='close'] button");
        await page.WaitForSelectorAsync("form[action$='reopen']");
        await Browser.InspectAsync(page, "incident-closed");
        Assert.That(head.Roles, Is.EqualTo(Roles.Head));
    }

    /// <summary>Has an account report an incident.</summary>
    internal static async Task<long> FillAsync(RunningService service, string by)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var incidents = scope.ServiceProvider.GetRequiredService<IncidentRegister>();
        var id = await incidents.ReportAsync(new("Op een openbare pagina staat een foto van het schoolplein met nare teksten eronder, en de namen van twee kinderen.", "https://pagina.example/schoolplein", null), by, CancellationToken.None);
        await incidents.AddAsync(id, new(IncidentEntryKind.Severity, "Er staan namen bij.", Severity: IncidentSeverity.Serious), by, CancellationToken.None);
        return id;
    }
}
