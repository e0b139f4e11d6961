using System.Runtime.Versioning;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

[Platform("Linux,MacOsX", Reason = "links and pipes as Unix has them")]
[UnsupportedOSPlatform("windows")]
public class SidecarTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void CreateFolder() => folder = new TemporaryFolder().Photo("dag.jpg", "andere.jpg");

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public async Task Belong_to_the_photo_of_their_name()
    {
        folder.Text("dag.xmp", "een").Text("dag.jpg.XMP", "twee").Text("andere.jpg.xmp", "drie").Text("dagje.xmp", "vier");
        var sidecars = await OfDagAsync();
        Assert.That(sidecars.Select(sidecar => $"{sidecar.Name} {System.Text.Encoding.UTF8.GetString(sidecar.Content!.Value.Span)}"), Is.EqualTo(new[] { "dag.jpg.XMP twee", "dag.xmp een" }));
    }

    [Test]
    public async Task Have_no_content_when_too_large_or_a_link_or_a_pipe([Values("large", "link", "pipe")] string kind)
    {
        switch (kind)
        {
            case "large":
                folder.Write("dag.xmp", new byte[Sidecar.MaximumBytes + 1]);
                break;
            case "link":
                File.CreateSymbolicLink(folder["dag.xmp"], folder["andere.jpg"]);
                break;
            default:
                folder.Pipe("dag.xmp");
                break;
        }

        Assert.That((await OfDagAsync()).Single().Content, Is.Null);
    }

    private async Task<IReadOnlyList<Sidecar>> OfDagAsync()
    {
        using var file = await MediaFile.ReadAsync(folder["dag.jpg"], "dag.jpg", new(), default);
        return file.Sidecars;
    }
}
