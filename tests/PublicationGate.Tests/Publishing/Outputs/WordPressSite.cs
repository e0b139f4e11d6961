using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Publishing.Outputs;

/// <summary>A real WordPress for one fixture; its script takes it away when its input ends, in whatever way these tests end.</summary>
internal sealed class WordPressSite : IDisposable
{
    private readonly Process keeper;

    public WordPressSite()
    {
        using (var any = new TcpListener(IPAddress.Loopback, 0))
        {
            any.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)any.LocalEndpoint).Port}/";
        }

        var start = new ProcessStartInfo(TestFiles.InRepository("tests/wordpress.sh"), [new Uri(Address).Port.ToString(System.Globalization.CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        keeper = Process.Start(start)!;
        var line = keeper.StandardOutput.ReadLine();
        if (line == "missing")
        {
            Assert.Ignore("left out: WordPress is not installed (Debian packages wordpress php-cli php-mysql php-gd mariadb-server)");
        }

        Assert.That(line, Does.StartWith("ready "));
        (User, Password) = (line!.Split(' ')[1], line.Split(' ')[2]);
    }

    public string Address { get; }

    public string User { get; }

    public string Password { get; }

    public void Dispose()
    {
        keeper.StandardInput.Close();
        keeper.WaitForExit(TimeSpan.FromSeconds(30));
        keeper.Dispose();
    }
}
