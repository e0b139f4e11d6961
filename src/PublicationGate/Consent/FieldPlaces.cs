namespace PublicationGate.Consent;

/// <summary>Where a field of a CSV line begins, so that a mistake can be pointed at.</summary>
internal static class FieldPlaces
{
    /// <summary>
    /// The character, from 1, at which field number <paramref name="index"/>, from 0, begins; 1 when the line has no such field, 0 when a
    /// negative index says that there is none.
    /// </summary>
    public static int Of(string line, char separator, int index)
    {
        if (index <= 0)
        {
            return index + 1;
        }

        var isQuoted = false;
        for (int at = 0, field = 0; at < line.Length; at++)
        {
            isQuoted ^= line[at] == '"';
            if (line[at] == separator && !isQuoted && ++field == index)
            {
                return at + 2;
            }
        }

        return 1;
    }
}
