using System.Runtime.Versioning;
using System.Security.Cryptography;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

[Platform("Linux", Reason = "sparse files, pipes, devices and rights as Linux has them")]
[UnsupportedOSPlatform("windows")]
public class MediaFileTests
{
    private static readonly IntakeOptions Options = new();
    private TemporaryFolder folder = null!;

    [SetUp]
    public void CreateFolder() => folder = new();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(131072)]
    [TestCase(131073)]
    [TestCase(3_000_000)]
    public async Task Holds_exactly_the_bytes_that_its_hash_is_of(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        folder.Write("dag.jpg", bytes);

        using var file = await Read("dag.jpg");

        Assert.Multiple(() =>
        {
            Assert.That(file.Problem, Is.EqualTo(IntakeProblem.None));
            Assert.That(file.Reason, Is.Null);
            Assert.That(file.Path, Is.EqualTo("album/dag.jpg"));
            Assert.That(file.FileName, Is.EqualTo("dag.jpg"));
            Assert.That(file.Length, Is.EqualTo(length));
            Assert.That(file.Content.ToArray(), Is.EqualTo(bytes));
            Assert.That(file.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(bytes))));
        });
    }

    [Test]
    public async Task Keeps_a_file_of_the_limit_and_only_hashes_one_byte_more()
    {
        foreach (var (name, length) in new[] { ("limit.jpg", Options.MaximumBytes), ("over.jpg", Options.MaximumBytes + 1) })
        {
            using var sparse = File.Create(folder[name]);
            sparse.SetLength(length);
        }

        using var limit = await Read("limit.jpg");
        using var over = await Read("over.jpg");

        Assert.Multiple(() =>
        {
            Assert.That(limit.Content.Length, Is.EqualTo(40 * 1024 * 1024));
            Assert.That(over.Problem, Is.EqualTo(IntakeProblem.TooLarge));
            Assert.That(over.Content.IsEmpty);
            Assert.That(over.Length, Is.EqualTo(Options.MaximumBytes + 1));
            Assert.That(over.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(new byte[Options.MaximumBytes + 1]))));
            Assert.That(over.Reason!.En, Does.Contain("40 MB"));
        });
    }

    [Test]
    public async Task Reads_a_file_of_gigabytes_in_bounded_memory()
    {
        using (var sparse = File.Create(folder["film.mp4"]))
        {
            sparse.SetLength(512L << 20);
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var file = await Read("film.mp4");

        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(32 << 20));
        Assert.That(file.Length, Is.EqualTo(512L << 20));
    }

    [TestCase(5000, IntakeProblem.None)]
    [TestCase(300_000, IntakeProblem.None)]
    [TestCase(300_001, IntakeProblem.TooLarge)]
    [TestCase(900_000, IntakeProblem.TooLarge)]
    public async Task Takes_what_is_read_not_what_was_promised_when_a_file_grows(int length, IntakeProblem problem)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        using var growing = new StreamThatGrew(bytes);

        using var file = await MediaFile.ReadAsync(growing, "x.jpg", new() { MaximumBytes = 300_000 }, default);

        Assert.That(file.Problem, Is.EqualTo(problem));
        Assert.That(file.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(bytes))));
        Assert.That(file.Content.ToArray(), Is.EqualTo(problem == IntakeProblem.None ? bytes : []));
    }

    [Test]
    public async Task Is_a_problem_not_a_crash_when_there_is_nothing_to_read()
    {
        folder.Write("leeg.jpg", []).Photo("echt.jpg").Pipe("pijp.jpg");
        File.CreateSymbolicLink(folder["link.jpg"], folder["echt.jpg"]);

        Assert.Multiple(async () =>
        {
            Assert.That((await Read("leeg.jpg")).Problem, Is.EqualTo(IntakeProblem.Empty));
            Assert.That((await Read("weg.jpg")).Problem, Is.EqualTo(IntakeProblem.Vanished));
            Assert.That((await Read("echt.jpg/onder.jpg")).Problem, Is.EqualTo(IntakeProblem.Vanished));
            Assert.That((await Read("pijp.jpg")).Problem, Is.EqualTo(IntakeProblem.NotARegularFile));
            Assert.That((await Read("link.jpg")).Problem, Is.EqualTo(IntakeProblem.Link));
            Assert.That((await Read(".")).Problem, Is.EqualTo(IntakeProblem.NotARegularFile));
            Assert.That((await MediaFile.ReadAsync("/dev/zero", "x", Options, default)).Problem, Is.EqualTo(IntakeProblem.NotARegularFile));
            Assert.That((await MediaFile.ReadAsync("/proc/self/mem", "x", Options, default)).Problem, Is.EqualTo(IntakeProblem.Unreadable));
        });
    }

    [Test]
    public async Task Is_unreadable_without_the_right_to_read()
    {
        Assume.That(Environment.IsPrivilegedProcess, Is.False, "root may read everything");
        folder.Photo("dicht.jpg");
        File.SetUnixFileMode(folder["dicht.jpg"], UnixFileMode.None);

        Assert.That((await Read("dicht.jpg")).Problem, Is.EqualTo(IntakeProblem.Unreadable));
    }

    [TestCase(IntakeProblem.TooLarge)]
    [TestCase(IntakeProblem.Empty)]
    [TestCase(IntakeProblem.Unreadable)]
    [TestCase(IntakeProblem.Vanished)]
    [TestCase(IntakeProblem.Link)]
    [TestCase(IntakeProblem.NotARegularFile)]
    public void Has_a_sentence_for_each_problem(IntakeProblem problem) => Assert.That(Texts.Entries, Does.ContainKey($"intake.{problem}"));

    [Test]
    public async Task Refuses_its_content_after_the_memory_was_given_back()
    {
        folder.Photo("dag.jpg");
        var file = await Read("dag.jpg");
        file.Dispose();
        file.Dispose();

        Assert.That(() => file.Content, Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Stops_when_it_is_cancelled()
    {
        folder.Photo("dag.jpg");
        Assert.That(() => MediaFile.ReadAsync(folder["dag.jpg"], "x", Options, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private Task<MediaFile> Read(string name) => MediaFile.ReadAsync(folder[name], "album/" + name, Options, default);

    /// <summary>Says that it is short, as a file does that is still being copied.</summary>
    private sealed class StreamThatGrew(byte[] bytes) : MemoryStream(bytes)
    {
        public override long Length => 100;
    }
}
