using PublicationGate.Consent;
using PublicationGate.Wording;

namespace PublicationGate.Rules;

/// <summary>Tells the school's own addresses, numbers and accounts, which may stand in its posts, from anybody else's.</summary>
internal static class OwnContacts
{
    /// <summary>Whether what was found is on the protocol's list, or an account of the channel.</summary>
    public static bool Holds(TextFinding found, Protocol protocol, ChannelTerms terms) =>
        protocol.OwnContacts.Any(own => IsSame(found, own)) || (found.Kind == TextFindingKind.Handle && terms.Accounts.Any(account => IsSame(found, account)));

    private static bool IsSame(TextFinding found, string own) => found.Kind switch
    {
        TextFindingKind.Phone => Number(found.Span) is { Length: > 0 } number && number == Number(own),
        TextFindingKind.Email when own.StartsWith('@') => Plain(found.Span).EndsWith(Plain(own), StringComparison.Ordinal),
        TextFindingKind.Handle => Account(found.Span) == Account(own),
        _ => Plain(found.Span) is { Length: > 0 } plain && plain == Plain(own),
    };

    // +31 20 123 45 67 and 020-1234567 are one number.
    private static string Number(string written)
    {
        var digits = string.Concat(written.Where(char.IsAsciiDigit));
        digits = written.TrimStart().StartsWith('+') ? digits : digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
        return digits.StartsWith("310", StringComparison.Ordinal) ? digits[3..] : digits.StartsWith("31", StringComparison.Ordinal) && digits.Length == 11 ? digits[2..] : digits.TrimStart('0');
    }

    private static string Plain(string written) => string.Concat(NameFolding.Fold(written).Where(character => char.IsLetterOrDigit(character) || character is '@' or '.'));

    // The last part of a link, or what follows the @.
    private static string Account(string written) => Plain(written.TrimEnd('/').Split('/')[^1]).Replace("@", "", StringComparison.Ordinal);
}
