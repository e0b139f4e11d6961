using System.Security.Cryptography;
using System.Text.Json;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Imaging.Metadata;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Imaging.Apart;

/// <summary>Where a photo was decoded must not show in its verdict: to the last bit, for sound files and for those made to break software.</summary>
[NonParallelizable]
public class SameApartTests
{
    private ApartDecoder apart = null!;

    [OneTimeSetUp]
    public void Start() => apart = Decoders.Apart(new() { Processes = 1 });

    [OneTimeTearDown]
    public void End() => apart.Dispose();

    [Test]
    public void Photographs_come_out_the_same_here_and_apart() =>
        Same(Directory.GetFiles(TestFiles.InRepository("samples/album"), "*.*", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(TestFiles.InRepository("node_modules/soft-ui-design-system/assets/img"), "*.jpg")));

    [Test]
    [Category("Corpus")]
    public void Broken_files_come_out_the_same_here_and_apart_and_end_no_process()
    {
        using var ends = new Decoders.Ends();
        var every = LongForm.IsAsked ? 1 : 3;
        Same(Directory.GetFiles(TestFiles.Shared("corpora/bad"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, at) => at % every == 0));
        TestContext.Out.WriteLine($"ended: {string.Join(", ", ends.Reasons)}");
        Assert.That(ends.Reasons.Where(reason => reason != "memory"), Is.Empty);
        Assert.That(apart.ProcessIds, Has.Count.LessThanOrEqualTo(1));
    }

    [TestCase("<x:xmpmeta xmlns:x='adobe:ns:meta/'>")]
    [TestCase(null)]
    public void Sidecars_come_out_the_same_here_and_apart(string? damaged)
    {
        var whole = System.Text.Encoding.UTF8.GetBytes(Carriers.Xmp("<dc:creator><rdf:Seq><rdf:li>Fenna de Vries</rdf:li></rdf:Seq></dc:creator>"));
        foreach (var content in new byte[]?[] { whole, damaged is null ? null : System.Text.Encoding.UTF8.GetBytes(damaged) })
        {
            var sidecar = new Sidecar("foto.xmp", content is null ? null : (ReadOnlyMemory<byte>?)content);
            Assert.That(Written(apart.ReadSidecar(sidecar, CancellationToken.None)), Is.EqualTo(Written(Photos.Decoder.ReadSidecar(sidecar, CancellationToken.None))));
        }

        Assert.That(apart.ReadSidecar(new("foto.xmp", whole), CancellationToken.None).Entries, Is.Not.Empty);
    }

    private void Same(IEnumerable<string> files)
    {
        var count = 0;
        Assert.Multiple(() =>
        {
            foreach (var file in files.Order(StringComparer.Ordinal))
            {
                var content = File.ReadAllBytes(file);
                Assert.That(Seen(apart, content), Is.EqualTo(Seen(Photos.Decoder, content)), file);
                count++;
            }
        });
        Assert.That(count, Is.GreaterThan(20));
    }

    // Everything that a look takes from a decoder: header, pixels at two sizes, one inside the other, warnings, what travels along, or the problem.
    private static string Seen(IImageDecoder decoder, byte[] content)
    {
        var seen = new List<string>();
        try
        {
            using var image = decoder.Open(content, CancellationToken.None);
            var header = image.ReadHeader();
            seen.Add(header.ToString());
            var hasWarnings = false;
            PictureView? shown = null;
            foreach (var frame in image.DecodeFrames(header, 320, () => hasWarnings = true))
            {
                using (frame)
                {
                    shown ??= PictureView.Of(frame);
                    using var larger = image.DecodeFrames(header, 640, () => hasWarnings = true).First();
                    seen.Add($"{frame.Width} {frame.Height} {Convert.ToHexString(SHA256.HashData(frame.Bytes))} {Convert.ToHexString(SHA256.HashData(larger.Bytes))}");
                }
            }

            seen.Add($"{hasWarnings} {Written(image.ReadMetadata(header.Format, shown ?? PictureView.OfNothing))}");
        }
        catch (UnreadableImageException unreadable)
        {
            seen.Add(unreadable.Problem.ToString());
        }

        return string.Join('\n', seen);
    }

    private static string Written(MetadataFacts facts) => JsonSerializer.Serialize(facts);
}
