namespace PublicationGate.Wording;

/// <summary>The word lists that come with the program, as text: sections under <c>[name]</c>, one entry a line, <c>#</c> for comments.</summary>
internal static class WordList
{
    /// <summary>The entries of each section of a list, in order.</summary>
    /// <param name="name">Name of the file in <c>Words/</c>, without extension.</param>
    public static ILookup<string, string> Read(string name)
    {
        using var reader = new StreamReader(typeof(WordList).Assembly.GetManifestResourceStream($"Words.{name}.txt")!);
        var section = "";
        var entries = new List<(string Section, string Entry)>();
        while (reader.ReadLine() is { } line)
        {
            var entry = line.Split('#')[0].Trim();
            if (entry.StartsWith('['))
            {
                section = entry.Trim('[', ']');
            }
            else if (entry.Length > 0)
            {
                entries.Add((section, entry));
            }
        }

        return entries.ToLookup(pair => pair.Section, pair => pair.Entry);
    }

    /// <summary>All words of a section, which may stand several on a line.</summary>
    public static HashSet<string> Words(ILookup<string, string> list, params string[] sections) =>
        [.. sections.SelectMany(section => list[section]).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
