using PublicationGate.Faces;
using PublicationGate.Tests.Support;
using static PublicationGate.Tests.Support.LocalServer;

namespace PublicationGate.Tests.Faces;

/// <summary>Fetching weights, from a real server that does what servers do on bad days.</summary>
public class ModelDownloadTests : ModelDownloadFixture
{
    [Test]
    public async Task Brings_the_whole_file_and_makes_the_folder()
    {
        using var server = new LocalServer(Gives(Weights));
        var heard = new Heard();
        await Download(server).FetchAsync(heard, default);
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
        Assert.That(File.Exists(Partial), Is.False);
        Assert.That(heard.Numbers, Is.Ordered.And.Unique);
        Assert.That(heard.Numbers[^1], Is.EqualTo(Weights.Length));
    }

    [Test]
    public async Task Goes_on_where_the_connection_was_cut()
    {
        using var server = new LocalServer(Gives(Weights, cutAfter: 100_000), Gives(Weights, cutAfter: 50_000), Gives(Weights));
        var heard = new Heard { Look = () => Assert.That(File.Exists(Target), Is.False, "a half file under the final name") };
        await Download(server).FetchAsync(heard, default);
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
        Assert.That(server.Starts, Is.EqualTo(new long[] { 0, 100_000, 150_000 }));
        Assert.That(heard.Numbers, Is.Ordered.And.Unique);
    }

    [Test]
    public async Task Goes_on_where_an_earlier_run_stopped()
    {
        Folder.Write("models/weights.onnx.partial", Weights[..123_456]);
        using var server = new LocalServer(Gives(Weights));
        await Download(server).FetchAsync(null, default);
        Assert.That(server.Starts, Is.EqualTo(new long[] { 123_456 }));
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
    }

    [Test]
    public async Task Asks_for_nothing_when_only_the_last_step_was_missing()
    {
        Folder.Write("models/weights.onnx.partial", Weights);
        using var server = new LocalServer(Says("500 Oops"));
        await Download(server).FetchAsync(null, default);
        Assert.That((server.Calls, File.Exists(Target)), Is.EqualTo((0, true)));
    }

    [Test]
    public async Task Starts_over_where_the_server_knows_no_ranges()
    {
        Folder.Write("models/weights.onnx.partial", Other[..100_000]);
        using var server = new LocalServer(GivesAll(Weights));
        var heard = new Heard();
        await Download(server).FetchAsync(heard, default);
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
    }

    [Test]
    public async Task Starts_over_when_the_range_is_refused_or_another()
    {
        Folder.Write("models/weights.onnx.partial", Weights[..100_000]);
        using var server = new LocalServer(Says("416 Range Not Satisfiable"), Gives(Weights, cutAfter: 70_000), Gives(Weights, shift: "5"), Gives(Weights));
        await Download(server).FetchAsync(null, default);
        Assert.That(server.Starts, Is.EqualTo(new long[] { 100_000, 0, 70_000, 0 }));
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
    }

    [Test]
    public async Task Starts_over_once_when_what_was_left_belongs_to_another_file()
    {
        Folder.Write("models/weights.onnx.partial", Other[..100_000]);
        using var server = new LocalServer(Gives(Weights));
        await Download(server).FetchAsync(null, default);
        Assert.That(server.Starts, Is.EqualTo(new long[] { 100_000, 0 }));
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
    }

    [Test]
    public async Task Refuses_and_forgets_another_file_of_the_same_size()
    {
        using var server = new LocalServer(Gives(Other));
        await AssertFailsAsync(server, "another file came");
        Assert.That(server.Calls, Is.EqualTo(1));
        Assert.That(File.Exists(Partial), Is.False);
    }

