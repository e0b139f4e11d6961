using System.Net;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Removal.Addresses;

namespace PublicationGate.Tests.Removal.Addresses;

/// <summary>Where addresses that outsiders name may lead.</summary>
public class PublicInternetTests
{
    [TestCase("127.0.0.1")]
    [TestCase("127.8.8.8")]
    [TestCase("0.0.0.0")]
    [TestCase("10.1.2.3")]
    [TestCase("100.64.0.1")]
    [TestCase("100.127.255.255")]
    [TestCase("169.254.169.254")]
    [TestCase("172.16.0.1")]
    [TestCase("172.31.255.255")]
    [TestCase("192.168.1.1")]
    [TestCase("192.0.0.8")]
    [TestCase("192.0.2.1")]
    [TestCase("198.18.0.1")]
    [TestCase("198.51.100.7")]
    [TestCase("203.0.113.7")]
    [TestCase("224.0.0.1")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("::127.0.0.1")]
    [TestCase("64:ff9b::7f00:1")]
    [TestCase("64:ff9b::a9fe:a9fe")]
    [TestCase("64:ff9b:1::808:808")]
    [TestCase("fc00::1")]
    [TestCase("fd12:3456::1")]
    [TestCase("fe80::1")]
    [TestCase("fec0::1")]
    [TestCase("ff02::1")]
    [TestCase("100::1")]
    [TestCase("2001:0:4136:e378::1")]
    [TestCase("2001:db8::1")]
    [TestCase("2002:7f00:1::1")]
    public void Not_public(string address) => Assert.That(PublicInternet.Has(IPAddress.Parse(address)), Is.False);

    [TestCase("8.8.8.8")]
    [TestCase("100.63.255.255")]
    [TestCase("100.128.0.1")]
    [TestCase("172.15.255.255")]
    [TestCase("172.32.0.1")]
    [TestCase("192.167.255.255")]
    [TestCase("::ffff:8.8.8.8")]
    [TestCase("64:ff9b::808:808")]
    [TestCase("2606:4700::1111")]
    [TestCase("2a00:1450:400e::200e")]
    public void Public(string address) => Assert.That(PublicInternet.Has(IPAddress.Parse(address)), Is.True);

    [TestCase("https://school.example/foto.jpg", "https://school.example/foto.jpg")]
    [TestCase("  HTTP://School.Example:8080/a%2Fb?x=1#deel ", "http://school.example:8080/a%2Fb?x=1")]
    [TestCase("https://school.example", "https://school.example/")]
    [TestCase("http://0x7f.1/", "http://127.0.0.1/")]
    [TestCase("ftp://school.example/foto.jpg", null)]
    [TestCase("file:///etc/passwd", null)]
    [TestCase("/etc/passwd", null)]
    [TestCase("gopher://school.example/", null)]
    [TestCase("javascript:alert(1)", null)]
    [TestCase("https://naam:geheim@school.example/", null)]
    [TestCase("school.example/foto.jpg", null)]
    [TestCase("https://", null)]
    [TestCase("", null)]
    [TestCase("https://\u00e9-\u05d0.nl/foto.jpg", null)]
    public void An_address_of_the_web_is_kept_as_it_is_called(string given, string? kept) => Assert.That(WebAddress.Of(given), Is.EqualTo(kept));

    [Test]
    public void Receivers_of_webhooks_are_called_for_their_output_only()
    {
        var outputs = new OutputList(
            [new() { Name = "site", Kind = OutputKind.Wordpress, Address = "http://127.0.0.1:8080/blog" }, new() { Name = "hook", Kind = OutputKind.Webhook, Address = "http://10.0.0.5/in" }, new() { Name = "map", Kind = OutputKind.Folder, Folder = "/srv" }],
            new Dictionary<string, string>());
        Assert.That(WebAddress.OwnReceivers(outputs, AddressFrom.Output), Is.EquivalentTo(new[] { "127.0.0.1:8080", "10.0.0.5:80" }));
        Assert.That(WebAddress.OwnReceivers(outputs, AddressFrom.Parent), Is.EquivalentTo(new[] { "127.0.0.1:8080" }));
    }
}
