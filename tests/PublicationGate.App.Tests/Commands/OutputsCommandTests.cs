using System.Diagnostics;
using System.Text.Json;
using PublicationGate.App.Tests.Faults;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>The program with an output: what is released arrives there by itself, and goes again.</summary>
public class OutputsCommandTests
{
    private const string Album = "projectweek";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Gate gate = null!;

    [SetUp]
    public void CreateFolder()
    {
        gate = new Gate();
        Directory.CreateDirectory(gate.Data);
        Directory.CreateDirectory(gate["uit"]);
        File.WriteAllText(Path.Combine(gate.Data, "outputs.yaml"), $"outputs:\n  - {{ name: map, kind: folder, channels: [website], folder: '{gate["uit"]}' }}\n");
    }

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void What_is_released_is_laid_in_the_folder_and_taken_away_when_it_is_held()
    {
        gate.Run("register", "import", Repository.Register);
        StreamOfPhotos.Declare(gate["in"]);
        File.WriteAllBytes(Path.Combine(gate["in"], Album, "foto1.jpg"), new StreamOfPhotos().Photo(1));
        Assert.That(gate.Run("watch", "in", "--once").ExitCode, Is.Zero);
        Assert.That(Laid(), Has.Length.EqualTo(2), "the copy and its texts, before a run that ends");

        var events = gate.Run("outbox", "list", "--all", "--json");
        using var row = JsonDocument.Parse(events.Out);
        Assert.That((row.RootElement.GetProperty("state").GetString(), row.RootElement.GetProperty("output").GetString()), Is.EqualTo(("delivered", "map")));

        using var running = gate.Start(gate.Folder, "watch", "in");
        File.AppendAllText(Path.Combine(gate["in"], Album, "album.yaml"), "chanel: website\n");
        Await(() => Laid().Length == 0, "held for a mistake in its declaration, and taken away");
        running.Terminate();
        Assert.That(running.ToEnd(TimeSpan.FromSeconds(30)).ExitCode, Is.Zero);
        Assert.That(gate.Run("outbox", "list").Out, Is.EqualTo("Er wacht niets voor de uitgangen.\n"));
    }

    [Test]
    public void A_check_tries_each_output_and_a_mistake_in_the_settings_is_told_before_anything_starts()
    {
        Assert.That(gate.Run("outputs", "check").Out, Is.EqualTo("map: in orde.\n"));
        Directory.Delete(gate["uit"], recursive: true);
        var away = gate.Run("outputs", "check");
        Assert.That((away.ExitCode, away.Out), Is.EqualTo((3, "map: lukt nu niet (folder-away).\n")));
        File.AppendAllText(Path.Combine(gate.Data, "outputs.yaml"), "  - { name: hook, kind: webhook, channels: [app], address: 'http://school.example/' }\n");
        var wrong = gate.Run("watch", "in", "--once");
        Assert.That((wrong.ExitCode, wrong.Error), Is.EqualTo((2, "Het adres van uitgang \"hook\" kan niet. Gebruik https://, of http:// op deze machine zelf, zonder naam en wachtwoord erin.\n")));
    }

    [Test]
    public void What_is_not_there_cannot_be_retried_or_dropped()
    {
        Assert.That(gate.Run("outbox", "list").Out, Is.EqualTo("Er wacht niets voor de uitgangen.\n"));
        Assert.That(gate.Run("outbox", "retry").ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("outbox", "retry", "7").Error, Is.EqualTo("Er wacht geen bericht met nummer 7.\n"));
        Assert.That(gate.Run("outbox", "retry", "--output", "map").ExitCode, Is.Zero);
        Assert.That(gate.Run("outbox", "drop", "7", "--ground", "weg").ExitCode, Is.EqualTo(2));
        Assert.That(gate.Run("outbox", "drop", "7", "--ground", " ").Error, Does.Contain("--ground"));
        Assert.That(gate.Run("outputs", "zip", "geen", "album.zip").ExitCode, Is.EqualTo(2));
        Assert.That(File.Exists(gate["album.zip"]), Is.False);
    }

    private string[] Laid() => [.. Directory.GetFiles(gate["uit"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(gate["uit"], file)).Where(file => !file.StartsWith('.')).Order()];

    private static void Await(Func<bool> isSo, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.That(clock.Elapsed, Is.LessThan(Patience), what);
            Task.Delay(TimeSpan.FromSeconds(0.05)).Wait();
        }
    }
}
