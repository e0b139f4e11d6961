using System.Text;
using PublicationGate.App.Commands;
using PublicationGate.Imaging.Apart;
using Spectre.Console;

// Before anything else: such a process lives for one purpose, and starts in the middle of a photo.
if (args is [DecodeCommand.Verb, .. var limits])
{
    return DecoderLoop.Run(limits);
}

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
{
    // A file has no colours, and no width of its own.
    AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
    AnsiConsole.Profile.Width = Console.IsOutputRedirected ? 140 : AnsiConsole.Profile.Width;
}

return await PublicationGateCommand.RunAsync(args);
