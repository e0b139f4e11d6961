using System.Net;
using System.Net.Http.Headers;

namespace PublicationGate.Publishing.Outputs;

/// <summary>Calls to one receiver: no redirects, since a secret goes along; a limit of time, and of what it may answer.</summary>
internal sealed class OutputCalls : IDisposable
{
    // A list of ten media with all their sizes is some 50 kB.
    private const long LongestAnswer = 4 * 1024 * 1024;

    private readonly HttpClient client;

    public OutputCalls(TimeSpan timeout)
    {
        // A connection for each call: a receiver that answers twice would otherwise have its second answer taken for one to the next call, and what it never took would count as delivered.
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = timeout, PooledConnectionLifetime = TimeSpan.Zero })
        {
            Timeout = timeout, MaxResponseContentBufferSize = LongestAnswer,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("publication-gate", null));
    }

    /// <summary>Who calls, for every call.</summary>
    public AuthenticationHeaderValue? Authorization
    {
        set => client.DefaultRequestHeaders.Authorization = value;
    }

    /// <summary>Sends a request; its answer, whatever status it has.</summary>
    /// <exception cref="OutputException">There was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption until, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, until, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new OutputException(failure.HttpRequestError.ToString(), failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutputException("timeout", failure);
        }
    }

    /// <summary>What a status that means no success means: some will be another in a while, others stay until a person changes something.</summary>
    public static OutputException Refusal(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        var after = answer.Headers.RetryAfter?.Delta;
        return new($"http-{status}")
        {
            IsGone = answer.StatusCode == HttpStatusCode.Gone,
            RetryAfter = after > TimeSpan.Zero ? after : null,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
