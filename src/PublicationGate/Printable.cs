namespace PublicationGate;

/// <summary>Makes file names and other foreign text fit to print: a name may hold line ends, or orders to the terminal.</summary>
public static class Printable
{
    /// <summary><paramref name="written"/> on one line, each control character as the sign for what cannot be shown.</summary>
    public static string Of(string written) =>
        written.Any(char.IsControl) ? string.Concat(written.Select(character => char.IsControl(character) ? '\uFFFD' : character)) : written;
}
