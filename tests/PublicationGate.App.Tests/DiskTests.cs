using Microsoft.Data.Sqlite;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests;

/// <summary>A data folder on a disk that is full, or that may not be written to: nothing is approved by mistake, nothing half is kept, and it is said.</summary>
public class DiskTests
{
    private static readonly string[][] Writing =
    [
        ["screen", "."],
        ["register", "import", Repository.Register],
        ["recordings", "add", "a.jpg", "--purpose", "training", "--notice", "2026-01-01", "--destroy-by", "2099-01-01"],
        ["protocol", "use", Path.Combine(Repository.Root, "samples/protocol.yaml")],
        ["retention"],
        ["backup", "kopie.tar"],
    ];

    private Gate gate = null!;
    private SmallDisk disk = null!;

    private string Data => disk["data"];

    [SetUp]
    public void FillDisk()
    {
        gate = new Gate().Photo(Photos.Nobody, "a.jpg", "b.jpg").Text("album.yaml", "people: none\norigin: school-camera");
        disk = new SmallDisk("2m");
        Assert.That(gate.Run("register", "import", Repository.Register, "--data", Data).ExitCode, Is.Zero);
    }

    [TearDown]
    public void CleanUp()
    {
        SqliteConnection.ClearAllPools();
        disk?.Dispose();
        gate.Dispose();
    }

    [Test]
    public void A_full_disk_is_said_and_harms_nothing()
    {
        disk.FillBut(0);
        foreach (var command in Writing)
        {
            var full = gate.Run([.. command, "--data", Data, "--language", "en"]);
            Assert.That((full.ExitCode, full.Out), Is.EqualTo((3, "")), full.Error);
            Assert.That(full.ErrorLines.Single(), Does.StartWith("The disk is full").And.Contain("Free some space"), command[0]);
        }

        File.Delete(disk["vol"]);
        AssertSoundAndAtWork();
    }

    [Test]
    public void A_read_only_folder_is_said_and_harms_nothing()
    {
        disk.MakeReadOnly();
        foreach (var command in Writing)
        {
            var refused = gate.Run([.. command, "--data", Data, "--language", "en"]);
            Assert.That((refused.ExitCode, refused.Out), Is.EqualTo((3, "")), refused.Error);
            Assert.That(refused.ErrorLines.Single(), Does.StartWith("This place cannot be written to").And.Contain("write access"), command[0]);
        }

        disk.MakeWritable();
        AssertSoundAndAtWork();
    }

    // So much room that the run begins, and then hits the end of the disk somewhere.
    [Test]
    public void A_disk_that_becomes_full_on_the_way_keeps_whole_verdicts_or_none([Values(40_000, 120_000, 160_000)] int free)
    {
        for (var i = 0; i < 8; i++)
        {
            gate.Photo(Photos.Nobody, $"meer{i}.jpg").Text($"meer{i}.yaml", $"caption: Golven {new string('x', 900)} {i}");
        }

        disk.FillBut(free);
        var run = gate.Run("screen", ".", "--json", "--data", Data, "--language", "en");
        Assert.That(run.ExitCode, Is.EqualTo(3).Or.EqualTo(0), run.Error);
        Assert.That(run.ExitCode == 0 || run.ErrorLines.Single().StartsWith("The disk is full", StringComparison.Ordinal), Is.True, run.Error);
        File.Delete(disk["vol"]);
        AssertSound();
        Assert.That(gate.Run("replay", "--all", "--data", Data).ExitCode, Is.Zero);
        foreach (var verdict in run.Verdicts)
        {
            Assert.That(gate.Run("explain", verdict.Id(), "--data", Data).ExitCode, Is.Zero, "what was told is kept");
        }
    }

    private void AssertSoundAndAtWork()
    {
        AssertSound();
        foreach (var command in Writing)
        {
            Assert.That(gate.Run([.. command, "--data", Data]).ExitCode, Is.Zero, command[0]);
        }
    }

    private void AssertSound()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "gate.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var check = new SqliteCommand("PRAGMA integrity_check", connection);
        Assert.That(check.ExecuteScalar(), Is.EqualTo("ok"));
    }
}
