using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Consent;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Removal.Addresses;
using PublicationGate.Rules;
using PublicationGate.Tests.Publishing.Outputs;
using TakeDown = PublicationGate.Removal.TakeDown;

namespace PublicationGate.App.Tests.Pages;

/// <summary>Whole ways of pictures on a real WordPress, seen in a real browser: posted by the gate, published by an editor, and gone again. One WordPress and one service for all of them.</summary>
[Platform(Exclude = "Win")]
public class OnWordPressTests
{
    private const string Wall = "2026-09-04 kunstmuur/";
    private const string Secret = "PUBLICATION_GATE_TESTS_WORDPRESS";
    private const string World = "2026-10-02 groep 7 de wereld rond/";

    private static readonly PostedAddressOptions Quick = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(500), LongestPause = TimeSpan.FromSeconds(2), SureAfter = TimeSpan.FromSeconds(1), Spacing = TimeSpan.FromMilliseconds(10),
    };

    private WordPressSite site = null!;
    private RunningService service = null!;
    private Browser browser = null!;
    private HttpClient visitor = null!;
    private HttpClient editor = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        browser = await Browser.StartAsync();
        site = new WordPressSite();
        visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        editor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        editor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{site.User}:{site.Password}")));
        service = await RunningService.StartAsync(more: services => services.AddSingleton(Quick), prepare: Connect);
        await service.FillRegisterAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await (service?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        site?.Dispose();
        visitor?.Dispose();
        editor?.Dispose();
    }

    [Test]
    public async Task A_no_takes_three_of_five_pictures_from_the_page_at_every_size_and_leaves_two()
    {
        var fenna = new[]
        {
            await PostAsync(World + "toa-heftiba.jpg", "group", "p601", "p603"), await PostAsync(World + "meeting.jpg", "group", "p601", "p603", "p608", "p609"), await PostAsync(Wall + "brooke.jpg", "individual", "p601"),
        };
        var others = new[] { await PostAsync(Wall + "team-4.jpg", "individual", "p609"), await PostAsync("2026-11-20 groep 6 atelier/golven.jpg", "general") };
        var address = await PublishPageAsync("Ateliermiddag", [.. fenna, .. others]);
        Assert.That(await SeenAsync(address, "wordpress-1-five"), Is.EqualTo(5));
        Assert.That(fenna.Concat(others).Select(post => post.Addresses.Count), Is.All.GreaterThanOrEqualTo(3), "WordPress makes sizes of its own");

        foreach (var scope in Enum.GetValues<ConsentScope>())
        {
            await service.Services.GetRequiredService<ConsentRegister>().AnswerAsync(
                new Answer { PupilKey = "p601", Channel = "website", Kind = MediaKind.Photo, Scope = scope, IsYes = false, Date = TimeProvider.System.Today(), GivenBy = "guardian-1" }, default);
        }

        foreach (var post in fenna)
        {
            Assert.That((await EndedAsync(post)).EndedBy, Is.EqualTo(TakeDown.Gone));
        }

        Assert.That(await StatusesAsync(fenna), Is.All.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StatusesAsync(others), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(await SeenAsync(address, "wordpress-2-two"), Is.EqualTo(2));
        Assert.That((await StatusOfPostAsync(fenna[0]), await StatusOfPostAsync(others[0])), Is.EqualTo(("draft", "publish")), "the post around a hidden picture is hidden too");
    }

    [Test]
    public async Task A_picture_that_was_taken_back_is_refused_when_it_comes_rescaled_and_recompressed()
    {
        var post = await PostAsync(Wall + "marie.jpg", "individual", "p703");
        var page = await browser.VisitAsync(service);
        await Browser.SignInAsync(page, (await service.MakeAccountAsync("Wil Webbeheer", Roles.WebsiteManager | Roles.Teacher)).UserName!);
        await page.GotoAsync($"/removals?submission={post.SubmissionId}");
        await page.FillAsync("input[name=ground]", "Vraag van de ouders");
        await page.CheckAsync("input[name=family]");
        await page.Locator("form[action='?handler=takeBack'] button").ClickAsync();
        await page.WaitForSelectorAsync("#messages .message");
        await EndedAsync(post);
        Assert.That(await StatusesAsync([post]), Is.All.EqualTo(HttpStatusCode.NotFound));

        using var folder = new PublicationGate.Tests.Intake.TemporaryFolder();
        await File.WriteAllBytesAsync(folder["herinnering.jpg"], Rescaled(Wall + "marie.jpg"));
        await page.GotoAsync("/submit");
        await page.CheckAsync("input[value=nobody]");
        await page.FillAsync("#activity", "Ateliermiddag");
        await page.SelectOptionAsync("#origin", "school-camera");
        await page.SetInputFilesAsync("#photo", [folder["herinnering.jpg"]]);
        await page.CheckAsync("#confirms");
        await page.Locator("button.send").ClickAsync();
        await Assertions.Expect(page.Locator(".card .result.Rejected")).ToContainTextAsync("V2", new() { Timeout = 60_000 });
        await Browser.PictureAsync(page, "wordpress-3-refused");
    }

    [Test]
    public async Task A_parent_who_copies_an_address_from_the_page_sees_the_picture_hidden_and_then_gone_at_every_size()
    {
        var post = await PostAsync(Wall + "jordan.jpg", "individual", "p703");
        var address = await PublishPageAsync("Kunstmuur", [post]);
        Assert.That(await SeenAsync(address, "wordpress-4-before-request"), Is.EqualTo(1));
        var school = await browser.VisitSiteAsync(address);
        var copied = await school.Locator("article img").First.GetAttributeAsync("src");
        Assert.That(post.Addresses.Skip(1), Does.Contain(copied), "a size that WordPress made");

        var page = await browser.VisitAsync(service);
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync("/remove");
        await page.FillAsync("#address", copied!);
        await page.FillAsync("#child", "Aïcha");
        await page.FillAsync("#group", "groep 7");
        await page.FillAsync("#contact", "ouder@voorbeeld.example");
        await page.Locator("form[action='/remove'] button").ClickAsync();
        await page.WaitForURLAsync("**/removal-request/*");
        Assert.That(await page.TextContentAsync("h1"), Is.EqualTo("De foto is verborgen"));

        await EndedAsync(post);
        for (var look = 0; look < 100 && await page.TextContentAsync("h1") != "De foto is weg"; look++)
        {
            await Task.Delay(200);
            await page.ReloadAsync();
        }

        Assert.That(await page.TextContentAsync("h1"), Is.EqualTo("De foto is weg"), "the receipt");
        await Browser.PictureAsync(page, "wordpress-5-receipt");
        Assert.That(await StatusesAsync([post]), Is.All.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await SeenAsync(address, "wordpress-6-after-request"), Is.Zero);
    }

    private void Connect(string data)
    {
        Directory.CreateDirectory(data);
        Environment.SetEnvironmentVariable(Secret, site.Password);
        File.WriteAllText(Path.Combine(data, "outputs.yaml"), $"outputs:\n  - {{ name: site, kind: wordpress, channels: [website], address: '{site.Address}', user: {site.User}, secret-variable: {Secret}, draft: true }}\n");
    }

    // Submitted, approved, and delivered to WordPress by the gate itself.
    private async Task<Posted> PostAsync(string sample, string situation, params string[] people)
    {
        var declaration = new Declaration { Activity = "Ateliermiddag", Situation = situation, Origin = "school-camera", People = people, NobodyRecognisable = people.Length == 0, Alt = "Foto van de ateliermiddag" };
        var submission = await service.SubmitAsync(sample, declaration);
        Assert.That(submission.Outcome, Is.EqualTo(Outcome.Approved), sample);
        for (var look = 0; look < 600; look++)
        {
            await using var db = service.Database.CreateDbContext();
            if (await db.OutboxEvents.SingleOrDefaultAsync(row => row.SubmissionId == submission.Id && row.Kind == OutboxEventKind.Publish && row.State == OutboxState.Delivered) is { } sent)
            {
                var remote = RemoteCopy.Read(sent.Remote)!;
                return new(submission.Id, sent.ReleaseId, remote.Id!, remote.PostId!, remote.Addresses);
            }

            await Task.Delay(100);
        }

        Assert.Fail($"{sample} was not delivered");
        throw new InvalidOperationException();
    }

    // As an editor does: the drafts are published, and all pictures shown on a page, in the size that suits it.
    private async Task<string> PublishPageAsync(string title, IReadOnlyList<Posted> posts)
    {
        foreach (var post in posts)
        {
            await SendAsync($"posts/{post.PostId}", new { status = "publish" });
        }

        var images = posts.Select(post => $"<!-- wp:image {{\"id\":{post.MediaId},\"sizeSlug\":\"medium\"}} --><figure class=\"wp-block-image size-medium\"><img src=\"{post.Small}\" alt=\"\" class=\"wp-image-{post.MediaId}\"/></figure><!-- /wp:image -->");
        var made = await SendAsync("pages", new { title, status = "publish", content = $"<!-- wp:gallery --><figure class=\"wp-block-gallery has-nested-images\">{string.Concat(images)}</figure><!-- /wp:gallery -->" });
        return $"{site.Address}?page_id={made.GetProperty("id").GetInt64()}";
    }

    private async Task<JsonElement> SendAsync(string route, object content)
    {
        using var answer = await editor.PostAsJsonAsync($"{site.Address}?rest_route=/wp/v2/{route}", content);
        Assert.That(answer.IsSuccessStatusCode, Is.True, () => route + ": " + answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<string?> StatusOfPostAsync(Posted post) =>
        (await editor.GetFromJsonAsync<JsonElement>($"{site.Address}?rest_route=/wp/v2/posts/{post.PostId}&context=edit")).GetProperty("status").GetString();

    // How many pictures a new visitor of the page sees.
    private async Task<int> SeenAsync(string address, string name)
    {
        var page = await browser.VisitSiteAsync(address);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Browser.PictureAsync(page, name);
        var seen = await page.Locator("article img").EvaluateAllAsync<int>("images => images.filter(image => image.complete && image.naturalWidth > 0).length");
        await page.Context.CloseAsync();
        return seen;
    }

    private async Task<TakeDown> EndedAsync(Posted post)
    {
        for (var look = 0; look < 600; look++)
        {
            await using var db = service.Database.CreateDbContext();
            if (await db.TakeDowns.AsNoTracking().SingleOrDefaultAsync(row => row.ReleaseId == post.ReleaseId && row.EndedAt != null) is { } ended)
            {
                Assert.That(await db.PostedAddresses.Where(row => row.TakeDownId == ended.Id).Select(row => row.State).ToListAsync(), Has.Count.EqualTo(post.Addresses.Count).And.All.EqualTo(AddressState.Gone));
                return ended;
            }

            await Task.Delay(100);
        }

        Assert.Fail("the task has not ended");
        throw new InvalidOperationException();
    }

    private async Task<List<HttpStatusCode>> StatusesAsync(IReadOnlyList<Posted> posts)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var address in posts.SelectMany(post => post.Addresses))
        {
            using var answer = await visitor.GetAsync(address);
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }

    private static byte[] Rescaled(string sample) => CleanCopy.Of(new ImageDecoder(new ImageLimits()), File.ReadAllBytes(Repository.Sample(sample)), new() { LongSide = 600, Quality = 55, Format = CopyFormat.Jpeg }).Bytes.ToArray();

    /// <summary>A picture as it stands on WordPress.</summary>
    private sealed record Posted(string SubmissionId, string ReleaseId, string MediaId, string PostId, IReadOnlyList<string> Addresses)
    {
        /// <summary>Address of a generated size.</summary>
        public string Small => Addresses.FirstOrDefault(address => address.Contains("-300x", StringComparison.Ordinal) || address.Contains("x300.", StringComparison.Ordinal)) ?? Addresses[^1];
    }
}
