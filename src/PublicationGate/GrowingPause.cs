using System.Security.Cryptography;

namespace PublicationGate;

/// <summary>Pauses between attempts that are kept in rows, where Polly's end with the process: doubled after each attempt, and up to half of it taken off at random.</summary>
internal static class GrowingPause
{
    private const int Thousandths = 1000;

    /// <summary>The pause after an attempt.</summary>
    /// <param name="first">The longest after the first attempt.</param>
    /// <param name="longest">The longest ever.</param>
    /// <param name="attempt">Which attempt it was, from 1.</param>
    public static TimeSpan After(TimeSpan first, TimeSpan longest, long attempt)
    {
        var seconds = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 60)));
        return TimeSpan.FromSeconds(seconds * (1 - (RandomNumberGenerator.GetInt32(Thousandths) / (2.0 * Thousandths))));
    }
}
