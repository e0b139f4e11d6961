using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace PublicationGate.Faces;

/// <summary>How patient a download is, and what only tests change.</summary>
internal sealed record ModelDownloadOptions
{
    /// <summary>Longest time until a server takes the call.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time without a byte. There is no limit for the whole: a slow line is not a broken one.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tries after the first one.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Pause before the second try, doubled for each further one, give or take.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest time to wait for another process that fetches the same file.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Tests only: an address without TLS is let through.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Tests only: the way to the server; null for the usual one.</summary>
    public HttpMessageHandler? Handler { get; init; }
}

/// <summary>Brings the weights of a model to their place, from their address or from a file at hand. Nothing but the file of the manifest ever stands there under its name.</summary>
public sealed class ModelDownload
{
    private readonly ModelManifest manifest;
    private readonly string target;
    private readonly ModelDownloadOptions options;
    private readonly ResiliencePipeline again;

    /// <summary>A download to come.</summary>
    /// <param name="manifest">What the file must be.</param>
    /// <param name="target">Its place; the folder is made when missing.</param>
    public ModelDownload(ModelManifest manifest, string target)
        : this(manifest, target, new ModelDownloadOptions())
    {
    }

    internal ModelDownload(ModelManifest manifest, string target, ModelDownloadOptions options)
    {
        (this.manifest, this.target, this.options) = (manifest, target, options);
        again = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.Retries,
            Delay = options.RetryPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(),
        }).Build();
    }

    /// <summary>Fetches the file from the manifest's address, going on where an earlier try stopped; where the right file is there already, nothing happens.</summary>
    /// <param name="progress">Hears how many of the manifest's bytes are there; the number only grows.</param>
    /// <param name="cancellationToken">Stops; what came stays for a next time.</param>
    /// <exception cref="ModelException">The file has no address, cannot be fetched or written, or another file came.</exception>
    public async Task FetchAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var address = manifest.Download ?? throw new ModelException(Texts.Get("model.no-address", ("name", manifest.Name), ("file", manifest.File)));
        if (address.Scheme != Uri.UriSchemeHttps && !options.AllowHttp)
        {
            throw Failed(Texts.Get("model.fetch.not-https"));
        }

        using var unfinished = await UnfinishedWeights.OpenAsync(target, options.LongestWait, cancellationToken);
        if (manifest.IsAt(target))
        {
            return;
        }

        using var client = Client();
        var forwardOnly = new ForwardProgress(progress);
        async Task<bool> FetchAllAsync()
        {
            await again.ExecuteAsync(async token => await ReceiveAsync(client, address, unfinished, forwardOnly, token), cancellationToken);
            return unfinished.TryFinish(manifest.Sha256);
        }

        // What an earlier try left may be of another file: that alone is no reason to give up.
        var wasBegun = unfinished.Length > 0;
        try
        {
            if (!await FetchAllAsync() && !(wasBegun && await FetchAllAsync()))
            {
                throw Failed(Texts.Get("model.fetch.checksum", ("expected", manifest.Sha256)));
            }
        }
        catch (HttpRequestException cause)
        {
            throw Failed(cause.StatusCode is { } status ? Texts.Get("model.fetch.status", ("status", (int)status)) : Texts.Get("model.fetch.no-connection", ("detail", cause.GetBaseException().Message)));
        }
    }

    /// <summary>Takes a copy of a file at hand.</summary>
    /// <exception cref="ModelException">It cannot be read or is not the file of the manifest, or the place cannot be written.</exception>
    public async Task TakeAsync(string file, CancellationToken cancellationToken)
    {
        var bytes = Read(file);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != manifest.Sha256)
        {
            throw new ModelException(Texts.Get("model.given-another", ("file", file), ("name", manifest.Name), ("expected", manifest.Sha256))) { IsMistake = true };
        }

        using var unfinished = await UnfinishedWeights.OpenAsync(target, options.LongestWait, cancellationToken);
        unfinished.StartOver();
        unfinished.Append(bytes);
        unfinished.TryFinish(manifest.Sha256);
    }

    private async Task ReceiveAsync(HttpClient client, Uri address, UnfinishedWeights unfinished, ForwardProgress progress, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (unfinished.Length != manifest.Bytes && !await ReceiveOnceAsync(client, address, unfinished, progress, idle))
            {
                unfinished.StartOver();
            }
        }
        catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{options.IdleTimeout.TotalSeconds:0.#} s", cause);
        }
        catch (IOException cause)
        {
            throw new HttpRequestException(cause.Message, cause);
        }

        if (unfinished.Length < manifest.Bytes)
        {
            throw new HttpRequestException($"{unfinished.Length} / {manifest.Bytes}");
        }
    }

    // False when what is there is of no use to this server, so that all must be asked for.
    private async Task<bool> ReceiveOnceAsync(HttpClient client, Uri address, UnfinishedWeights unfinished, ForwardProgress progress, CancellationTokenSource idle)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var start = unfinished.Length;
        request.Headers.Range = start > 0 ? new RangeHeaderValue(start, null) : null;
        idle.CancelAfter(options.IdleTimeout);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, idle.Token);
        var part = response.StatusCode == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange : null;
        if (start > 0 && (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable || (part is not null && part.From != start)))
        {
            return false;
        }

        Check(response);
        CheckSize(unfinished, part is null ? response.Content.Headers.ContentLength : part.Length);
        if (part is null)
        {
            unfinished.StartOver();
        }

        await using var body = await response.Content.ReadAsStreamAsync(idle.Token);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, idle.Token)) > 0; idle.CancelAfter(options.IdleTimeout))
        {
            CheckSize(unfinished, unfinished.Length + read > manifest.Bytes ? unfinished.Length + read : null);
            unfinished.Append(buffer.AsSpan(0, read));
            progress.Report(unfinished.Length);
        }

        return true;
    }

    // A busy or failing server may do better in a moment; any other refusal stays one. HttpClient does not follow a redirect from https to http.
    private void Check(HttpResponseMessage response)
    {
        var status = response.StatusCode;
        if (status >= HttpStatusCode.InternalServerError || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
        {
            throw new HttpRequestException(response.ReasonPhrase, null, status);
        }

        if (response.Headers.Location is { Scheme: "http" } && (int)status / 100 == 3)
        {
            throw Failed(Texts.Get("model.fetch.not-https"));
        }

        if (!(status is HttpStatusCode.OK or HttpStatusCode.PartialContent))
        {
            throw Failed(Texts.Get("model.fetch.status", ("status", (int)status)));
        }
    }

    private void CheckSize(UnfinishedWeights unfinished, long? size)
    {
        if (size is { } other && other != manifest.Bytes)
        {
            unfinished.StartOver();
            throw Failed(Texts.Get("model.fetch.size", ("expected", manifest.Bytes)));
        }
    }

    // At most a byte more than the file should have: it may be anything that somebody gives.
    private byte[] Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[manifest.Bytes + 1];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(Texts.Get("model.given-unreadable", ("file", file), ("detail", cause.Message))) { IsMistake = true };
        }
    }

    private HttpClient Client()
    {
        var handler = options.Handler ?? new SocketsHttpHandler { ConnectTimeout = options.ConnectTimeout, MaxAutomaticRedirections = 5 };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("publication-gate", null));
        return client;
    }

    private ModelException Failed(Text reason) => new(Texts.Get("model.fetch-failed", ("name", manifest.Name), ("address", manifest.Download!), ("reason", reason)));

    // A download that starts over has less than it had; nobody wants to see a bar go back.
    private sealed class ForwardProgress(IProgress<long>? progress)
    {
        private long furthest = -1;

        public void Report(long done)
        {
            if (done > furthest)
            {
                progress?.Report(furthest = done);
            }
        }
    }
}
