using PublicationGate.Imaging.Apart;

namespace PublicationGate.App.Commands;

/// <summary><c>decode-apart</c>: not for people. The gate starts itself so, to decode in a process that may be ended; <see cref="Program"/> answers it.</summary>
internal static class DecodeCommand
{
    public const string Verb = "decode-apart";

    private const string Name = "publication-gate";

    /// <summary>How this program is started again: also where something else runs it, <c>dotnet publication-gate.dll</c> or a test.</summary>
    public static DecoderProgram Program()
    {
        var running = Environment.ProcessPath;
        if (Path.GetFileNameWithoutExtension(running) == Name)
        {
            return new(running!, [Verb]);
        }

        var beside = Path.Combine(AppContext.BaseDirectory, Name + (OperatingSystem.IsWindows() ? ".exe" : ""));
        return File.Exists(beside) ? new(beside, [Verb]) : new(running ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, Name + ".dll"), Verb]);
    }
}
