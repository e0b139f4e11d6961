using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicationGate.Publishing.Outputs;

/// <summary>Tells a program of releases by HTTP, signed as the Standard Webhooks specification 1.0.0 says (https://www.standardwebhooks.com).</summary>
/// <remarks>It says what is published anyway, and nothing of who is in the photo or who submitted it.</remarks>
internal sealed class WebhookOutput : IOutput, IDisposable
{
    /// <summary>How a signing secret begins; the rest is base64.</summary>
    public const string SecretPrefix = "whsec_";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly OutputSettings settings;
    private readonly byte[] key;
    private readonly TimeProvider time;
    private readonly OutputCalls calls;

    public WebhookOutput(OutputSettings settings, string secret, TimeProvider time)
    {
        (this.settings, this.time) = (settings, time);
        key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        calls = new(TimeSpan.FromSeconds(settings.Timeout));
    }

    /// <inheritdoc/>
    public string Name => settings.Name;

    /// <inheritdoc/>
    public async Task<RemoteCopy> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        var (copy, texts) = (publication.Copy, publication.Texts);
        await SendAsync(publication.Key, "photo.published", new
        {
            release = publication.ReleaseId, channel = publication.Channel, releasedAt = publication.ReleasedAt, texts.Title, texts.Caption, texts.Alt,
            file = publication.FileName, type = copy.MediaType, length = copy.Bytes.Length, sha256 = copy.Sha256, copy = settings.Copy ? Convert.ToBase64String(copy.Bytes.Span) : null,
        }, cancellationToken);
        return new();
    }

    /// <inheritdoc/>
    public Task TakeDownAsync(TakeDown takeDown, CancellationToken cancellationToken) => SendAsync(takeDown.Key, "photo.taken-down", new { release = takeDown.ReleaseId }, cancellationToken);

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        SendAsync("check_" + Guid.NewGuid().ToString("N"), "gate.checked", new { message = "A test of the connection; nothing is to be done." }, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => calls.Dispose();

    /// <summary>The signature of a message: HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
    internal static string Signature(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]));

    private async Task SendAsync(string id, string type, object data, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type, timestamp = now, data }, Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", Signature(key, id, timestamp, body));
        using var answer = await calls.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw OutputCalls.Refusal(answer);
        }
    }
}
