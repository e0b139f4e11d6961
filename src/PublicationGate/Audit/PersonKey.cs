using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;

namespace PublicationGate.Audit;

/// <summary>
/// The secret by which a person's pseudonym in the audit trail is made. Without it nobody can tell, not even by trying all pupils, whose entries
/// those are: deleting this row makes them anonymous.
/// </summary>
public sealed class PersonKey
{
    /// <summary>Whose it is: a kind and a key of the register, as <c>pupil:p1</c>.</summary>
    public required string Person { get; init; }

    /// <summary>128 random bits, lower-case hexadecimal.</summary>
    public required string Secret { get; init; }

    /// <summary>The pseudonym: the kind, and the first 128 bits of HMAC-SHA256 of <see cref="Person"/> under the secret.</summary>
    public string Pseudonym => Kind(Person) + "-" + Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromHexString(Secret), Encoding.UTF8.GetBytes(Person)))[..32];

    /// <summary>The name under which a pupil has a row.</summary>
    public static string OfPupil(string key) => "pupil:" + key;

    /// <summary>The name under which a permission has a row; its key is chosen by people and may hold a name.</summary>
    public static string OfPermission(string key) => "permission:" + key;

    /// <summary>A key with a new secret.</summary>
    public static PersonKey New(string person) => new() { Person = person, Secret = RandomNumberGenerator.GetHexString(32, lowercase: true) };

    /// <summary>The pseudonym of a person; one that had none gets a key in the unit of work.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>.</param>
    /// <param name="person">See <see cref="Person"/>.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<string> PseudonymAsync(GateDb db, string person, CancellationToken cancellationToken)
    {
        var key = await db.PersonKeys.SingleOrDefaultAsync(row => row.Person == person, cancellationToken);
        if (key is null)
        {
            key = New(person);
            db.PersonKeys.Add(key);
        }

        return key.Pseudonym;
    }

    private static string Kind(string person) => person[..person.IndexOf(':', StringComparison.Ordinal)];
}
