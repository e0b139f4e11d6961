using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace PublicationGate.App.Access;

/// <summary>Codes of an app on a telephone: six digits of HMAC-SHA1 over the half minute (RFC 6238, RFC 4226).</summary>
internal static class TimeCode
{
    private const int StepSeconds = 30;

    // Clocks that differ by up to a minute, as ASP.NET Core Identity allows.
    private const int Tolerance = 2;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step that a code is of.</summary>
    /// <param name="key">The key of the app, base 32.</param>
    /// <param name="code">Six digits.</param>
    /// <param name="last">The last step that was used: this and earlier ones count no more.</param>
    /// <param name="now">The time.</param>
    /// <returns>Half minutes since 1970; null when the code is wrong, used or too old.</returns>
    public static long? StepOf(string key, string code, long last, DateTimeOffset now)
    {
        var secret = Decode(key);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        for (var step = Math.Max(last + 1, current - Tolerance); step <= current + Tolerance; step++)
        {
            if (CodeAt(secret, step) == code)
            {
                return step;
            }
        }

        return null;
    }

    private static string CodeAt(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What the apps compute.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string key)
    {
        var bytes = new List<byte>();
        var (held, bits) = (0, 0);
        foreach (var sign in key.TrimEnd('=').ToUpperInvariant())
        {
            (held, bits) = (((held << 5) | Base32.IndexOf(sign, StringComparison.Ordinal)) & 0xFFF, bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
            }
        }

        return [.. bytes];
    }
}
