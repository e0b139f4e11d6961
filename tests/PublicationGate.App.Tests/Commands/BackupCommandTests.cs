using System.Diagnostics;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>What a school has when its disk is gone and it has a backup.</summary>
public class BackupCommandTests
{
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder() => gate = new Gate().Photo(Photos.Nobody, "a.jpg").Text("a.yaml", "people: none\norigin: school-camera");

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void Everything_is_found_again_in_an_empty_folder_also_when_the_gate_was_at_work()
    {
        gate.Run("register", "import", Repository.Register);
        gate.Run("recordings", "add", "a.jpg", "--purpose", "training", "--notice", "2026-01-01", "--destroy-by", "2099-01-01");
        File.Copy(Path.Combine(Repository.Root, "samples/protocol.yaml"), Path.Combine(gate.Data, "protocol.yaml"));
        var before = gate.Run("screen", "a.jpg", "--json").Verdict.Id();
        var album = Path.Combine(Repository.Root, "samples/album");
        using (var working = gate.Start(gate.Folder, "screen", album))
        {
            var made = gate.Run("backup", "kopie.tar");
            Assert.That((made.ExitCode, made.Error), Is.EqualTo((0, "")));
            Assert.That(made.Out, Does.Contain("niet versleuteld"));
            Assert.That(working.ToEnd(TimeSpan.FromMinutes(3)).ExitCode, Is.EqualTo(1));
        }

        var restored = gate["terug"];
        var back = gate.Run("restore", "kopie.tar", "--data", restored, "--language", "en");
        Assert.That((back.ExitCode, back.Error), Is.EqualTo((0, "")));
        Assert.That(back.Out, Does.StartWith("The backup of ").And.Contain(restored));
        foreach (var ask in new[] { new[] { "explain", before }, ["recordings", "list"], ["register", "show"], ["protocol", "show"] })
        {
            Assert.That(gate.Run([.. ask, "--data", restored]).Out, Is.EqualTo(gate.Run(ask).Out).And.Not.Empty, ask[0]);
        }

        Assert.That(gate.Run("replay", "--all", "--data", restored).ExitCode, Is.Zero);
        Assert.That(gate.Run("doctor", "--data", restored).Out, Does.Contain("De Wegwijzer"));
        Assert.That(gate.Run("screen", "a.jpg", "--json", "--data", restored).Verdict.Id(), Is.EqualTo(before), "and the gate goes on with it");
    }

    [Test]
    public void Mistakes_are_a_sentence_and_change_nothing()
    {
        Assert.That(gate.Run("backup", "kopie.tar"), Has.Property("ExitCode").EqualTo(2).And.Property("Error").Contains("gate.db"));
        gate.Run("screen", "a.jpg");
        gate.Text("kopie.tar", "iets anders");
        Assert.That(gate.Run("backup", "kopie.tar"), Has.Property("ExitCode").EqualTo(2).And.Property("Error").Contains("--force"));
        Assert.That(gate.Run("restore", "kopie.tar", "--data", gate["terug"]), Has.Property("ExitCode").EqualTo(3).And.Property("Error").Contains("Er is niets teruggezet"));
        Assert.That(gate.Run("backup", "kopie.tar", "--force").ExitCode, Is.Zero);
        Assert.That(gate.Run("restore", "kopie.tar"), Has.Property("ExitCode").EqualTo(2).And.Property("Error").Contains("is niet leeg"));
        Assert.That(gate.Run("backup", "x.tar", "--database", "Host=db.school.example;Database=gate"), Has.Property("ExitCode").EqualTo(2).And.Property("Error").Contains("pg_dump"));
        Assert.That(Directory.GetFileSystemEntries(gate.Folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "a.jpg", "a.yaml", "kopie.tar" }));
    }

    [Test]
    public void What_a_killed_backup_leaves_is_swept_away_by_the_next()
    {
        gate.Run("register", "import", Repository.Register);
        for (var i = 0; i < 200; i++)
        {
            Directory.CreateDirectory(Path.Combine(gate.Data, $"store/{i:00}"));
            File.WriteAllBytes(Path.Combine(gate.Data, $"store/{i:00}/{i}"), new byte[1_000_000]);
        }

        using (gate.Start(gate.Folder, "backup", "kopie.tar"))
        {
            var clock = Stopwatch.StartNew();
            while (!Directory.Exists(gate["kopie.tar.partial"]) || !Directory.EnumerateFiles(gate["kopie.tar.partial"], "*-1.partial").Any(file => new FileInfo(file).Length > 1_000_000))
            {
                Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)));
            }
        }

        Assert.That(File.Exists(gate["kopie.tar"]), Is.False);
        Assert.That(() => gate.Run("backup", "kopie.tar").ExitCode, Is.Zero.After(2000, 200), "as soon as the killed one is gone");
        Assert.That(Directory.GetFileSystemEntries(gate.Folder).Select(Path.GetFileName), Does.Contain("kopie.tar").And.Not.Contain("kopie.tar.partial"));
    }
}
