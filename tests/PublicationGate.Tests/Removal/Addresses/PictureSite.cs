using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using PublicationGate.Publishing.Outputs;

namespace PublicationGate.Tests.Removal.Addresses;

/// <summary>A web server on this machine that gives what a test put at each path, 404 elsewhere; as an output it posts pictures there.</summary>
internal sealed class PictureSite : IOutput, IDisposable
{
    private readonly HttpListener listener = new();

    public PictureSite()
    {
        using (var any = new TcpListener(IPAddress.Loopback, 0))
        {
            any.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)any.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Address);
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>What stands at each path.</summary>
    public ConcurrentDictionary<string, Func<HttpListenerResponse, Task>> At { get; } = new();

    /// <summary>Paths that were asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>User agents that asked.</summary>
    public ConcurrentQueue<string> Agents { get; } = new();

    /// <summary>Sizes that it makes of each picture beside the whole, as the file that stands there.</summary>
    public Dictionary<string, Func<byte[], byte[]>> Sizes { get; } = [];

    /// <summary>Whether a take-down really removes the files.</summary>
    public bool ReallyRemoves { get; set; } = true;

    public string Name => "site";

    public static Func<HttpListenerResponse, Task> Status(int status, string? location = null) => async response =>
    {
        response.StatusCode = status;
        response.RedirectLocation = location;
        await Task.CompletedTask;
    };

    public static Func<HttpListenerResponse, Task> Gives(byte[] body, string type = "image/png") => async response =>
    {
        response.ContentType = type;
        await response.OutputStream.WriteAsync(body);
    };

    public string PathOf(string path) => Address + path;

    public Task<RemoteCopy> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        var whole = publication.Copy.Bytes.ToArray();
        At[publication.FileName] = Gives(whole);
        foreach (var (name, make) in Sizes)
        {
            At[name + publication.FileName] = Gives(make(whole));
        }

        return Task.FromResult(new RemoteCopy { Id = "1", Addresses = [PathOf(publication.FileName), .. Sizes.Keys.Select(name => PathOf(name + publication.FileName))] });
    }

    public Task TakeDownAsync(TakeDown takeDown, CancellationToken cancellationToken)
    {
        foreach (var address in ReallyRemoves ? takeDown.Remote?.Addresses ?? [] : [])
        {
            At.TryRemove(address[Address.Length..], out _);
        }

        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            var context = await listener.GetContextAsync();
            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath[1..];
        Asked.Enqueue(path);
        Agents.Enqueue(context.Request.UserAgent ?? "");
        await (At.TryGetValue(path, out var answer) ? answer : Status(404))(context.Response);
        context.Response.Close();
    }
}
