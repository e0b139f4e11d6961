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
        Connection = new Option<string?>("--database") { Description = Text("cli.option.database"), Recursive = true, DefaultValueFactory = _ => Environment.GetEnvironmentVariable(DatabaseChoice.Variable) };
        DatabaseWait = new Option<int>("--database-wait") { Description = Text("cli.option.database-wait"), Recursive = true, DefaultValueFactory = _ => (int)PublicationGate.Data.DatabaseWait.ForPeople.TotalSeconds };
        DatabaseWait.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var seconds) || seconds is < 0 or > 3600))
            {
                result.AddError(Text("cli.wrong-database-wait"));
            }
        });
        Verbose = new Option<bool>("--verbose") { Description = Text("cli.option.verbose"), Recursive = true };
    }

    /// <summary>A sentence of the resource file in the language of this run.</summary>
    public Func<string, string> Text { get; }

    public Option<string> Language { get; }

    public Option<DirectoryInfo> Data { get; }

    public Option<string?> Connection { get; }

    public Option<int> DatabaseWait { get; }

    public Option<bool> Verbose { get; }

    /// <summary>The language of this run, needed before the arguments are parsed: help is written in it.</summary>
    public static string LanguageOf(IReadOnlyList<string> arguments)
    {
        var at = arguments.ToList().FindLastIndex(argument => argument is "--language" or "--language=en" or "--language=nl");
        var value = at < 0 ? "nl" : arguments[at].Contains('=') ? arguments[at][^2..] : arguments.ElementAtOrDefault(at + 1);
        return value == "en" ? "en" : "nl";
    }

    /// <summary>The database that a command line chooses.</summary>
    public DatabaseChoice DatabaseOf(ParseResult parsed) => new(
        parsed.GetValue(Data)!,
        parsed.GetValue(Connection) is { } connection && !string.IsNullOrWhiteSpace(connection) ? connection : null,
        TimeSpan.FromSeconds(parsed.GetValue(DatabaseWait)),
        parsed.GetValue(Language)!);

    private static DirectoryInfo DefaultData() => new(
        Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } folder ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "publication-gate"));
}
