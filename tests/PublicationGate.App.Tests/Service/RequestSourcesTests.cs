using System.Net;
using PublicationGate.App.Requests;
using PublicationGate.Tests.Intake;

namespace PublicationGate.App.Tests.Service;

/// <summary>Senders of removal requests, told apart.</summary>
public class RequestSourcesTests
{
    [Test]
    public void A_sender_is_the_same_after_the_next_start_and_nobody_else_reads_the_key()
    {
        using var data = new TemporaryFolder();
        var first = Open(data);
        Assert.That(Open(data).Of(IPAddress.Parse("192.0.2.1")), Is.EqualTo(first.Of(IPAddress.Parse("192.0.2.1"))));
        Assert.That(first.Of(IPAddress.Parse("192.0.2.2")), Is.Not.EqualTo(first.Of(IPAddress.Parse("192.0.2.1"))));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(data[DataFolder.RequestKey]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        using var other = new TemporaryFolder();
        Assert.That(Open(other).Of(IPAddress.Parse("192.0.2.1")), Is.Not.EqualTo(first.Of(IPAddress.Parse("192.0.2.1"))));
    }

    private static RequestSources Open(TemporaryFolder data) => new(DataFolder.Secret(new DirectoryInfo(data.Path), DataFolder.RequestKey));
}
