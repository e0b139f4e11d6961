using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PublicationGate.Accounts;
using PublicationGate.App.Access;
using PublicationGate.App.Tests.Support;
using PublicationGate.Links;
using PublicationGate.Removal.Requests;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>No page is left out when pages are looked at: the list is the program's own. The states that pages get into are walked through in the other browser tests.</summary>
public class EveryPageTests
{
    // Pages that need a way to them, and where it is walked; '/' only sends on.
    private static readonly string[] LookedAtElsewhere = ["/", "/welcome" /* WholeWayTests */, "/sign-in" /* the same */, "/sign-in/code" /* FirstVisitTests */, "/my-child/{token}" /* MyChildVisitTests */, "/round/{token}" /* RoundVisitTests */];

    // In Dutch, whose words are the longer ones; the ways through the pages are walked in English too.
    [Test]
    public async Task Every_page_is_accessible_in_both_colours_and_widths()
    {
        await using var service = await RunningService.StartAsync(DatabaseKind.Postgres);
        await service.FillRegisterAsync();
        var noor = await service.MakeAccountAsync("Noor Dijkgraaf-van den Heuvel", Roles.All);
        var album = Guid.NewGuid().ToString("N");
        var held = await service.SubmitAsync(Photos.FourFaces, SubmittedPhotos.TwoPupils with { Caption = "Groep 6 bespreekt de schetsen aan een lage tafel" }, noor.Id, album);
        var approved = await service.SubmitAsync(Photos.TwoFaces, SubmittedPhotos.TwoPupils, noor.Id, album);
        Assert.That(new[] { held.Outcome, approved.Outcome }, Is.EqualTo(new[] { Outcome.Held, Outcome.Approved }));
        await DashboardTests.FillAsync(service);
        var incident = await IncidentPagesTests.FillAsync(service, noor.Id);
        await MailPageTests.FillAsync(service);
        using (var manager = await service.SignedInAsync(Roles.WebsiteManager))
        {
            await RoundPagesTests.OpenRoundAsync(manager);
        }

        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service);
        await Browser.SignInAsync(page, noor.UserName!);

        Dictionary<string, string> addresses = new()
        {
            ["/error/{code:int}"] = "/error/404",
            ["/incidents/{id}"] = $"/incidents/{incident}",
            ["/recordings/{id}"] = "/recordings/1",
            ["/protocol/channels/{channel}"] = "/protocol/channels/facebook",
            ["/published/{id}"] = "/published/" + await ReleaseAsync(service),
            ["/register/groups/{group}"] = "/register/groups/groep%206",
            ["/register/groups/{group}/card"] = "/register/groups/groep%206/card",
            ["/register/groups/{group}/links"] = "/register/groups/groep%206/links",
            ["/register/pupils/{key}"] = "/register/pupils/p601",
            ["/register/pupils/{key}/guardians"] = "/register/pupils/p601/guardians",
            ["/removal-request/{token}"] = await AskAsync(service),
            ["/removals/requests/{id}"] = "/removals/requests/1",
            ["/review/album/{albumId}"] = "/review/album/" + album,
            ["/review/{id}"] = "/review/" + held.Id,
            ["/rounds/{id}"] = "/rounds/1",
            ["/rounds/{id}/paper"] = "/rounds/1/paper",
            ["/rounds/{id}/result"] = "/rounds/1/result",
            ["/submissions/album/{id}"] = "/submissions/album/" + album,
            ["/submissions/{id}"] = "/submissions/" + held.Id,
            ["/submissions/{id}/declare"] = "/submissions/" + held.Id + "/declare",
        };
        await Assert.MultipleAsync(async () =>
        {
            foreach (var route in Pages(service))
            {
                var address = addresses.GetValueOrDefault(route, route);
                Assert.That(address, Does.Not.Contain('{'), "which one of them to look at stands in this test");
                await LookAsync(page, address, $"page{route.Replace('/', '-').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace(':', '-')}");
            }
        });
    }

    private static async Task LookAsync(IPage page, string address, string name)
    {
        var answer = await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.That(new Uri(answer!.Url).AbsolutePath, Is.EqualTo(address), "it is this page, not another");
        Assert.That(answer.Status, Is.EqualTo(address.StartsWith("/error", StringComparison.Ordinal) ? 404 : 200), address);
        await Browser.InspectAsync(page, name);
    }

    private static IEnumerable<string> Pages(RunningService service) => service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null && AccessTable.Of(endpoint, "GET") is not null)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/')).Except(LookedAtElsewhere).Order();

    private static async Task<string> AskAsync(RunningService service)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var draft = new RequestDraft("https://school.example/nieuws/een-heel-lang-bericht-over-de-ateliermiddag-van-groep-zes-en-zeven/", null, "Noor", "groep 6", "ouder@voorbeeld.example", "Zij wil dit liever niet.", "nl");
        return AccessLink.PathOf(LinkPurpose.Request, (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AskRemoval(draft, "test"))).Token);
    }

    private static async Task<string> ReleaseAsync(RunningService service)
    {
        await using var db = service.Database.CreateDbContext();
        return await db.Releases.Select(release => release.Id).SingleAsync();
    }
}
