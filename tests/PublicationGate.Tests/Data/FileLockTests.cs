using System.Diagnostics;
using PublicationGate.Data;

namespace PublicationGate.Tests.Data;

public class FileLockTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("lock-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Waits_until_the_holder_lets_go()
    {
        var path = Path.Combine(folder, "gate.lock");
        var first = await FileLock.AcquireAsync(path, default);
        var second = FileLock.AcquireAsync(path, default);
        Assert.That(await Task.WhenAny(second, Task.Delay(200)), Is.Not.SameAs(second));
        await first.DisposeAsync();
        await (await second.WaitAsync(TimeSpan.FromSeconds(30))).DisposeAsync();
    }

    [Test]
    public void Where_no_file_can_be_made_nobody_waits()
    {
        var start = Stopwatch.GetTimestamp();
        Assert.That(() => FileLock.AcquireAsync(Path.Combine(folder, "not there", "gate.lock"), default), Throws.InstanceOf<IOException>());
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(20)));
    }
}
