using System.Security.Cryptography;
using System.Text;

namespace PublicationGate.Backup;

/// <summary>
/// The last line of a backup: the SHA-256 of all that stands before it, so that one flipped bit anywhere and every cut is noticed before
/// anything is unpacked. It stands behind the end of the archive, where programs for archives do not look.
/// </summary>
internal static class BackupSeal
{
    private const string Start = "publication-gate backup sha256 ";

    /// <summary>Bytes of the line.</summary>
    public static int Length { get; } = Of(new byte[SHA256.HashSizeInBytes]).Length;

    /// <summary>The line for a hash.</summary>
    public static byte[] Of(byte[] sha256) => Encoding.ASCII.GetBytes($"{Start}{Convert.ToHexStringLower(sha256)}\n");

    /// <summary>Reads a whole backup; true when its seal is that of its content.</summary>
    public static async Task<bool> HoldsAsync(Stream backup, CancellationToken cancellationToken)
    {
        if (backup.Length < Length)
        {
            return false;
        }

        using var content = new BoundedStream(backup, backup.Length - Length);
        var hash = await SHA256.HashDataAsync(content, cancellationToken);
        var seal = new byte[Length];
        await backup.ReadExactlyAsync(seal, cancellationToken);
        return seal.AsSpan().SequenceEqual(Of(hash));
    }
}
