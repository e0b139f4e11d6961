using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace PublicationGate.Tests.Support;

/// <summary>A real web server on the loopback interface that answers call after call as a test says; the last answer holds for all that follow.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly X509Certificate2? certificate;
    private readonly Func<Call, Task>[] answers;
    private int calls;

    public LocalServer(params Func<Call, Task>[] answers)
        : this(null, answers)
    {
    }

    public LocalServer(X509Certificate2? certificate, params Func<Call, Task>[] answers)
    {
        (this.certificate, this.answers) = (certificate, answers);
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>How many calls came in.</summary>
    public int Calls => calls;

    /// <summary>From which byte on each call asked; 0 for all.</summary>
    public List<long> Starts { get; } = [];

    public Uri Address => new($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/model.onnx");

    /// <summary>A certificate for this machine that nobody signed.</summary>
    public static X509Certificate2 Certificate(string subject = "CN=localhost")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    /// <summary>The file as servers with range support give it; the connection is cut after so many bytes.</summary>
    public static Func<Call, Task> Gives(byte[] file, int cutAfter = int.MaxValue, string? shift = null) => call =>
        call.Start == 0 ? call.SendAsync("200 OK", file, $"Content-Length: {file.Length}", cutAfter)
        : call.Start >= file.Length ? call.SendAsync("416 Range Not Satisfiable", [], $"Content-Range: bytes */{file.Length}\r\nContent-Length: 0")
        : call.SendAsync("206 Partial Content", file[(int)call.Start..], $"Content-Range: bytes {shift ?? $"{call.Start}"}-{file.Length - 1}/{file.Length}\r\nContent-Length: {file.Length - call.Start}", cutAfter);

    /// <summary>The whole file, whatever is asked.</summary>
    public static Func<Call, Task> GivesAll(byte[] file) => call => call.SendAsync("200 OK", file, $"Content-Length: {file.Length}");

    /// <summary>Bytes of unsaid number; the end of the connection is their end.</summary>
    public static Func<Call, Task> Pours(byte[] file) => call => call.SendAsync("200 OK", file, "X-Size: unsaid");

    public static Func<Call, Task> Says(string status, string header = "X-Nothing: here") => call => call.SendAsync(status, [], header + "\r\nContent-Length: 0");

    /// <summary>The beginning of the file, and then nothing.</summary>
    public static Func<Call, Task> Stalls(byte[] file, int after) => async call =>
    {
        await call.SendAsync("200 OK", file[..after], $"Content-Length: {file.Length}");
        await Task.Delay(Timeout.Infinite, call.End);
    };

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!end.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(end.Token);
            _ = AnswerAsync(client, answers[Math.Min(Interlocked.Increment(ref calls), answers.Length) - 1]);
        }
    }

    private async Task AnswerAsync(TcpClient client, Func<Call, Task> answer)
    {
        using (client)
        {
            Stream stream = client.GetStream();
            if (certificate is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(certificate);
                stream = secure;
            }

            var head = new StringBuilder();
            var buffer = new byte[4096];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(buffer, end.Token);
                if (read == 0)
                {
                    return;
                }

                head.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }

            var range = Regex.Match(head.ToString(), @"(?im)^Range: bytes=(\d+)-\s*$");
            var call = new Call(range.Success ? long.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture) : 0, stream, end.Token);
            lock (Starts)
            {
                Starts.Add(call.Start);
            }

            await answer(call);
            await stream.DisposeAsync();
        }
    }

    /// <summary>One call on the server.</summary>
    internal sealed record Call(long Start, Stream Stream, CancellationToken End)
    {
        public async Task SendAsync(string status, byte[] body, string headers, int cutAfter = int.MaxValue)
        {
            await Stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n\r\n"), End);
            await Stream.WriteAsync(body.AsMemory(0, Math.Min(body.Length, cutAfter)), End);
            await Stream.FlushAsync(End);
        }
    }
}
