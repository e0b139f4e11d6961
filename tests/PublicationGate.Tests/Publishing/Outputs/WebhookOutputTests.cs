using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Publishing.Outputs;

public class WebhookOutputTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly FixedTime Time = new(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
    private static readonly Publication Photo = new(
        "publish_7f", "7f", "website", Time.Now, new(new byte[] { 1, 2, 3 }, ".jpg", "image/jpeg", new string('a', 64)), new("Sportdag", "Samen \"rennen\"", null));

    // The example of the specification.
    [Test]
    public void Signs_as_the_specification_does() => Assert.That(
        WebhookOutput.Signature(Convert.FromBase64String(Secret["whsec_".Length..]), "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", Encoding.UTF8.GetBytes("{\"test\": 2432232314}")),
        Is.EqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

    [Test]
    public async Task Sends_what_is_published_signed_and_nothing_more()
    {
        Receiver.Received? received = null;
        using var receiver = new Receiver(call =>
        {
            received = call;
            return Task.FromResult(204);
        });
        using var output = Output(receiver);
        await output.PublishAsync(Photo, default);
        Assert.That((received!.Id, received.Timestamp), Is.EqualTo(("publish_7f", $"{Time.Now.ToUnixTimeSeconds()}")));
        Assert.That(received.Signature, Is.EqualTo(WebhookOutput.Signature(Convert.FromBase64String(Secret["whsec_".Length..]), received.Id, received.Timestamp, received.Body)));
        using var message = JsonDocument.Parse(received.Body);
        Assert.That(message.RootElement.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "type", "timestamp", "data" }));
        var data = message.RootElement.GetProperty("data");
        Assert.That(data.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "release", "channel", "releasedAt", "title", "caption", "file", "type", "length", "sha256", "copy" }));
        Assert.That(data.GetProperty("copy").GetBytesFromBase64(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(data.GetProperty("caption").GetString(), Is.EqualTo("Samen \"rennen\""));

        await output.TakeDownAsync(new("takedown_7f", "publish_7f", "7f", new()), default);
        Assert.That(Encoding.UTF8.GetString(received.Body), Does.Contain("\"type\":\"photo.taken-down\"").And.EndsWith("\"data\":{\"release\":\"7f\"}}"));
    }

    [TestCase(200)]
    [TestCase(204)]
    public async Task A_yes_is_any_status_of_success(int status)
    {
        using var receiver = new Receiver(_ => Task.FromResult(status));
        using var output = Output(receiver);
        Assert.That(await output.PublishAsync(Photo, default), Is.Not.Null);
    }

    // A redirect could lead anywhere, with the photo.
    [TestCase(302, "http-302", false)]
    [TestCase(410, "http-410", true)]
    [TestCase(500, "http-500", false)]
    public async Task Anything_else_is_a_failure(int status, string code, bool isGone)
    {
        var calls = 0;
        using var receiver = new Receiver(_ => Task.FromResult(++calls == 1 ? status : 200));
        receiver.Headers["Location"] = receiver.Address + "/";
        using var output = Output(receiver);
        var failure = (await Assert.ThrowsAsync<OutputException>(() => output.PublishAsync(Photo, default)))!;
        Assert.That((failure.Code, failure.IsGone, calls), Is.EqualTo((code, isGone, 1)));
    }

    [Test]
    public async Task A_receiver_that_does_not_answer_or_is_away_is_a_failure()
    {
        using var slow = new Receiver(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
            return 200;
        });
        using var patient = Output(slow);
        Assert.That((await Assert.ThrowsAsync<OutputException>(() => patient.PublishAsync(Photo, default)))!.Code, Is.EqualTo("timeout"));
        using var away = new WebhookOutput(new() { Name = "hook", Address = "http://127.0.0.1:1/", Timeout = 1 }, Secret, Time);
        Assert.That((await Assert.ThrowsAsync<OutputException>(() => away.PublishAsync(Photo, default)))!.Code, Is.EqualTo("ConnectionError"));
    }

    [Test]
    public async Task A_receiver_says_when_it_wants_to_be_asked_again()
    {
        using var receiver = new Receiver(_ => Task.FromResult(429));
        receiver.Headers["Retry-After"] = "120";
        using var output = Output(receiver);
        Assert.That((await Assert.ThrowsAsync<OutputException>(() => output.PublishAsync(Photo, default)))!.RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(2)));
    }

    // The second answer lies ready when the next call comes on the same connection.
    [Test]
    public async Task A_second_answer_to_one_call_is_none_to_the_next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var calls = 0;
        var serving = Task.Run(async () =>
        {
            while (calls < 2)
            {
                using var caller = await listener.AcceptTcpClientAsync();
                var (stream, buffer, owes) = (caller.GetStream(), new byte[64 * 1024], false);
                // The call is smaller than the buffer, and comes in two pieces at most.
                while (calls < 2 && await stream.ReadAsync(buffer) is > 0 and var read)
                {
                    if (!Encoding.ASCII.GetString(buffer, 0, read).Contains("}}", StringComparison.Ordinal))
                    {
                        continue;
                    }

                    var status = ++calls == 1 ? 200 : 500;
                    await stream.WriteAsync(Encoding.ASCII.GetBytes((owes ? "HTTP/1.1 200 Again\r\nContent-Length: 0\r\n\r\n" : "") + $"HTTP/1.1 {status} Said\r\nContent-Length: 0\r\n\r\n"));
                    owes = true;
                }
            }
        });
        using var output = new WebhookOutput(new() { Name = "hook", Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/", Timeout = 10 }, Secret, Time);
        await output.PublishAsync(Photo, default);
        Assert.That((await Assert.ThrowsAsync<OutputException>(() => output.PublishAsync(Photo with { Key = "publish_80" }, default)))!.Code, Is.EqualTo("http-500"));
        await serving;
    }

    private static WebhookOutput Output(Receiver receiver) => new(new() { Name = "hook", Address = receiver.Address, Timeout = 1 }, Secret, Time);
}
