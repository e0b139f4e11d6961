using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace PublicationGate.Removal.Addresses;

/// <summary>What was met at an address.</summary>
/// <param name="Status">Status of the answer; null when there was none.</param>
/// <param name="Failure">Why there was none, or none that says anything, a word; null for an answer that says something.</param>
internal sealed record MetAnswer(HttpStatusCode? Status, string? Failure)
{
    /// <summary>The whole body, of an answer with status 200 only.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Its type as the answer says; null when it does not.</summary>
    public string? MediaType { get; init; }

    /// <summary>When the receiver wants to be asked again; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>
/// Calls addresses as a visitor would: without secrets and cookies, past no proxy, at most so long and so much. Connects only to addresses of the public internet
/// and to receivers that the school set itself, checked when the connection is made: a name that leads elsewhere by then leads nowhere.
/// </summary>
internal sealed class AddressCalls : IDisposable
{
    private static readonly int[] PublicPorts = [80, 443];

    private readonly PostedAddressOptions options;
    private readonly IReadOnlySet<string> own;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly HttpClient client;
    private readonly ResiliencePipeline<MetAnswer> pipeline;

    /// <param name="options">Limits.</param>
    /// <param name="own">Receivers that may be anywhere: see <see cref="WebAddress.OwnReceivers"/>.</param>
    /// <param name="time">Clock of pauses.</param>
    /// <param name="resolve">Looks names up; null for the system's way.</param>
    public AddressCalls(PostedAddressOptions options, IReadOnlySet<string> own, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        (this.options, this.own, this.resolve) = (options, own, resolve ?? Dns.GetHostAddressesAsync);
        client = new HttpClient(new SocketsHttpHandler
        {
            // Redirects are followed by hand, since each must pass the same checks.
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None, ConnectCallback = ConnectAsync,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5), MaxResponseHeadersLength = 64,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("publication-gate", null));
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("(looks whether a picture is gone)"));
        client.DefaultRequestHeaders.Accept.ParseAdd("image/*,text/html;q=0.9,*/*;q=0.8");
        pipeline = new ResiliencePipelineBuilder<MetAnswer> { TimeProvider = time }
            .AddTimeout(options.Timeout)
            .AddRetry(new RetryStrategyOptions<MetAnswer>
            {
                ShouldHandle = new PredicateBuilder<MetAnswer>().Handle<HttpRequestException>(failure => failure.InnerException is not NotPublicException).Handle<IOException>(), MaxRetryAttempts = 1, Delay = options.QuickPause, UseJitter = true,
            })
            .Build();
    }

    /// <summary>What is at an address now, behind its redirects. Whatever goes wrong is in the answer.</summary>
    public async Task<MetAnswer> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await FollowAsync(address, token), cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            return new(null, "timeout");
        }
        catch (HttpRequestException failure)
        {
            return new(null, failure.InnerException is NotPublicException ? "not-public" : failure.HttpRequestError.ToString());
        }
        catch (IOException)
        {
            return new(null, "broken-off");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, "timeout");
        }
#pragma warning disable CA1031 // Whatever a stranger's answer breaks, nothing is known of this address and the others go on.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return new(null, failure.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<MetAnswer> FollowAsync(Uri address, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= options.MostRedirects; hop++)
        {
            if (!MayBeCalled(address))
            {
                return new(null, "not-public");
            }

            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                && answer.Headers.Location is { } next)
            {
                address = new Uri(address, next);
                continue;
            }

            return await ReadAsync(answer, cancellationToken);
        }

        return new(null, "redirects");
    }

    private async Task<MetAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var met = new MetAnswer(answer.StatusCode, null) { MediaType = answer.Content.Headers.ContentType?.MediaType, RetryAfter = answer.Headers.RetryAfter?.Delta };
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return met;
        }

        // Packed answers were not asked for; what is in one cannot be told.
        if (answer.Content.Headers.ContentEncoding.Count > 0)
        {
            return met with { Failure = "packed" };
        }

        using var body = new MemoryStream();
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[81920];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > options.LongestAnswer)
            {
                return met with { Failure = "too-large" };
            }

            body.Write(buffer, 0, read);
        }

        return met with { Body = body.ToArray() };
    }

    private bool MayBeCalled(Uri address) =>
        WebAddress.IsWeb(address) && address.UserInfo.Length == 0 && (own.Contains(WebAddress.ReceiverOf(address)) || PublicPorts.Contains(address.Port));

    // The address that is connected to is the one that was checked: looking the name up a second time could give another.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = await resolve(host, cancellationToken);
        var allowed = own.Contains($"{host}:{port}") ? found : [.. found.Where(PublicInternet.Has)];
        if (allowed.Length == 0)
        {
            throw new NotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class NotPublicException() : IOException("not an address of the public internet");
}
