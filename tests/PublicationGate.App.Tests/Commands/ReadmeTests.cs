using System.Diagnostics;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Intake;

namespace PublicationGate.App.Tests.Commands;

/// <summary>What the README has a newcomer type.</summary>
public class ReadmeTests
{
    [Test]
    public async Task The_first_command_screens_the_sample_album_from_where_it_is_typed()
    {
        using var data = new TemporaryFolder();
        var typed = File.ReadLines(Path.Combine(Repository.Root, "README.md")).First(line => line.Contains(" -- screen ", StringComparison.Ordinal)).Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(typed[..2], Is.EqualTo(new[] { "dotnet", "run" }));
        var configuration = Path.GetFileName(Path.GetDirectoryName(Repository.ProgramFolder))!;
        var start = new ProcessStartInfo("dotnet", ["run", "--no-build", "--configuration", configuration, .. typed[2..]]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PUBLICATION_GATE_DATA"] = data["data"];
        start.Environment.Remove("PUBLICATION_GATE_DATABASE");
        using var run = Process.Start(start)!;
        var mistakes = run.StandardError.ReadToEndAsync();
        Assert.That(await run.StandardOutput.ReadToEndAsync(), Does.Contain("33 foto's beoordeeld"), await mistakes);
        await run.WaitForExitAsync();
        Assert.That(run.ExitCode, Is.EqualTo(1), "some of them are held or rejected");
    }
}
