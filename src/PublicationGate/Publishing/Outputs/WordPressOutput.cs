using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace PublicationGate.Publishing.Outputs;

/// <summary>Puts photos into the media library of a WordPress site, by its REST API with an application password, and a draft post around each if asked.</summary>
/// <remarks>
/// A photo is found again by its slug, which holds the id of the release: a create that was answered by nobody is not done twice. Addresses are in the
/// form that works without pretty permalinks too.
/// </remarks>
internal sealed class WordPressOutput : IOutput, IDisposable
{
    private const string Media = "media";
    private const string Posts = "posts";

    private readonly OutputSettings settings;
    private readonly OutputCalls calls;

    public WordPressOutput(OutputSettings settings, string password)
    {
        this.settings = settings;
        calls = new(TimeSpan.FromSeconds(settings.Timeout))
        {
            Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.User}:{password}"))),
        };
    }

    /// <inheritdoc/>
    public string Name => settings.Name;

    /// <inheritdoc/>
    public async Task<RemoteCopy> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        var slug = SlugOf(publication.ReleaseId);
        var found = await FindAsync(Media, slug, cancellationToken);
        var media = found.Count > 0 ? found[0] : await UploadAsync(publication, slug, cancellationToken);
        var remote = new RemoteCopy { Id = IdOf(media), Addresses = AddressesOf(media) };
        return settings.Draft ? remote with { PostId = await DraftAsync(publication, slug, media, cancellationToken) } : remote;
    }

    /// <inheritdoc/>
    public async Task TakeDownAsync(TakeDown takeDown, CancellationToken cancellationToken)
    {
        var slug = SlugOf(takeDown.ReleaseId);
        // The photo first. Whatever has the slug too came of two attempts at once.
        var media = (await FindAsync(Media, slug, cancellationToken)).Select(IdOf).Append(takeDown.Remote?.Id);
        foreach (var id in media.OfType<string>().Distinct().ToList())
        {
            await DeleteAsync(Media, id, cancellationToken);
        }

        var posts = (await FindAsync(Posts, slug, cancellationToken)).Select(IdOf).Append(takeDown.Remote?.PostId);
        foreach (var id in posts.OfType<string>().Distinct().ToList())
        {
            await RemovePostAsync(id, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, "users/me", "context=edit", null, cancellationToken);
        var me = await ReadAsync(answer, cancellationToken);
        if (!(me.TryGetProperty("capabilities", out var may) && may.TryGetProperty("upload_files", out var upload) && upload.ValueKind == JsonValueKind.True))
        {
            throw new OutputException("may-not-upload");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => calls.Dispose();

    private static string SlugOf(string releaseId) => "gate-" + releaseId;

    private static string IdOf(JsonElement thing) => thing.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);

    // Of every size that WordPress made, and the original where it was scaled down itself.
    private static List<string> AddressesOf(JsonElement media)
    {
        List<string> addresses = [media.GetProperty("source_url").GetString()!];
        if (media.GetProperty("media_details") is { ValueKind: JsonValueKind.Object } details)
        {
            if (details.TryGetProperty("sizes", out var sizes) && sizes.ValueKind == JsonValueKind.Object)
            {
                addresses.AddRange(sizes.EnumerateObject().Select(size => size.Value.GetProperty("source_url").GetString()!));
            }

            if (details.TryGetProperty("original_image", out var original) && original.GetString() is { } name)
            {
                addresses.Add(addresses[0][..(addresses[0].LastIndexOf('/') + 1)] + name);
            }
        }

        return [.. addresses.Distinct()];
    }

    private async Task<JsonElement> UploadAsync(Publication publication, string slug, CancellationToken cancellationToken)
    {
        var file = new ByteArrayContent(publication.Copy.Bytes.ToArray());
        file.Headers.ContentType = new(publication.Copy.MediaType);
        var (texts, empty) = (publication.Texts, "");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(slug), "slug" },
            { new StringContent(texts.Title ?? Path.GetFileNameWithoutExtension(publication.FileName)), "title" },
            { new StringContent(texts.Caption ?? empty), "caption" },
            { new StringContent(texts.Alt ?? empty), "alt_text" },
            { file, "file", publication.FileName },
        };
        using var answer = await SendAsync(HttpMethod.Post, Media, null, form, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    private async Task<string> DraftAsync(Publication publication, string slug, JsonElement media, CancellationToken cancellationToken)
    {
        if (await FindAsync(Posts, slug, cancellationToken) is [var there, ..])
        {
            return IdOf(there);
        }

        var (texts, id, address) = (publication.Texts, media.GetProperty("id").GetInt64(), media.GetProperty("source_url").GetString());
        var image = $"<img src=\"{WebUtility.HtmlEncode(address)}\" alt=\"{WebUtility.HtmlEncode(texts.Alt)}\" class=\"wp-image-{id}\"/>";
        var caption = string.IsNullOrWhiteSpace(texts.Caption) ? "" : $"<figcaption>{WebUtility.HtmlEncode(texts.Caption)}</figcaption>";
        using var content = JsonContent.Create(new
        {
            slug, status = "draft", title = texts.Title ?? "", featured_media = id,
            content = $"<!-- wp:image {{\"id\":{id}}} -->\n<figure class=\"wp-block-image\">{image}{caption}</figure>\n<!-- /wp:image -->",
        });
        using var answer = await SendAsync(HttpMethod.Post, Posts, null, content, cancellationToken);
        return IdOf(await ReadAsync(answer, cancellationToken));
    }

    private async Task<List<JsonElement>> FindAsync(string kind, string slug, CancellationToken cancellationToken)
    {
        // WordPress gives the second of one slug a number.
        var states = kind == Media ? "inherit,private,trash" : "publish,future,draft,pending,private,trash";
        using var answer = await SendAsync(HttpMethod.Get, kind, $"slug={slug},{slug}-2,{slug}__trashed&status={states}&context=edit&per_page=10&orderby=id&order=asc", null, cancellationToken);
        return [.. (await ReadAsync(answer, cancellationToken)).EnumerateArray()];
    }

    private async Task DeleteAsync(string kind, string id, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Delete, $"{kind}/{id}", "force=true", null, cancellationToken);
        if (!answer.IsSuccessStatusCode && answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Gone))
        {
            throw OutputCalls.Refusal(answer);
        }
    }

    // A draft of the gate's own goes. What somebody posted meanwhile may hold more than the photo: it is hidden, and stays a person's to delete.
    private async Task RemovePostAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"{Posts}/{id}", "context=edit", null, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return;
        }

        var post = await ReadAsync(answer, cancellationToken);
        if (post.GetProperty("status").GetString() is "draft" or "auto-draft" or "trash")
        {
            await DeleteAsync(Posts, id, cancellationToken);
            return;
        }

        using var hidden = JsonContent.Create(new { status = "draft" });
        using var done = await SendAsync(HttpMethod.Post, $"{Posts}/{id}", null, hidden, cancellationToken);
        await ReadAsync(done, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string route, string? query, HttpContent? content, CancellationToken cancellationToken)
    {
        var address = $"{settings.Address!.TrimEnd('/')}/?rest_route=/wp/v2/{route}{(query is null ? "" : "&" + query)}";
        using var request = new HttpRequestMessage(method, address) { Content = content };
        return await calls.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            // Gone is an answer about one thing here, not the wish to be left alone.
            var refusal = OutputCalls.Refusal(answer);
            throw new OutputException(refusal.Code) { RetryAfter = refusal.RetryAfter };
        }

        try
        {
            return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (JsonException failure)
        {
            // A page that says what is wrong, for people, before what was asked for.
            throw new OutputException("no-json", failure);
        }
    }
}
