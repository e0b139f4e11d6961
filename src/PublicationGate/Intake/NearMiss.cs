namespace PublicationGate.Intake;

/// <summary>The known word that a person probably meant.</summary>
internal static class NearMiss
{
    /// <summary>The nearest of <paramref name="known"/> at most two letters away (one in words up to four letters), capitals not counted; null when there is none.</summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        var word = written.ToLowerInvariant();
        var nearest = known.Select(candidate => (Word: candidate, Distance: Distance(word, candidate))).MinBy(candidate => candidate.Distance);
        return nearest.Distance <= (word.Length <= 4 ? 1 : 2) ? nearest.Word : null;
    }

    /// <summary>Levenshtein distance: letters to insert, drop or replace.</summary>
    private static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > 2)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + (from[i - 1] == to[j - 1] ? 0 : 1), 1 + Math.Min(row[j], row[j - 1])));
            }
        }

        return row[to.Length];
    }
}
