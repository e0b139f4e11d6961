using System.Diagnostics;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Output;

/// <summary>What a person sees in a terminal of 80 columns.</summary>
[Platform("Linux", Reason = "'script' of util-linux makes the terminal")]
public class TerminalTests
{
    private Gate gate = null!;

    [SetUp]
    public void CreateFolder() => gate = new Gate().Photo(Photos.Nobody, "a.jpg", "b.jpg").Text("a.yaml", "people: none");

    [TearDown]
    public void DeleteFolder() => gate.Dispose();

    [Test]
    public void Shows_a_progress_bar_and_clears_it_and_keeps_to_the_width()
    {
        var shown = InTerminal("screen .");
        Assert.That(shown, Does.Contain("Foto's beoordelen").And.Contain("goedgekeurd").And.Contain("2 foto's beoordeeld:"));
        Assert.That(shown.LastIndexOf("\u001b[?25h", StringComparison.Ordinal), Is.GreaterThan(shown.LastIndexOf("\u001b[?25l", StringComparison.Ordinal)), "the cursor is back");
        var table = shown[shown.LastIndexOf("\u001b[?25h", StringComparison.Ordinal)..];
        Assert.That(table, Does.Not.Contain("Foto's beoordelen"));
        Assert.That(table.Split('\n').Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"\u001b\[[?0-9;]*[A-Za-z]|\r", "").Length), Has.All.LessThanOrEqualTo(80));
    }

    [Test]
    public void Keeps_standard_output_for_json_when_errors_go_to_a_terminal()
    {
        InTerminal("screen . --json --verbose > verdicts.txt");
        Assert.That(File.ReadAllLines(gate["verdicts.txt"]), Has.Length.EqualTo(2).And.All.StartsWith("{"));
    }

    [Test]
    public void Leaves_out_colours_where_they_are_not_wanted()
    {
        var shown = InTerminal("screen . 2>/dev/null", "NO_COLOR=1 ");
        Assert.That(shown, Does.Contain("✓ goedgekeurd").And.Not.Contain("\u001b[38"));
    }

    private string InTerminal(string arguments, string setting = "")
    {
        var command = $"stty cols 80 rows 24; {setting}'{gate.Program}' --data '{gate.Data}' {arguments}";
        using var terminal = Process.Start(new ProcessStartInfo("script", ["-qec", command, "/dev/null"])
        {
            WorkingDirectory = gate.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "xterm-256color" },
        })!;
        var shown = terminal.StandardOutput.ReadToEnd();
        terminal.WaitForExit();
        return shown;
    }
}
