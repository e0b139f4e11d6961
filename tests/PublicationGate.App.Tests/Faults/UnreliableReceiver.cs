using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PublicationGate.App.Tests.Faults;

/// <summary>
/// A program that is told of releases and answers as it likes: not at all, late, with a failure although it took the message, twice, half. Now and then it is away. It notes what it took, in
/// the order in which that came. Plain sockets: a cut must be one.
/// </summary>
internal sealed class UnreliableReceiver : IDisposable
{
    /// <summary>What messages are signed with.</summary>
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1.5);
    private static readonly byte[] Yes = Status(200);

    private readonly CancellationTokenSource ended = new();
    private readonly Random random;
    private readonly int port;
    private TcpListener listener = new(IPAddress.Loopback, 0);

    public UnreliableReceiver(int seed)
    {
        random = new(seed);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = ListenAsync();
        _ = ComeAndGoAsync();
    }

    /// <summary>How it answers, in equal shares.</summary>
    public enum Answer
    {
        Well,
        WellAgain,
        WellOnceMore,
        RefusedWithoutTaking,
        CutWithoutTaking,
        NeverWithoutTaking,
        FailedAfterTaking,
        CutAfterTaking,
        HalfAfterTaking,
        LateAfterTaking,
        TwiceAfterTaking,
    }

    public string Address => $"http://127.0.0.1:{port}/hook";

    /// <summary>From when this is set it takes everything and says so.</summary>
    public bool IsReliable { get; set; }

    /// <summary>What it took, repeats included.</summary>
    public ConcurrentQueue<(string Id, string Type, string Release)> Taken { get; } = [];

    /// <summary>What was wrong with messages.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    /// <summary>How often it answered in which way.</summary>
    public ConcurrentDictionary<Answer, int> Answers { get; } = [];

    /// <summary>Whether it took take-downs, and messages that it had taken before.</summary>
    public bool SawMuch => Taken.Count(message => message.Type == "photo.taken-down") > 1 && Taken.DistinctBy(message => message.Id).Count() < Taken.Count;

    /// <summary>Waits until so many more messages came, whatever it does with them: what a life of the gate is measured by, since machines differ.</summary>
    public async Task HearAsync(int more, TimeSpan atMost)
    {
        var until = Answers.Values.Sum() + more;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < atMost && Answers.Values.Sum() < until;)
        {
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        ended.Cancel();
        listener.Dispose();
        ended.Dispose();
    }

    // Connections are refused for a second or two, then taken again.
    private async Task ComeAndGoAsync()
    {
        while (!IsReliable)
        {
            await Task.Delay(TimeSpan.FromSeconds(2 + (Next(600) / 100.0)), ended.Token);
            listener.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(0.5 + (Next(150) / 100.0)), ended.Token);
            listener = new(IPAddress.Loopback, port);
            listener.Start();
            _ = ListenAsync();
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            for (var here = listener; ;)
            {
                _ = ConverseAsync(await here.AcceptTcpClientAsync());
            }
        }
        catch (Exception away) when (away is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ConverseAsync(TcpClient caller)
    {
        using (caller)
        {
            try
            {
                var stream = caller.GetStream();
                var owes = false;
                while (await ReadAsync(stream) is var (headers, body))
                {
                    // The second answer to the message before comes as if it were the first to this one.
                    if (owes)
                    {
                        await stream.WriteAsync(Yes);
                    }

                    var answer = IsReliable ? Answer.Well : (Answer)Next(Enum.GetValues<Answer>().Length);
                    Answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
                    Note(headers, body, isTaken: answer is not (Answer.RefusedWithoutTaking or Answer.CutWithoutTaking or Answer.NeverWithoutTaking));
                    if (!await GiveAsync(stream, answer))
                    {
                        return;
                    }

                    owes = answer == Answer.TwiceAfterTaking;
                }
            }
            catch (IOException)
            {
                // The caller did not wait, or was killed.
            }
        }
    }

    // False when the connection is cut.
    private async Task<bool> GiveAsync(NetworkStream stream, Answer answer)
    {
        if (answer is Answer.LateAfterTaking or Answer.NeverWithoutTaking)
        {
            await Task.Delay(Late, ended.Token);
        }

        var said = answer switch
        {
            Answer.CutWithoutTaking or Answer.NeverWithoutTaking or Answer.CutAfterTaking => [],
            Answer.RefusedWithoutTaking or Answer.FailedAfterTaking => Status(Next(2) == 0 ? 500 : 503),
            Answer.HalfAfterTaking => Yes[..12],
            _ => Yes,
        };
        await stream.WriteAsync(said);
        return said.Length > 12;
    }

    private void Note(Dictionary<string, string> headers, byte[] body, bool isTaken)
    {
        var (id, time) = (headers["webhook-id"], headers["webhook-timestamp"]);
        var signature = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body]));
        if (headers["webhook-signature"] != signature)
        {
            Wrong.Enqueue($"{id}: its signature");
        }

        if (isTaken)
        {
            using var message = JsonDocument.Parse(body);
            Taken.Enqueue((id, message.RootElement.GetProperty("type").GetString()!, message.RootElement.GetProperty("data").GetProperty("release").GetString()!));
        }
    }

    // Null when the caller has hung up.
    private static async Task<(Dictionary<string, string> Headers, byte[] Body)?> ReadAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        (Dictionary<string, string> Headers, int Start, int Length)? head = null;
        while (head is null || received.Count < head.Value.Start + head.Value.Length)
        {
            if (await stream.ReadAsync(buffer) is not (> 0 and var read))
            {
                return null;
            }

            received.AddRange(buffer.AsSpan(0, read));
            head ??= HeadOf([.. received]);
        }

        return (head.Value.Headers, [.. received[head.Value.Start..]]);
    }

    private static (Dictionary<string, string> Headers, int Start, int Length)? HeadOf(byte[] received)
    {
        var end = received.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var headers = Encoding.ASCII.GetString(received[..end]).Split("\r\n").Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return (headers, end + 4, int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture));
    }

    private static byte[] Status(int status) => Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Said\r\nContent-Length: 0\r\n\r\n");

    private int Next(int below)
    {
        lock (random)
        {
            return random.Next(below);
        }
    }
}
