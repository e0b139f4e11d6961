using System.Net.Mail;

namespace PublicationGate.Removal.Requests;

/// <summary>Where a family can be reached, as it was written.</summary>
public static class FamilyContact
{
    private const int LongestAddress = 254;
    private const int FewestDigits = 8;
    private const int MostDigits = 15;

    /// <summary>The e-mail address; null when it is none.</summary>
    public static string? EmailOf(string contact) =>
        contact.Length <= LongestAddress && !contact.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign)) && MailAddress.TryCreate(contact, out var address) && address.Address == contact ? contact : null;

    /// <summary>Whether it is an e-mail address, or a number that can be called.</summary>
    public static bool IsKnown(string contact) => EmailOf(contact) is not null
        || (contact.All(sign => char.IsAsciiDigit(sign) || sign is ' ' or '+' or '-' or '(' or ')' or '.' or '/') && contact.Count(char.IsAsciiDigit) is >= FewestDigits and <= MostDigits);
}
