using System.Text;
using PublicationGate.App.Commands;
using Spectre.Console;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
{
    // A file has no colours, and no width of its own.
    AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
    AnsiConsole.Profile.Width = Console.IsOutputRedirected ? 140 : AnsiConsole.Profile.Width;
}

return await PublicationGateCommand.RunAsync(args);
