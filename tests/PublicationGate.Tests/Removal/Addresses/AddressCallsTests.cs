using System.Net;
using PublicationGate.Removal.Addresses;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Removal.Addresses;

/// <summary>What is met at addresses, on a real server of this machine.</summary>
public class AddressCallsTests
{
    private static readonly PostedAddressOptions Quick = new() { Timeout = TimeSpan.FromSeconds(5), QuickPause = TimeSpan.FromMilliseconds(1), LongestAnswer = 4096, MostRedirects = 3 };

    private PictureSite site = null!;

    [SetUp]
    public void Start() => site = new PictureSite();

    [TearDown]
    public void Stop() => site.Dispose();

    [TestCase(404)]
    [TestCase(410)]
    [TestCase(401)]
    [TestCase(500)]
    public async Task A_status_is_told_and_its_body_is_not_read(int status)
    {
        site.At["foto"] = PictureSite.Status(status);
        var met = await GetAsync("foto");
        Assert.That((met.Status, met.Failure, met.Body.Length), Is.EqualTo(((HttpStatusCode?)status, (string?)null, 0)));
    }

    [Test]
    public async Task A_file_is_read_whole_and_the_gate_says_who_it_is()
    {
        site.At["foto"] = PictureSite.Gives([1, 2, 3]);
        var met = await GetAsync("foto");
        Assert.That((met.Body.ToArray(), met.MediaType), Is.EqualTo((new byte[] { 1, 2, 3 }, "image/png")));
        Assert.That(site.Agents.Single(), Does.StartWith("publication-gate "));
    }

    [Test]
    public async Task Redirects_are_followed_and_not_for_ever()
    {
        site.At["een"] = PictureSite.Status(302, "/twee");
        site.At["twee"] = PictureSite.Status(301, site.PathOf("drie"));
        site.At["rond"] = PictureSite.Status(307, "/rond");
        Assert.That((await GetAsync("een")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await GetAsync("rond")).Failure, Is.EqualTo("redirects"));
        Assert.That(site.Asked.Count(path => path == "rond"), Is.EqualTo(4));
    }

    [Test]
    public async Task A_redirect_into_the_network_is_not_followed()
    {
        using var inside = new PictureSite();
        site.At["uit"] = PictureSite.Status(302, inside.PathOf("beheer"));
        site.At["bestand"] = PictureSite.Status(302, "file:///etc/passwd");
        Assert.That((await GetAsync("uit")).Failure, Is.EqualTo("not-public"));
        Assert.That((await GetAsync("bestand")).Failure, Is.EqualTo("not-public"));
        Assert.That(inside.Asked, Is.Empty);
    }

    [Test]
    public async Task What_is_too_large_or_packed_or_too_slow_says_nothing()
    {
        site.At["groot"] = PictureSite.Gives(new byte[5000]);
        site.At["ingepakt"] = async response =>
        {
            response.Headers.Add("Content-Encoding", "gzip");
            await response.OutputStream.WriteAsync(new byte[10]);
        };
        site.At["traag"] = _ => Task.Delay(Timeout.Infinite);
        Assert.That((await GetAsync("groot")).Failure, Is.EqualTo("too-large"));
        Assert.That((await GetAsync("ingepakt")).Failure, Is.EqualTo("packed"));
        using var calls = Calls(Quick with { Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.That((await calls.GetAsync(new(site.PathOf("traag")), default)).Failure, Is.EqualTo("timeout"));
    }

    [Test]
    public async Task What_breaks_off_is_tried_once_more()
    {
        var file = new byte[100];
        using var server = new LocalServer(LocalServer.Gives(file, cutAfter: 10), LocalServer.GivesAll(file));
        using var calls = new AddressCalls(Quick, new HashSet<string> { $"127.0.0.1:{server.Address.Port}" }, TimeProvider.System);
        var met = await calls.GetAsync(server.Address, default);
        Assert.That((met.Body.Length, server.Calls), Is.EqualTo((100, 2)));
    }

    [TestCase("http://127.0.0.1/")]
    [TestCase("http://localhost/")]
    [TestCase("http://[::1]/")]
    [TestCase("http://[::ffff:127.0.0.1]/")]
    [TestCase("http://169.254.169.254/latest/meta-data/")]
    [TestCase("http://10.0.0.1/")]
    [TestCase("https://192.168.1.1/")]
    [TestCase("http://2130706433/")]
    [TestCase("http://0177.0.0.1/")]
    [TestCase("http://8.8.8.8:22/")]
    [TestCase("http://8.8.8.8:8080/")]
    [TestCase("ftp://8.8.8.8/")]
    public async Task Strangers_cannot_lead_the_gate_into_its_own_network_or_to_odd_ports(string address)
    {
        using var calls = new AddressCalls(Quick, new HashSet<string>(), TimeProvider.System);
        Assert.That((await calls.GetAsync(new(address), default)).Failure, Is.EqualTo("not-public"));
    }

    [Test]
    public async Task A_name_that_leads_inside_by_the_time_of_the_call_leads_nowhere()
    {
        var asked = 0;
        using var calls = new AddressCalls(Quick, new HashSet<string>(), TimeProvider.System, (host, _) =>
        {
            asked++;
            Assert.That(host, Is.EqualTo("rebind.example"));
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("10.0.0.1"), IPAddress.IPv6Loopback]);
        });
        Assert.That((await calls.GetAsync(new("http://rebind.example/"), default)).Failure, Is.EqualTo("not-public"));
        Assert.That(asked, Is.EqualTo(1), "the name is looked up once, where it is connected");
    }

    [Test]
    public async Task A_name_that_nobody_knows_says_nothing()
    {
        using var calls = new AddressCalls(Quick, new HashSet<string>(), TimeProvider.System, (_, _) => throw new System.Net.Sockets.SocketException(11001));
        var met = await calls.GetAsync(new("http://weg.example/"), default);
        Assert.That((met.Status, met.Failure), Is.Not.EqualTo(((HttpStatusCode?)null, (string?)null)));
    }

    private AddressCalls Calls(PostedAddressOptions options) => new(options, new HashSet<string> { new Uri(site.Address).Authority }, TimeProvider.System);

    private async Task<MetAnswer> GetAsync(string path)
    {
        using var calls = Calls(Quick);
        return await calls.GetAsync(new(site.PathOf(path)), default);
    }
}
