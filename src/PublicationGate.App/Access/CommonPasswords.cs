using Microsoft.AspNetCore.Identity;
using PublicationGate.Accounts;

namespace PublicationGate.App.Access;

/// <summary>Refuses passwords that everybody tries first: well-known ones, one sign or a row of signs over and over, and the person's own name.</summary>
internal sealed class CommonPasswords : IPasswordValidator<Account>
{
    /// <summary>Fewest signs of a password.</summary>
    public const int ShortestLength = 12;

    /// <summary>The code of what is refused for being known.</summary>
    public const string Code = "PasswordTooCommon";

    // Parts of which most well-known passwords of this length are made; what is left beside them must be a password by itself.
    private static readonly string[] Parts =
    [
        "wachtwoord", "welkom", "geheim", "password", "passw0rd", "welcome", "letmein", "qwertyuiop", "qwerty", "azerty", "asdfghjkl", "zxcvbnm", "1q2w3e4r5t", "1q2w3e4r", "iloveyou", "administrator", "admin", "beheerder",
        "school", "basisschool", "juf", "meester", "changeme", "secret", "publicationgate", "1234567890", "0123456789", "123456789", "12345678", "123456", "12345", "1234", "123", "abcdefgh", "abcdef", "abc", "2024", "2025", "2026", "2027",
    ];

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(IsCommon(password ?? "", user.UserName ?? "") ? IdentityResult.Failed(new IdentityError { Code = Code, Description = Code }) : IdentityResult.Success);

    /// <summary>Whether a password is one that everybody tries first.</summary>
    public static bool IsCommon(string password, string name)
    {
        var left = new string([.. password.ToLowerInvariant().Where(char.IsLetterOrDigit)]);
        foreach (var part in name.ToLowerInvariant().Split('@', '.', ' ', '-', '_').Where(part => part.Length >= 3).Concat(Parts))
        {
            left = left.Replace(part, "", StringComparison.Ordinal);
        }

        // Four different signs are no more than a row of keys.
        return left.Length < ShortestLength / 3 || password.ToLowerInvariant().Distinct().Count() < 5;
    }
}
