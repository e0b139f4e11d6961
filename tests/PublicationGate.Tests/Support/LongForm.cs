namespace PublicationGate.Tests.Support;

/// <summary>What is left out of <c>./test</c> to keep it short, and runs with <c>GATE_LONG=1 ./test</c>: second databases, second languages, every file of a set.</summary>
public static class LongForm
{
    /// <summary>Whether it was asked for.</summary>
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("GATE_LONG") == "1";

    /// <summary>The databases of tests of pages. What pages ask of the other one, <c>EveryPageTests</c> sees in the short form too.</summary>
    public static IEnumerable<DatabaseKind> Databases => IsAsked ? [DatabaseKind.Sqlite, DatabaseKind.Postgres] : [DatabaseKind.Sqlite];

    /// <summary>The languages of a walk through the pages, Dutch first.</summary>
    public static IEnumerable<string> DutchFirst => IsAsked ? ["nl", "en"] : ["nl"];

    /// <summary>The languages of a walk through the pages, English first.</summary>
    public static IEnumerable<string> EnglishFirst => IsAsked ? ["en", "nl"] : ["en"];
}
