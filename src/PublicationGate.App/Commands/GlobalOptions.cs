using System.CommandLine;

namespace PublicationGate.App.Commands;

/// <summary>Options that every verb takes.</summary>
internal sealed class GlobalOptions
{
    /// <summary>Names the folder with the gate's data where <c>--data</c> does not.</summary>
    public const string DataVariable = "PUBLICATION_GATE_DATA";

    public GlobalOptions(string language)
    {
        Text = key => Texts.Get(key).In(language);
        Language = new Option<string>("--language") { Description = Text("cli.option.language"), Recursive = true, DefaultValueFactory = _ => "nl" };
        Language.AcceptOnlyFromAmong("nl", "en");
        Data = new Option<DirectoryInfo>("--data") { Description = Text("cli.option.data"), Recursive = true, DefaultValueFactory = _ => DefaultData() };
        Verbose = new Option<bool>("--verbose") { Description = Text("cli.option.verbose"), Recursive = true };
    }

    /// <summary>A sentence of the resource file in the language of this run.</summary>
    public Func<string, string> Text { get; }

    public Option<string> Language { get; }

    public Option<DirectoryInfo> Data { get; }

    public Option<bool> Verbose { get; }

    /// <summary>The language of this run, needed before the arguments are parsed: help is written in it.</summary>
    public static string LanguageOf(IReadOnlyList<string> arguments)
    {
        var at = arguments.ToList().FindLastIndex(argument => argument is "--language" or "--language=en" or "--language=nl");
        var value = at < 0 ? "nl" : arguments[at].Contains('=') ? arguments[at][^2..] : arguments.ElementAtOrDefault(at + 1);
        return value == "en" ? "en" : "nl";
    }

    private static DirectoryInfo DefaultData() => new(
        Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } folder ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "publication-gate"));
}
