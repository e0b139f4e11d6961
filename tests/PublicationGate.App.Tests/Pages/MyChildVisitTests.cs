using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Rules;

namespace PublicationGate.App.Tests.Pages;

/// <summary>From a guardian written down by staff to pictures that are gone, in a real browser.</summary>
public partial class MyChildVisitTests
{
    [Test]
    public async Task A_parent_takes_consent_back_and_sees_what_becomes_of_the_pictures()
    {
        await using var service = await RunningService.StartAsync();
        await service.FillRegisterAsync();
        var noor = await service.MakeAccountAsync("noor@school.example", Roles.All);
        var released = await service.SubmitAsync(Photos.TwoFaces, SubmittedPhotos.TwoPupils, noor.Id);
        Assert.That(released.Outcome, Is.EqualTo(Outcome.Approved));
        await MyChildPageTests.AddAsync(service, ("p601", "Ans van den Heuvel-Proefstra", "ans@voorbeeld.nl"), ("p601", "Bram Proef", null), ("p602", "Cor", null));
        await using var browser = await Browser.StartAsync();
        var staff = await browser.VisitAsync(service);
        await Browser.SignInAsync(staff, "noor@school.example");

        await staff.GotoAsync("/register/groups/groep%206/links");
        await Browser.InspectAsync(staff, "my-child-group");
        await staff.GotoAsync("/register/pupils/p601");
        await staff.ClickAsync("a[href$='/guardians']");
        await staff.ClickAsync("form[action$='handler=send'] button");
        await staff.WaitForSelectorAsync("#messages .message");
        await Browser.InspectAsync(staff, "my-child-guardians");
        await staff.ClickAsync("form[action='/register/letters'] button >> nth=0");
        await staff.WaitForSelectorAsync(".letter");
        await Browser.InspectAsync(staff, "my-child-letter");
        var sheets = Encoding.Latin1.GetString(await staff.PdfAsync(new() { PreferCSSPageSize = true }));
        Assert.That(Regex.Count(sheets, @"/Type\s*/Page\b"), Is.EqualTo(1), "a letter fits one sheet");
        var path = PathOfLink().Match(await staff.ContentAsync()).Value;

        var parent = await browser.VisitAsync(service);
        await parent.SetViewportSizeAsync(390, 844);
        await parent.GotoAsync(path);
        await Browser.InspectAsync(parent, "my-child");
        await parent.SetViewportSizeAsync(390, 844);
        await parent.ClickAsync("#website .main button.no");
        await parent.WaitForSelectorAsync("#website .message");
        Assert.That(await parent.GetAttributeAsync("#website .main button.no", "aria-pressed"), Is.EqualTo("true"));
        await using (var db = service.Database.CreateDbContext())
        {
            Assert.That(await db.Releases.AnyAsync(release => release.WithdrawnAt == null), Is.False, "hidden at once");
        }

        await Browser.InspectAsync(parent, "my-child-no");
        await ToldAsync(service);
        await parent.ReloadAsync();
        Assert.That(await parent.Locator(".pictures").CountAsync(), Is.EqualTo(1));
        await parent.ClickAsync("#website .main button.yes");
        await parent.WaitForSelectorAsync("#website .main button.yes[aria-pressed='true']");
        await Browser.InspectAsync(parent, "my-child-yes");
        await parent.ClickAsync(".nowhere button");
        await parent.WaitForSelectorAsync("p.message");
        Assert.That(await parent.Locator("button.yes[aria-pressed='true']").CountAsync(), Is.Zero);
        await Browser.InspectAsync(parent, "my-child-nowhere");

        var stranger = await browser.VisitAsync(service, "en");
        await stranger.GotoAsync("/my-child/nothing");
        await Browser.InspectAsync(stranger, "my-child-gone");
    }

    // The watch follows, screens anew and tells, by itself.
    private static async Task ToldAsync(RunningService service)
    {
        for (var pass = 0; pass < 300; pass++)
        {
            await using var db = service.Database.CreateDbContext();
            if (await db.TakeDowns.AllAsync(row => row.ToldAt != null) && await db.Letters.AnyAsync(letter => letter.Kind == "withdrawal"))
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail("nobody was told within half a minute");
    }

    [GeneratedRegex("/my-child/[A-Za-z0-9_-]{43}")]
    private static partial Regex PathOfLink();
}
