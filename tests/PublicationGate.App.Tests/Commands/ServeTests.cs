using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

public class ServeTests
{
    [Test]
    public void Asks_nothing_prints_its_address_and_the_link_and_ends_when_asked()
    {
        using var gate = new Gate();
        using var running = gate.Start(gate.Folder, "serve", "--url", "http://127.0.0.1:0", "--language", "en");
        Assert.That(() => File.Exists(Path.Combine(gate.Data, "watch.lock")), Is.True.After(20_000, 100));
        using var second = gate.Start(gate.Folder, "serve", "--url", "http://127.0.0.1:0", "--language", "en");
        var refused = second.ToEnd(TimeSpan.FromMinutes(1));
        Assert.That((refused.ExitCode, refused.Out), Is.EqualTo((3, "")), "one gate a data folder");

        running.Terminate();
        var run = running.ToEnd(TimeSpan.FromMinutes(1));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Out, Does.Match(@"open at http://127\.0\.0\.1:\d+\.[\s\S]+http://127\.0\.0\.1:\d+/welcome\?token=\S{43}"));
    }

    [Test]
    public void A_port_in_use_is_a_sentence()
    {
        using var gate = new Gate();
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var run = gate.Run("serve", "--url", $"http://{other.LocalEndpoint}", "--language", "en");
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((3, "")));
        Assert.That(run.ErrorLines.Single(), Does.StartWith("Another program listens on"));
    }

    [Test]
    public void A_setting_that_does_not_exist_is_wrong_usage()
    {
        using var gate = new Gate();
        Directory.CreateDirectory(gate.Data);
        File.WriteAllText(Path.Combine(gate.Data, "service.json"), """{"prot": 5080}""");
        var run = gate.Run("serve", "--language", "en");
        Assert.That((run.ExitCode, run.ErrorLines.Single()), Is.EqualTo((2, run.Error.Trim())));
        Assert.That(run.Error, Does.Contain("'prot'"));
    }
}
