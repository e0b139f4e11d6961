using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using PublicationGate.Faces;
using PublicationGate.Tests.Support;
using static PublicationGate.Tests.Support.LocalServer;

namespace PublicationGate.Tests.Faces;

/// <summary>From where weights are fetched: only over TLS, from a server that can say who it is, and wherever it redirects to.</summary>
public class ModelDownloadAddressTests : ModelDownloadFixture
{
    [Test]
    public async Task Fetches_over_TLS()
    {
        using var certificate = Certificate();
        using var server = new LocalServer(certificate, Gives(Weights, cutAfter: 100_000), Gives(Weights));
        using var trusting = Trusting(certificate);
        await new ModelDownload(Manifest(server.Address), Target, Patience with { AllowHttp = false, Handler = trusting }).FetchAsync(null, default);
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
    }

    [Test]
    public async Task Refuses_a_server_that_cannot_say_who_it_is()
    {
        using var certificate = Certificate();
        using var server = new LocalServer(certificate, Gives(Weights));
        await AssertFailsAsync(new ModelDownload(Manifest(server.Address), Target, Patience with { AllowHttp = false, Retries = 1 }), "no connection");
    }

    [Test]
    public async Task Refuses_to_be_sent_on_to_an_address_without_TLS()
    {
        using var insecure = new LocalServer(Gives(Weights));
        using var certificate = Certificate();
        using var server = new LocalServer(certificate, Says("302 Found", $"Location: {insecure.Address}"));
        using var trusting = Trusting(certificate);
        await AssertFailsAsync(new ModelDownload(Manifest(server.Address), Target, Patience with { AllowHttp = false, Handler = trusting }), "no https");
        Assert.That(insecure.Calls, Is.Zero);
    }

    [Test]
    public async Task Refuses_an_address_without_TLS()
    {
        using var server = new LocalServer(Gives(Weights));
        await AssertFailsAsync(new ModelDownload(Manifest(server.Address), Target), "no https");
        Assert.That(server.Calls, Is.Zero);
    }

    [Test]
    public async Task Follows_a_redirect()
    {
        using var there = new LocalServer(Gives(Weights));
        using var server = new LocalServer(Says("302 Found", $"Location: {there.Address}"));
        await Download(server).FetchAsync(null, default);
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate) =>
        new() { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown) } };
}
