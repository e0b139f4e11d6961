using System.Diagnostics;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Faults;

/// <summary>The processes that a watch decodes in: killed, left alone by a parent that is killed, and fed with what was made to break them.</summary>
[NonParallelizable]
[Platform("Linux")]
public class KilledDecoderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Test]
    public async Task Decoders_that_are_killed_again_and_again_cost_no_photo_its_verdict()
    {
        using var gate = new Gate();
        var photos = new StreamOfPhotos();
        await photos.WriteAsync(Directory.CreateDirectory(gate["in"]).FullName, 40, TimeSpan.FromSeconds(1));
        using var running = gate.Start(gate.Folder, "watch", "in", "--once", "--json");
        var ended = Task.Run(() => running.ToEnd(Patience));
        var (kills, random) = (0, new Random(1));
        while (!ended.IsCompleted)
        {
            var decoders = running.Decoders;
            if (decoders.Length > 0 && kills < 25)
            {
                Send("KILL", decoders[random.Next(decoders.Length)]);
                kills++;
            }

            await Task.Delay(100);
        }

        var run = await ended;
        TestContext.Out.WriteLine($"{kills} kills");
        Assert.Multiple(() =>
        {
            Assert.That(kills, Is.GreaterThan(5), "else this would prove nothing");
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Verdicts, Has.Count.EqualTo(40));
            Assert.That(Directory.GetFiles(gate["in"], "*.jpg", SearchOption.AllDirectories), Is.Empty);
        });
    }

    [Test]
    public async Task No_decoder_outlives_a_parent_that_is_killed()
    {
        using var gate = new Gate();
        gate.Photo(Photos.FourFaces, "in/foto.jpg");
        using var running = gate.Start(gate.Folder, "watch", "in");
        await UntilAsync(() => running.Decoders.Length > 0, "it decodes");
        var decoder = running.Decoders[0];
        await UntilAsync(() => Directory.Exists(gate["held"]), "it has decoded");
        // One that stands still cannot see that its pipe was closed: only the kernel ends it.
        Send("STOP", decoder);
        running.Kill();
        await UntilAsync(() => !RunningGate.IsAlive(decoder), "it ends with its parent");
    }

    [Test]
    public void Files_that_were_made_to_break_software_neither_end_the_watch_nor_leave_decoders_behind()
    {
        if (!Directory.Exists(Repository.Corpus))
        {
            Assert.Ignore($"The corpus of broken files is not there: {Repository.Corpus}");
        }

        using var gate = new Gate();
        foreach (var file in Directory.GetFiles(Repository.Corpus, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(gate["in"], Path.GetRelativePath(Repository.Corpus, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        using var running = gate.Start(gate.Folder, "watch", "in", "--once", "--json");
        var ended = Task.Run(() => running.ToEnd(Patience));
        var decoders = new HashSet<int>();
        while (!ended.Wait(200))
        {
            decoders.UnionWith(running.Decoders);
        }

        var run = ended.Result;
        TestContext.Out.WriteLine($"{run.Verdicts.Count} verdicts, {decoders.Count} decoders, {run.PeakMemory >> 20} MiB");
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Verdicts, Has.Count.GreaterThan(200));
            Assert.That(run.Verdicts.Select(VerdictJson.Outcome), Has.None.EqualTo("approved"));
            Assert.That(decoders, Is.Not.Empty);
            Assert.That(decoders.Where(RunningGate.IsAlive), Is.Empty);
        });
    }

    private static void Send(string signal, int process)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{process}"]);
        kill.WaitForExit();
    }

    private static async Task UntilAsync(Func<bool> isSo, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.That(clock.Elapsed, Is.LessThan(Patience), "never: " + what);
            await Task.Delay(50);
        }
    }
}
