using System.Runtime.Versioning;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Commands;

/// <summary>What the gate stands on, and what happens when that is missing.</summary>
public class DoctorCommandTests
{
    private const string Model = "models/mnet.25_v1.onnx";
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder() => gate = new Gate().Photo(Photos.Nobody, "a.jpg");

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void Finds_everything_in_place()
    {
        var run = gate.Run("doctor", "--language", "en");
        Assert.That(run.ExitCode, Is.Zero, run.Out);
        Assert.That(run.Out, Does.Contain("libvips").And.Contain("ONNX Runtime").And.Contain("SHA-256").And.Contain("GiB").And.Not.Contain("✗"));
    }

    [TestCase("damaged", "another file", "is not the file it should be")]
    [TestCase("missing", null, "is missing")]
    public void Says_what_is_wrong_with_the_model_and_exits_with_3(string _, string? content, string sentence)
    {
        using var broken = new Gate { Program = Repository.CopyProgram(gate["program"]) };
        File.Delete(gate["program/" + Model]);
        if (content is not null)
        {
            gate.Text("program/" + Model, content);
        }

        var doctor = broken.Run("doctor", "--language", "en");
        Assert.That(doctor.ExitCode, Is.EqualTo(3));
        Assert.That(doctor.Out.ReplaceLineEndings(" "), Does.Contain("✗"));
        Assert.That(string.Join(' ', doctor.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), Does.Contain(sentence));

        var screen = broken.RunIn(gate.Folder, "screen", "a.jpg", "--json", "--language", "en");
        Assert.That((screen.ExitCode, screen.Out), Is.EqualTo((3, "")), "without a model nothing is screened");
        Assert.That(screen.ErrorLines.Single(), Does.Contain(sentence));
    }

    // As root, rights stop nobody; a path below a file stops everybody.
    [Test]
    public void Says_that_the_data_folder_cannot_be_written_and_exits_with_3()
    {
        var run = gate.Text("file", "").Run("screen", "a.jpg", "--json", "--data", gate["file/data"], "--language", "en");
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((3, "")));
        Assert.That(run.ErrorLines.Single(), Does.StartWith("The gate cannot work: ").And.Contain(gate["file"]));
        Assert.That(gate.Run("doctor", "--data", gate["file/data"]).ExitCode, Is.EqualTo(3));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void Says_when_others_may_read_what_is_the_gates_alone()
    {
        gate.Run("doctor");
        var keys = Directory.CreateDirectory(Path.Combine(gate.Data, "keys"));
        File.SetUnixFileMode(keys.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        var run = gate.Run("doctor", "--language", "en");
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(Words(run), Does.Contain("chmod"));
    }

    [Test]
    public async Task Tells_the_running_service_from_another_program_on_its_port()
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://{other.LocalEndpoint}";
        Directory.CreateDirectory(gate.Data);
        await File.WriteAllTextAsync(Path.Combine(gate.Data, "service.json"), $$"""{"url": "{{url}}"}""");
        var refused = gate.Run("doctor", "--language", "en");
        Assert.That(refused.ExitCode, Is.EqualTo(3));
        Assert.That(Words(refused), Does.Contain("Another program listens on " + url));

        other.Stop();
        Assert.That(Words(gate.Run("doctor", "--language", "en")), Does.Contain(url + " is free"));
        using var running = gate.Start(gate.Folder, "serve", "--language", "en");
        await running.AddressAsync();
        Assert.That(() => Words(gate.Run("doctor", "--language", "en")), Does.Contain("works at " + url).After(30_000, 500));
    }

    [Test]
    public void Says_what_is_wrong_with_a_setting_of_the_service()
    {
        Directory.CreateDirectory(gate.Data);
        File.WriteAllText(Path.Combine(gate.Data, "service.json"), """{"log": "xml"}""");
        var run = gate.Run("doctor", "--language", "en");
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(Words(run), Does.Contain("The setting log is 'xml'"));
    }

    // As people read it: columns may break a sentence.
    private static string Words(GateRun run) => string.Join(' ', run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // The program once crashed, one time in ten, when it ended while the model was still loading on another thread.
    [Test]
    public void Ends_in_words_also_when_the_model_is_still_loading()
    {
        gate.Text("file", "");
        var exitCodes = new int[32];
        Parallel.For(0, exitCodes.Length, new() { MaxDegreeOfParallelism = 4 }, at => exitCodes[at] = gate.Run("screen", "a.jpg", "--data", gate["file/data"]).ExitCode);
        Assert.That(exitCodes, Has.All.EqualTo(3));
    }

    [Test]
    public void Screens_without_keeping_verdicts_when_the_run_brings_its_register()
    {
        var run = gate.Text("file", "").Text("a.yaml", "people: none").Run("screen", "a.jpg", "--json", "--data", gate["file/data"], "--register", Repository.Register, "--language", "en");
        Assert.That((run.ExitCode, run.Verdict.Outcome()), Is.EqualTo((0, "approved")));
        Assert.That(run.ErrorLines.Single(), Does.EndWith("the verdicts of this run are not kept."));
    }
}
