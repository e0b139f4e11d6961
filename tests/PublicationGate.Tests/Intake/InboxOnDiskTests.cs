using System.Diagnostics;
using System.Runtime.Versioning;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

/// <summary>With the real clock and the system's own events.</summary>
[Platform("Linux,MacOsX", Reason = "paths with slashes")]
[UnsupportedOSPlatform("windows")]
public class InboxOnDiskTests
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xDA, 1, 2, 3, 0xFF, 0xD9];

    [Test]
    public async Task An_event_of_the_system_shortens_the_wait_and_a_writer_that_pauses_is_waited_for()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        using var inbox = new Inbox(
            new InboxOptions { Folders = [folder["in"]], StillFor = TimeSpan.FromSeconds(1), ScanEvery = TimeSpan.FromHours(1), CheckEvery = TimeSpan.FromSeconds(0.1) },
            FolderNames.Default, TimeProvider.System, (_, _) => Task.FromResult<IReadOnlyCollection<ReadyFile>>([]));
        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var ready = FirstReadyAsync(inbox, enough.Token);
        while (inbox.State.LastScan is null)
        {
            await Task.Delay(20, enough.Token);
        }

        folder.Write("in/nieuw/a.jpg", Photo[..5]);
        await Task.Delay(2500, enough.Token);
        Assert.That(ready.IsCompleted, Is.False, "half a file that stands still");
        var finished = Stopwatch.StartNew();
        folder.Write("in/nieuw/a.jpg", Photo);

        var file = await ready;

        Assert.That((file.Name, file.Length, file.IsUnfinished), Is.EqualTo(("nieuw/a.jpg", (long)Photo.Length, false)));
        Assert.That(finished.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), "the next whole look would be in an hour");
    }

    private static async Task<ReadyFile> FirstReadyAsync(Inbox inbox, CancellationToken cancellationToken)
    {
        await foreach (var news in inbox.ReadAsync(cancellationToken))
        {
            if (news is ReadyFile file)
            {
                return file;
            }
        }

        throw new InvalidOperationException("it has no end");
    }
}
