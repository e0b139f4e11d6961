using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.App.Access;

/// <summary>The one-time link to make the first account. It is known to who started the program, holds while there is no account, and is new at each start.</summary>
internal sealed class FirstAccount(GateDatabase database)
{
    private byte[]? sha256;

    /// <summary>Makes the token of a new link; null when there is an account already.</summary>
    public async Task<string?> MakeTokenAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        if (await db.Accounts.AnyAsync(cancellationToken))
        {
            return null;
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        sha256 = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        return token;
    }

    /// <summary>Whether a token is the one of the link, and still holds.</summary>
    public bool Holds(string? token) =>
        sha256 is { } expected && token is not null && CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>There is an account: the link holds no longer.</summary>
    public void Used() => sha256 = null;
}
