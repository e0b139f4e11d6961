using System.Security.Cryptography;
using PublicationGate.Faces;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>A folder to fetch weights into, and a download that is patient for half a second.</summary>
public abstract class ModelDownloadFixture
{
    private protected static byte[] Weights { get; } = Enumerable.Range(0, 300_000).Select(at => (byte)(at * 31 >> 3)).ToArray();

    private protected static byte[] Other { get; } = [.. Weights.Reverse()];

    private protected TemporaryFolder Folder { get; private set; } = null!;

    private protected string Target => Folder["models/weights.onnx"];

    private protected string Partial => Target + ".partial";

    [SetUp]
    public void CreateFolder() => Folder = new();

    [TearDown]
    public void DeleteFolder() => Folder.Dispose();

    private protected static ModelDownloadOptions Patience => new() { AllowHttp = true, IdleTimeout = TimeSpan.FromMilliseconds(500), RetryPause = TimeSpan.FromMilliseconds(5) };

    private protected ModelDownload Download(LocalServer server) => Download(server.Address);

    private protected ModelDownload Download(Uri address) => new(Manifest(address), Target, Patience);

    private protected static ModelManifest Manifest(Uri? address) => ModelManifest.Read(Path.Combine(AppContext.BaseDirectory, "models", "yunet.json")) with
    {
        Name = "weights", Download = address, Bytes = Weights.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(Weights)),
    };

    private protected Task AssertFailsAsync(LocalServer server, string told, Heard? heard = null) => AssertFailsAsync(Download(server), told, heard);

    private protected async Task AssertFailsAsync(ModelDownload download, string told, Heard? heard = null)
    {
        var thrown = (await Assert.ThrowsAsync<ModelException>(() => download.FetchAsync(heard, default)))!;
        Assert.That(thrown.Reason.En, Does.Contain(told).And.EndsWith("models get weights FILE"), "what is wrong, and what to do");
        Assert.That(thrown.Reason.Nl, Does.EndWith("models get weights BESTAND"));
        Assert.That(File.Exists(Target), Is.False);
    }

    private protected sealed class Heard : IProgress<long>
    {
        public List<long> Numbers { get; } = [];

        public Action Look { get; init; } = () => { };

        public void Report(long value)
        {
            Numbers.Add(value);
            Look();
        }
    }
}
