using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

[Platform("Linux,MacOsX", Reason = "rights and links as Unix has them")]
[UnsupportedOSPlatform("windows")]
public class ContentStoreTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 >> 2))];
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    private TemporaryFolder folder = null!;
    private ContentStore store = null!;

    private string Stored => folder[$"store/{Hash[..2]}/{Hash}"];

    [SetUp]
    public void Open()
    {
        folder = new();
        store = new(folder["store"], new IntakeOptions { MaximumBytes = 1_000_000 });
    }

    [TearDown]
    public void Close()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task Keeps_a_file_under_the_hash_of_its_content()
    {
        folder.Write("in/a.jpg", Bytes);

        var stored = await store.AddAsync(folder["in/a.jpg"], default);

        Assert.That(stored, Is.EqualTo(new StoredContent(Hash, Bytes.Length, IntakeProblem.None) { IsNew = true }));
        Assert.That(File.ReadAllBytes(Stored), Is.EqualTo(Bytes));
        Assert.That(folder["in/a.jpg"], Does.Exist, "the source is not the store's to move");
        Assert.That(store.Contains(Hash), Is.True);
        Assert.That(Partial(), Is.Empty);
    }

    [Test]
    public async Task Lets_nobody_but_the_owner_read()
    {
        await AddAsync(Bytes);
        Assert.That(File.GetUnixFileMode(Stored), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        foreach (var inside in new[] { folder["store"], Path.GetDirectoryName(Stored)!, folder["store/incoming"] })
        {
            Assert.That(File.GetUnixFileMode(inside), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute), inside);
        }
    }

    [Test]
    public async Task Keeps_the_same_content_once_also_when_many_bring_it_at_once()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => AddAsync(Bytes))));
        Assert.That(results.Select(result => result.Sha256).Distinct().Single(), Is.EqualTo(Hash));
        Assert.That(Kept(), Has.Length.EqualTo(1));
        Assert.That(await store.VerifyAsync(Hash, default), Is.True);
    }

    [Test]
    public async Task Hashes_but_does_not_keep_what_is_too_large()
    {
        var large = new byte[1_000_001];
        Assert.That(await AddAsync(large), Is.EqualTo(new StoredContent(Convert.ToHexStringLower(SHA256.HashData(large)), large.Length, IntakeProblem.TooLarge)));
        Assert.That((await AddAsync(new byte[1_000_000])).Problem, Is.EqualTo(IntakeProblem.None), "the limit itself is allowed");
        Assert.That(Kept(), Has.Length.EqualTo(1));
        Assert.That(Partial(), Is.Empty);
    }

    [Test]
    public async Task Does_not_keep_nothing() => Assert.That((await AddAsync([])).Problem, Is.EqualTo(IntakeProblem.Empty));

    [Test]
    public async Task Says_what_keeps_a_file_from_being_read()
    {
        folder.Write("a.jpg", Bytes).Pipe("pijp");
        File.CreateSymbolicLink(folder["link.jpg"], folder["a.jpg"]);
        Assert.Multiple(async () =>
        {
            Assert.That((await store.AddAsync(folder["weg.jpg"], default)).Problem, Is.EqualTo(IntakeProblem.Vanished));
            Assert.That((await store.AddAsync(folder["link.jpg"], default)).Problem, Is.EqualTo(IntakeProblem.Link));
            Assert.That((await store.AddAsync(folder["pijp"], default)).Problem, Is.EqualTo(IntakeProblem.NotARegularFile));
            Assert.That((await store.AddAsync(folder.Path, default)).Problem, Is.EqualTo(IntakeProblem.NotARegularFile));
        });
        Assert.That(Kept(), Is.Empty);
    }

    [Test]
    public async Task Leaves_nothing_of_a_stream_that_breaks_off()
    {
        await using var stream = new BreakingStream(Bytes, failAfter: 200_000);
        await Assert.ThatAsync(() => store.AddAsync(stream, default), Throws.InstanceOf<IOException>());
        Assert.That((Kept().Length, Partial().Length), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Leaves_nothing_of_a_copy_that_was_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThatAsync(() => store.AddAsync(new MemoryStream(Bytes), cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((Kept().Length, Partial().Length), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Reads_back_what_it_keeps_and_nothing_else()
    {
        await AddAsync(Bytes);
        using (var file = await store.ReadAsync(Hash, "groep 6/a.jpg", default))
        {
            Assert.That((file.Path, file.Sha256, file.Problem), Is.EqualTo(("groep 6/a.jpg", Hash, IntakeProblem.None)));
            Assert.That(file.Content.ToArray(), Is.EqualTo(Bytes));
        }

        Assert.That(await ProblemOfAsync(() => store.ReadAsync(new string('0', 64), "x", default)), Is.EqualTo(ContentStoreProblem.Missing));
        Assert.That(() => store.Contains("../../etc/passwd"), Throws.ArgumentException);
    }

    [Test]
    public async Task Finds_and_mends_content_that_was_damaged()
    {
        await AddAsync(Bytes);
        byte[] damaged = [.. Bytes];
        damaged[1234] ^= 1;
        File.WriteAllBytes(Stored, damaged);

        Assert.That(await store.VerifyAsync(Hash, default), Is.False);
        Assert.That(await ProblemOfAsync(() => store.ReadAsync(Hash, "x", default)), Is.EqualTo(ContentStoreProblem.Damaged));

        await AddAsync(Bytes);
        Assert.That(await store.VerifyAsync(Hash, default), Is.True);
    }

    [Test]
    public async Task Removes_for_good()
    {
        await AddAsync(Bytes);
        store.Remove(Hash);
        store.Remove(Hash);
        Assert.That(store.Contains(Hash), Is.False);
        Assert.That(await store.VerifyAsync(Hash, default), Is.False);
    }

    [Test]
    public async Task Sweeps_what_a_dead_run_left_and_spares_what_a_living_one_writes()
    {
        folder.Text("store/incoming/dood.lock", "").Text("store/incoming/dood-1.partial", "half").Text("store/incoming/slotloos-7.partial", "half");
        using (File.Open(folder["store/incoming/levend.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            folder.Text("store/incoming/levend-1.partial", "half");
            using var next = new ContentStore(folder["store"], new IntakeOptions());
            Assert.That(Partial(), Is.EqualTo(new[] { "levend-1.partial" }));
        }

        Assert.That(Directory.GetFiles(folder["store/incoming"]).Select(Path.GetFileName), Has.None.Contains("dood").And.None.Contains("slotloos"));
        Assert.That((await AddAsync(Bytes)).Problem, Is.EqualTo(IntakeProblem.None), "the first run works on");
    }

    [Test]
    public async Task Says_that_the_store_is_gone_and_goes_on_when_it_is_back()
    {
        Directory.Move(folder["store"], folder["weg"]);
        Assert.That(await ProblemOfAsync(() => AddAsync(Bytes)), Is.EqualTo(ContentStoreProblem.Unavailable));
        Assert.That(await ProblemOfAsync(() => store.ReadAsync(Hash, "x", default)), Is.EqualTo(ContentStoreProblem.Unavailable));
        Directory.Move(folder["weg"], folder["store"]);
        Assert.That((await AddAsync(Bytes)).Problem, Is.EqualTo(IntakeProblem.None));
    }

    /// <summary>On a file system of its own, as only root can make one.</summary>
    [Test]
    public async Task Says_that_the_disk_is_full_or_read_only_leaves_nothing_and_goes_on_when_it_is_not()
    {
        Directory.CreateDirectory(folder["klein"]);
        if (!Mount("-t", "tmpfs", "-o", "size=200k", "tmpfs", folder["klein"]))
        {
            Assert.Ignore("left out: needs the right to mount a file system");
        }

        try
        {
            using var small = new ContentStore(folder["klein/store"], new IntakeOptions());
            var full = (await Assert.ThrowsAsync<ContentStoreException>(() => small.AddAsync(new MemoryStream(Bytes), default)))!;
            Assert.That(full.Problem, Is.EqualTo(ContentStoreProblem.DiskFull));
            Assert.That(full.Reason.Nl, Does.Contain("vol"));
            Assert.That(Directory.GetFiles(folder["klein/store"], "*.partial", SearchOption.AllDirectories), Is.Empty);
            await small.AddAsync(new MemoryStream(Bytes[..50_000]), default);

            // An open lock keeps the disk from becoming read-only, but for a failing disk.
            small.Dispose();
            Assert.That(Mount("-o", "remount,ro", folder["klein"]), Is.True);
            Assert.That(Assert.Throws<ContentStoreException>(() => _ = new ContentStore(folder["klein/store"], new IntakeOptions()))!.Problem, Is.EqualTo(ContentStoreProblem.ReadOnly));
            Assert.That(Mount("-o", "remount,rw", folder["klein"]), Is.True);
            Assert.That(() => new ContentStore(folder["klein/store"], new IntakeOptions()).Dispose(), Throws.Nothing);
        }
        finally
        {
            Process.Start("umount", [folder["klein"]]).WaitForExit();
        }
    }

    private static bool Mount(params string[] arguments)
    {
        try
        {
            using var mount = Process.Start(new ProcessStartInfo("mount", arguments) { RedirectStandardError = true })!;
            mount.WaitForExit();
            return mount.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<ContentStoreProblem> ProblemOfAsync(Func<Task> action) => (await Assert.ThrowsAsync<ContentStoreException>(action))!.Problem;

    private Task<StoredContent> AddAsync(byte[] bytes) => store.AddAsync(new MemoryStream(bytes), default);

    private string[] Kept() => [.. Directory.GetFiles(folder["store"], "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file).Length == 64)];

    private string?[] Partial() => [.. Directory.GetFiles(folder["store"], "*.partial", SearchOption.AllDirectories).Select(Path.GetFileName)];

    private sealed class BreakingStream(byte[] bytes, int failAfter) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position > failAfter ? throw new IOException("the cable was pulled") : base.ReadAsync(buffer, cancellationToken);
    }
}
