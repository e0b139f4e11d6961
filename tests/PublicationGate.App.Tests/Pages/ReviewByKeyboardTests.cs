using Microsoft.Playwright;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>A reviewer's morning in a real browser, without a mouse.</summary>
public class ReviewByKeyboardTests
{
    // Milliseconds from Enter to the next photo, decoded.
    private const string Measured = """
        new Promise(done => {
          const look = () => performance.getEntriesByName('next-photo').length ? done(performance.getEntriesByName('next-photo')[0].duration) : setTimeout(look, 10)
          look()
        })
        """;

    private RunningService service = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync();
        await service.FillRegisterAsync();
    }

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [TestCaseSource(typeof(LongForm), nameof(LongForm.EnglishFirst))]
    public async Task Held_photos_are_marked_decided_and_released_by_keyboard_alone(string language)
    {
        var reviewer = await service.MakeAccountAsync("ruben@school.example", Roles.Reviewer);
        var teacher = await service.MakeAccountAsync("juf sanne", Roles.Teacher);
        var album = Guid.NewGuid().ToString("N");
        var first = await service.SubmitAsync(Photos.FourFaces, SubmittedPhotos.TwoPupils with { Caption = "Groep 6 bespreekt de schetsen aan een lage tafel" }, teacher.Id, album);
        var second = await service.SubmitAsync(Photos.Doubtful, SubmittedPhotos.TwoPupils with { Activity = "Projectweek De wereld rond met de hele bovenbouw en alle ouders" }, teacher.Id, album);
        var third = await service.SubmitAsync(Photos.TwoFaces, SubmittedPhotos.TwoPupils with { People = ["p601"] }, teacher.Id, album);
        Assert.That(new[] { first.Outcome, second.Outcome, third.Outcome }, Is.All.EqualTo(Outcome.Held));

        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service, language);
        await Browser.SignInAsync(page, reviewer.UserName!);
        await page.GotoAsync($"/review/album/{album}");
        await page.Locator("[data-choose=held]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Browser.InspectAsync(page, $"review-album-{language}");

        await page.GotoAsync("/review/" + first.Id);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await Browser.InspectAsync(page, $"review-keys-{language}");
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("3");
        await Assertions.Expect(page.Locator(".overlay [data-box='3']")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("chosen"));
        await page.Keyboard.PressAsync("n");
        await page.WaitForSelectorAsync(".overlay .no-face[data-box='3']");
        await page.Keyboard.PressAsync("m");
        await Assertions.Expect(page.Locator("#drawing")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Browser.InspectAsync(page, $"review-drawing-{language}");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".overlay [data-box='5']");
        await page.Keyboard.PressAsync("u");
        await page.WaitForSelectorAsync(".overlay [data-box='5']", new() { State = WaitForSelectorState.Detached });
        var marks = (await FactsAsync(first.Id)).Review!.Marks;
        Assert.That(marks.Select(mark => mark.Kind), Is.EqualTo(new[] { FaceMarkKind.NoFace }), "the drawn one was taken back");

        // A ground is asked for; nothing happens without one.
        await page.Keyboard.PressAsync("a");
        await page.Keyboard.TypeAsync("   ");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#approve[aria-invalid=true]");
        await Browser.InspectAsync(page, $"review-mistake-{language}");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.FillAsync("#approve", "");
        await page.Locator("#approve").FocusAsync();
        await page.Keyboard.TypeAsync("De anderen zijn van achteren te zien");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/review/" + second.Id);
        await TestContext.Out.WriteLineAsync($"from Enter to the next photo: {await page.EvaluateAsync<double>(Measured):0} ms");
        Assert.That((await service.DecidedAsync(first.Id)).Outcome, Is.EqualTo(Outcome.Approved));
        await Browser.InspectAsync(page, $"review-next-{language}");

        // Back, and once more.
        await page.Keyboard.PressAsync("u");
        await page.WaitForURLAsync("**/review/" + first.Id);
        Assert.That((await service.DecidedAsync(first.Id)).Outcome, Is.EqualTo(Outcome.Held));
        await page.Keyboard.PressAsync("a");
        await page.Keyboard.TypeAsync("Toch");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/review/" + second.Id);
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.TypeAsync("Niet scherp");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/review/" + third.Id);
        Assert.That((await service.DecidedAsync(second.Id)).Outcome, Is.EqualTo(Outcome.Rejected));
        await page.Keyboard.PressAsync("q");
        await page.Keyboard.TypeAsync("Wie zit er rechts?");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/review");
        Assert.That((await service.SubmissionAsync(third.Id)).Turn, Is.EqualTo(SubmissionTurn.Submitter));

        await page.GotoAsync("/review");
        await Browser.InspectAsync(page, $"review-nearly-empty-{language}");
        await page.GotoAsync("/published?activity=nergens&from=gisteren");
        await Browser.InspectAsync(page, $"published-none-{language}");
    }

    [Test]
    public async Task A_box_is_drawn_with_a_pointer_and_keys_can_be_switched_off()
    {
        var reviewer = await service.MakeAccountAsync("ruben@school.example", Roles.Reviewer);
        var held = await service.SubmitAsync(Photos.FourFaces, SubmittedPhotos.TwoPupils);
        await using var browser = await Browser.StartAsync();
        var page = await browser.VisitAsync(service, "nl");
        await Browser.SignInAsync(page, reviewer.UserName!);
        await page.GotoAsync("/review/" + held.Id);
        await page.Locator("button[data-draw=ConcealPerson]").ClickAsync();
        var picture = await page.Locator(".overlay-picture").BoundingBoxAsync();
        await page.Mouse.MoveAsync(picture!.X + 20, picture.Y + 20);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(picture.X + 60, picture.Y + 80);
        await page.Mouse.UpAsync();
        await page.Locator("button[data-draw=keep]").ClickAsync();
        await page.WaitForSelectorAsync(".overlay .concealed[data-box='5']");
        var mark = (await FactsAsync(held.Id)).Review!.Marks.Single();
        var scale = (await FactsAsync(held.Id)).Image!.Width / picture.Width;
        Assert.That((mark.Kind, mark.Box.Width / scale), Is.EqualTo((FaceMarkKind.ConcealPerson, mark.Box.Width / scale)));
        Assert.That(mark.Box.Height / mark.Box.Width, Is.EqualTo(1.5).Within(0.1));
        Assert.That(mark.Box.X / scale, Is.EqualTo(20).Within(2));

        await page.Locator(".overlay [data-box='2'] .edge").ClickAsync();
        await Assertions.Expect(page.Locator("input[name=boxes][value='2']")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("?");
        await page.Locator("[data-keys-off]").CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(page.Locator("#approve")).Not.ToBeFocusedAsync();
    }

    private async Task<PhotoFacts> FactsAsync(string id)
    {
        var submission = await service.DecidedAsync(id);
        await using var db = service.Database.CreateDbContext();
        return (await new VerdictStore(db, TimeProvider.System).FindAsync(submission.VerdictId!, default))!.Verdict.Facts;
    }
}
