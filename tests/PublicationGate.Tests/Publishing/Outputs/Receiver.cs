using System.Net;
using System.Net.Sockets;

namespace PublicationGate.Tests.Publishing.Outputs;

/// <summary>A program that is told by HTTP, on the loopback interface; a test says how it answers each call.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<Received, Task<int>> answer;
    private readonly Task serving;

    /// <param name="answer">Status of the answer; 0 for none at all, the connection is cut.</param>
    public Receiver(Func<Received, Task<int>> answer)
    {
        this.answer = answer;
        using (var any = new TcpListener(IPAddress.Loopback, 0))
        {
            any.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)any.LocalEndpoint).Port}/hook";
        }

        listener.Prefixes.Add(Address + "/");
        listener.Start();
        serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>What is said beside the status.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public void Dispose()
    {
        listener.Close();
        serving.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        string Header(string name) => context.Request.Headers[name] ?? "";
        var status = await answer(new(Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body.ToArray()));
        try
        {
            if (status == 0)
            {
                context.Response.Abort();
                return;
            }

            foreach (var (name, value) in Headers)
            {
                context.Response.Headers[name] = value;
            }

            context.Response.StatusCode = status;
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The caller did not wait.
        }
    }

    /// <summary>One call.</summary>
    internal sealed record Received(string Id, string Timestamp, string Signature, byte[] Body);
}