    [Test]
    public async Task Refuses_a_file_of_another_announced_size_before_a_byte_of_it()
    {
        using var server = new LocalServer(Gives([.. Weights, 1]));
        await AssertFailsAsync(server, "another file is there");
        using var pointer = new LocalServer(Gives("version https://git-lfs.github.com/spec/v1"u8.ToArray()));
        await AssertFailsAsync(pointer, "another file is there");
        Assert.That((server.Calls, pointer.Calls), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Breaks_off_where_more_comes_than_belongs()
    {
        using var server = new LocalServer(Pours([.. Weights, .. Weights]));
        var heard = new Heard();
        await AssertFailsAsync(server, "another file is there", heard);
        Assert.That(heard.Numbers, Is.All.LessThanOrEqualTo(Weights.Length));
        Assert.That(File.Exists(Partial), Is.False);
    }

    [TestCase("404 Not Found", "status 404")]
    [TestCase("403 Forbidden", "status 403")]
    public async Task Takes_no_for_an_answer(string status, string told)
    {
        using var server = new LocalServer(Says(status));
        await AssertFailsAsync(server, told);
        Assert.That(server.Calls, Is.EqualTo(1));
    }

    [TestCase("500 Internal Server Error")]
    [TestCase("503 Service Unavailable")]
    [TestCase("429 Too Many Requests")]
    public async Task Asks_again_when_the_server_fails(string status)
    {
        using var server = new LocalServer(Says(status), Gives(Weights));
        await Download(server).FetchAsync(null, default);
        Assert.That((server.Calls, File.Exists(Target)), Is.EqualTo((2, true)));
    }

    [Test]
    public async Task Gives_up_after_the_last_try()
    {
        using var server = new LocalServer(Says("500 Internal Server Error"));
        await AssertFailsAsync(server, "status 500");
        Assert.That(server.Calls, Is.EqualTo(4));
    }

    [Test]
    public async Task Asks_again_when_nothing_comes_any_more()
    {
        using var server = new LocalServer(Stalls(Weights, 90_000), Gives(Weights));
        await Download(server).FetchAsync(null, default);
        Assert.That(server.Starts, Is.EqualTo(new long[] { 0, 90_000 }));
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
    }

    [Test]
    public async Task Says_so_when_nothing_ever_comes_and_keeps_what_came()
    {
        using var server = new LocalServer(Stalls(Weights, 90_000));
        await AssertFailsAsync(server, "no connection, or it kept breaking off");
        Assert.That(new FileInfo(Partial).Length, Is.EqualTo(90_000));
    }

    [Test]
    public async Task Says_so_when_nobody_answers()
    {
        Uri address;
        using (var gone = new LocalServer(Gives(Weights)))
        {
            address = gone.Address;
        }

        await AssertFailsAsync(Download(address), "no connection");
    }

    [Test]
    public async Task Leaves_only_the_partial_file_when_it_is_stopped()
    {
        using var server = new LocalServer(Stalls(Weights, 90_000));
        using var stop = new CancellationTokenSource();
        var heard = new Heard { Look = stop.Cancel };
        await Assert.CatchAsync<OperationCanceledException>(() => Download(server).FetchAsync(heard, stop.Token));
        Assert.That((File.Exists(Target), File.Exists(Partial)), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Says_so_when_there_is_no_address()
    {
        var thrown = (await Assert.ThrowsAsync<ModelException>(() => new ModelDownload(Manifest(null), Target).FetchAsync(null, default)))!;
        Assert.That(thrown.Reason.En, Does.Contain("models get weights FILE"));
    }

    // As root, rights stop nobody; a path below a file stops everybody.
    [Test]
    public async Task Says_so_when_the_folder_cannot_be_written()
    {
        Folder.Text("models", "a file");
        using var server = new LocalServer(Gives(Weights));
        var thrown = (await Assert.ThrowsAsync<ModelException>(() => Download(server).FetchAsync(null, default)))!;
        Assert.That(thrown.Reason.En, Does.Contain("cannot be written").And.Contain("Make the folder writable"));
    }

    [Test, Platform("Linux")]
    public async Task Says_so_when_the_disk_is_full()
    {
        Directory.CreateDirectory(Folder["models"]);
        File.CreateSymbolicLink(Partial, "/dev/full");
        using var server = new LocalServer(Gives(Weights));
        var thrown = (await Assert.ThrowsAsync<ModelException>(() => Download(server).FetchAsync(null, default)))!;
        Assert.That(thrown.Reason.En, Does.Contain("cannot be written").And.Contain("No space left on device").And.Contain("make room"));
    }

    [Test]
    public async Task Several_at_once_fetch_the_file_once()
    {
        using var server = new LocalServer(Gives(Weights));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Download(server).FetchAsync(null, default))));
        Assert.That(server.Calls, Is.EqualTo(1));
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
    }

    [Test]
    public async Task Says_so_when_another_never_gets_done()
    {
        using var stalled = new LocalServer(Stalls(Weights, 90_000));
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var first = new ModelDownload(Manifest(stalled.Address), Target, Patience with { IdleTimeout = TimeSpan.FromMinutes(1) }).FetchAsync(new Heard { Look = () => started.TrySetResult() }, stop.Token);
        await started.Task;
        using var server = new LocalServer(Gives(Weights));
        var second = new ModelDownload(Manifest(server.Address), Target, Patience with { LongestWait = TimeSpan.FromMilliseconds(300) });
        Assert.That((await Assert.ThrowsAsync<ModelException>(() => second.FetchAsync(null, default)))!.Reason.En, Does.Contain("Another process"));
        await stop.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => first);
    }

    [Test]
    public async Task Takes_a_file_at_hand_and_no_other()
    {
        Folder.Write("right", Weights).Write("other", Other).Write("longer", [.. Weights, 1]).Write("models/weights.onnx.partial", Other);
        var download = Download(new Uri("https://localhost"));
        foreach (var wrong in new[] { "other", "longer", "missing" })
        {
            Assert.That((await Assert.ThrowsAsync<ModelException>(() => download.TakeAsync(Folder[wrong], default)))!.IsMistake, wrong);
        }

        Assert.That(File.Exists(Target), Is.False);
        await download.TakeAsync(Folder["right"], default);
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo(Weights));
        Assert.That((File.Exists(Partial), File.Exists(Folder["right"])), Is.EqualTo((false, true)));
    }
}
