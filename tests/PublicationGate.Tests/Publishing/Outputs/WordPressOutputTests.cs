using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PublicationGate.Imaging;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Publishing.Outputs;

/// <summary>Against a real WordPress, one for all of these tests.</summary>
[Platform(Exclude = "Win")]
public class WordPressOutputTests
{
    private static int releases;

    private WordPressSite site = null!;
    private HttpClient visitor = null!;
    private HttpClient editor = null!;

    [OneTimeSetUp]
    public void Start()
    {
        site = new WordPressSite();
        visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        editor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        editor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{site.User}:{site.Password}")));
    }

    [OneTimeTearDown]
    public void Stop()
    {
        site?.Dispose();
        visitor?.Dispose();
        editor?.Dispose();
    }

    [Test]
    public async Task A_photo_is_seen_with_its_texts_and_after_its_take_down_nothing_of_any_size_is_left()
    {
        using var output = Output();
        var photo = Photo();
        var remote = await output.PublishAsync(photo, default);
        Assert.That(remote.Addresses, Has.Count.GreaterThan(4), "WordPress makes sizes of its own");
        foreach (var address in remote.Addresses)
        {
            Assert.That(await StatusAsync(address), Is.EqualTo(HttpStatusCode.OK), address);
        }

        Assert.That(await visitor.GetByteArrayAsync(remote.Addresses[0]), Is.EqualTo(photo.Copy.Bytes.ToArray()), "the very copy");
        var media = await GetAsync($"media/{remote.Id}");
        Assert.That((Raw(media, "title"), Raw(media, "caption"), media.GetProperty("alt_text").GetString()), Is.EqualTo(("Sportdag", "Samen rennen & \"lachen\"", "Twee kinderen")));

        await output.TakeDownAsync(new("takedown", photo.Key, photo.ReleaseId, remote), default);
        foreach (var address in remote.Addresses)
        {
            Assert.That(await StatusAsync(address), Is.EqualTo(HttpStatusCode.NotFound), address);
        }

        await output.TakeDownAsync(new("takedown", photo.Key, photo.ReleaseId, remote), default);
    }

    [Test]
    public async Task The_same_photo_sent_twice_is_there_once_and_is_found_without_its_number()
    {
        using var output = Output(draft: true);
        var photo = Photo();
        var first = await output.PublishAsync(photo, default);
        var second = await output.PublishAsync(photo, default);
        Assert.That((second.Id, second.PostId), Is.EqualTo((first.Id, first.PostId)));
        Assert.That(second.Addresses, Is.EquivalentTo(first.Addresses));
        await output.TakeDownAsync(new("takedown", photo.Key, photo.ReleaseId, null), default);
        Assert.That(await StatusAsync(first.Addresses[0]), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await editor.GetAsync(Route($"posts/{first.PostId}") + "&context=edit")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_draft_shows_the_photo_with_texts_that_are_no_markup()
    {
        using var output = Output(draft: true);
        var photo = Photo() with { Texts = new("Sportdag", "<script>alert(1)</script> & meer", "Een \"alt\"") };
        var remote = await output.PublishAsync(photo, default);
        var post = await GetAsync($"posts/{remote.PostId}");
        Assert.That((post.GetProperty("status").GetString(), post.GetProperty("featured_media").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(("draft", remote.Id)));
        Assert.That(Raw(post, "content"), Does.Contain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; meer").And.Contain("alt=\"Een &quot;alt&quot;\"").And.Contain(remote.Addresses[0]));
    }

    [Test]
    public async Task A_post_that_somebody_published_is_hidden_and_stays_theirs()
    {
        using var output = Output(draft: true);
        var photo = Photo();
        var remote = await output.PublishAsync(photo, default);
        using var live = new StringContent("""{"status":"publish"}""", Encoding.UTF8, "application/json");
        Assert.That((await editor.PostAsync(Route($"posts/{remote.PostId}"), live)).IsSuccessStatusCode, Is.True);
        Assert.That(await StatusAsync(Route($"posts/{remote.PostId}")), Is.EqualTo(HttpStatusCode.OK));
        await output.TakeDownAsync(new("takedown", photo.Key, photo.ReleaseId, remote), default);
        Assert.That(await StatusAsync(Route($"posts/{remote.PostId}")), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await GetAsync($"posts/{remote.PostId}")).GetProperty("status").GetString(), Is.EqualTo("draft"));
        Assert.That(await StatusAsync(remote.Addresses[0]), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_check_says_whether_the_account_may_upload()
    {
        using var output = Output();
        await output.CheckAsync(default);
        using var wrong = new WordPressOutput(new() { Name = "site", Address = site.Address, User = site.User }, "geen wachtwoord");
        Assert.That((await Assert.ThrowsAsync<OutputException>(() => wrong.CheckAsync(default)))!.Code, Is.EqualTo("http-401"));
        Assert.That((await Assert.ThrowsAsync<OutputException>(() => wrong.PublishAsync(Photo(), default)))!.Code, Does.StartWith("http-40"));
    }

    private WordPressOutput Output(bool draft = false) => new(new() { Name = "site", Address = site.Address, User = site.User, Draft = draft }, site.Password);

    private static Publication Photo()
    {
        var copy = CleanCopy.Of(Photos.Decoder, TestFiles.Photo("meeting.jpg"), new());
        var release = $"{Interlocked.Increment(ref releases):x32}";
        return new(
            "publish_" + release, release, "website", new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero),
            new(copy.Bytes, ".jpg", "image/jpeg", Convert.ToHexStringLower(SHA256.HashData(copy.Bytes.Span))), new("Sportdag", "Samen rennen & \"lachen\"", "Twee kinderen"));
    }

    private string Route(string route) => $"{site.Address}?rest_route=/wp/v2/{route}";

    private async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var answer = await visitor.GetAsync(address);
        return answer.StatusCode;
    }

    private async Task<JsonElement> GetAsync(string route)
    {
        using var document = JsonDocument.Parse(await editor.GetStringAsync(Route(route) + "&context=edit"));
        return document.RootElement.Clone();
    }

    private static string? Raw(JsonElement thing, string name) => thing.GetProperty(name).GetProperty("raw").GetString();
}
