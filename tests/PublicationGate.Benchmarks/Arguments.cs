using System.Globalization;

namespace PublicationGate.Benchmarks;

/// <summary>The options of a benchmark.</summary>
internal sealed class Arguments(string[] given)
{
    /// <summary>Whether a switch was given.</summary>
    public bool Has(string name) => given.Contains(name);

    /// <summary>The value after an option; null when it was not given.</summary>
    public string? Text(string name) => Array.IndexOf(given, name) is >= 0 and var at && at + 1 < given.Length ? given[at + 1] : null;

    /// <summary>The number after an option.</summary>
    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
