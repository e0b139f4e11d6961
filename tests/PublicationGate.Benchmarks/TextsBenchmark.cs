using System.Diagnostics;
using System.Globalization;
using PublicationGate.Consent;
using PublicationGate.Wording;

namespace PublicationGate.Benchmarks;

/// <summary>Searches a caption of 2,000 characters against a large register, and tells the median time and how long the register takes to prepare.</summary>
internal static class TextsBenchmark
{
    private const int Length = 2000;

    private static readonly string[] Starts = ["Hoek", "Dijk", "Meul", "Berg", "Brouw", "Wier", "Ver", "Kuip", "Roos", "Smit", "Post", "Vel", "Tim", "Bosch", "Zand", "Linde", "Heu", "Gra", "Wal", "Oost"];

    private static readonly string[] Ends = ["stra", "en", "ma", "mans", "inga", "sma", "huizen", "hof", "veld", "kamp", "beek", "er", "sen", "s", "land", "gaard", "horst", "burg", "wijk", "dam"];

    private static readonly string[] Prefixes = ["", "", "", "de", "van", "van der", "van den", "ten", "'t"];

    private static readonly string[] FirstNames = ["Fenna", "Daan", "Zoë", "Mehmet", "Sjoerd", "Anne-Fleur", "Ilyas", "Noor", "Teun", "Chloë", "Sam", "Roos", "Mark", "Lotte", "Bram", "Yara", "Emre", "Finn", "Julia", "Tygo"];

    private const string Sentence = "Wat een geweldige sportdag was dat! Groep 5 en 6 sprongen, gooiden en renden; Fenna en Daan wonnen de estafette (4 x 100 meter) in 1.12,4. "
        + "Bedankt bakkerij De Korenaar voor de 120 krentenbollen, en alle hulpouders van 8.30 tot 12.00 uur 💪 #sportdag #trots. ";

    public static int Run(Arguments arguments)
    {
        var pupils = arguments.Number("--pupils", 20_000);
        var rounds = arguments.Number("--rounds", 1001);
        var register = Enumerable.Range(0, pupils).Select(i => new RegisteredName(
            $"p{i}", FirstNames[i % FirstNames.Length], Prefixes[i / 7 % Prefixes.Length], Starts[i / 20 % Starts.Length] + Ends[i / 400 % Ends.Length] + (i / 8000 > 0 ? "-" + Starts[i % 20] + Ends[i / 3 % 20] : ""))).ToList();
        var start = Stopwatch.GetTimestamp();
        var search = new TextSearch(register);
        var prepared = Stopwatch.GetElapsedTime(start);
        var clean = string.Concat(Enumerable.Repeat(Sentence, 20))[..Length];
        var full = string.Concat(Enumerable.Repeat("Fenna Hoekstra belt 06-12345678 of mailt f@hoek.nl. ", 50))[..Length];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{pupils} pupils, {Length} characters: {Median(search, clean, rounds):0.00} ms a caption, {Median(search, full, rounds):0.00} ms one that is all names and numbers (medians of {rounds}); register prepared in {prepared.TotalMilliseconds:0} ms"));
        return 0;
    }

    private static double Median(TextSearch search, string text, int rounds)
    {
        var times = new List<double>();
        for (var round = -200; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            search.Search("caption", text, []);
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return times.Order().ElementAt(times.Count / 2);
    }
}
