using MimeKit;

namespace PublicationGate.Mailing;

/// <summary>Addresses of mail, as people type them.</summary>
public static class MailAddress
{
    // RFC 5321, 4.5.3.1.3, without the brackets around it.
    private const int Longest = 254;

    /// <summary>The address, trimmed; null when mail cannot be sent to it: no <c>name@school.example</c>, or with signs outside ASCII, which many servers refuse.</summary>
    public static string? Read(string? typed)
    {
        var text = typed?.Trim() ?? "";
        return text.Length is > 0 and <= Longest && text.All(c => c is > ' ' and <= '~') && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text
            && Host(text) is { Length: > 0 } host && host.Split('.') is { Length: > 1 } parts && parts.All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            ? text
            : null;
    }

    private static string Host(string address) => address[(address.LastIndexOf('@') + 1)..];
}
