using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PublicationGate.Tests.Publishing.Outputs;

/// <summary>A program that is told by HTTP, on the loopback interface; a test says how it answers each call. Plain sockets: a cut must be one.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<Received, Task<int>> answer;

    /// <param name="answer">Status of the answer; 0 for none at all, the connection is cut.</param>
    public Receiver(Func<Received, Task<int>> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = ServeAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook";

    /// <summary>What is said beside the status.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        while (true)
        {
            _ = AnswerAsync(await listener.AcceptTcpClientAsync());
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var (headers, body) = await ReadAsync(stream);
                string Header(string name) => headers.GetValueOrDefault(name, "");
                var status = await answer(new(Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body));
                if (status > 0)
                {
                    var more = string.Concat(Headers.Select(header => $"{header.Key}: {header.Value}\r\n"));
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Said\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n"));
                }
            }
            catch (IOException)
            {
                // The caller did not wait.
            }
        }
    }

    private static async Task<(Dictionary<string, string> Headers, byte[] Body)> ReadAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        int end;
        while ((end = received.ToArray().AsSpan().IndexOf("\r\n\r\n"u8)) < 0)
        {
            received.AddRange(buffer.AsSpan(0, await ReadSomeAsync(stream, buffer)));
        }

        var headers = Encoding.ASCII.GetString([.. received[..end]]).Split("\r\n").Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        while (received.Count < end + 4 + length)
        {
            received.AddRange(buffer.AsSpan(0, await ReadSomeAsync(stream, buffer)));
        }

        return (headers, [.. received[(end + 4)..]]);
    }

    private static async Task<int> ReadSomeAsync(NetworkStream stream, byte[] buffer) =>
        await stream.ReadAsync(buffer) is > 0 and var read ? read : throw new IOException("ended");

    /// <summary>One call.</summary>
    internal sealed record Received(string Id, string Timestamp, string Signature, byte[] Body);
}
