using System.Security.Cryptography;
using System.Text;

namespace PublicationGate.Intake;

/// <summary>What all declarations that hold for a photo say together.</summary>
/// <param name="Declaration">Laid over each other; what an erroneous file says is left out.</param>
/// <param name="Errors">Mistakes in its declarations; with any, the photo must be held: what was meant is not known.</param>
public sealed record EffectiveDeclaration(Declaration Declaration, IReadOnlyList<InputError> Errors)
{
    /// <summary>Nobody said anything.</summary>
    public static EffectiveDeclaration Nothing { get; } = new(new(), []);

    /// <summary>The day that the nearest folder's name gives; null when none does. It is no part of the declaration.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Changes when what is declared changes, or the mistakes in it; SHA-256, lower-case hexadecimal. Without mistakes the declaration's own.</summary>
    public string Version => Errors.Count == 0
        ? Declaration.Sha256
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Declaration.Sha256 + string.Concat(Errors.Select(error => "\n" + error.In("en"))))));
}
