using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace PublicationGate.Mailing;

/// <summary>A letter as e-mail: plain text, nothing to fetch, and marked as written by a program so that no other program answers it (RFC 3834).</summary>
internal static class LetterMessage
{
    private const int IdLength = 32;

    /// <summary>The message.</summary>
    /// <exception cref="MailException">Its address is none.</exception>
    public static MimeMessage Of(Letter letter, string subject, string body, MailSettings settings, DateTimeOffset now)
    {
        if (!MailboxAddress.TryParse(letter.To, out var to))
        {
            throw new MailException("address") { IsLasting = true };
        }

        var from = MailboxAddress.Parse(settings.From);
        var message = new MimeMessage { Date = now, Subject = subject, MessageId = IdOf(letter, from), Body = new TextPart("plain") { Text = body } };
        message.From.Add(from);
        message.To.Add(to);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body.Headers.Add(HeaderId.ContentLanguage, letter.Language);
        if (settings.ReplyTo is { } reply)
        {
            message.ReplyTo.Add(MailboxAddress.Parse(reply));
        }

        return message;
    }

    /// <summary>The same at each attempt, so that whoever gets it twice sees it once. With its time, since gates of several schools may send from one domain.</summary>
    public static string IdOf(Letter letter, MailboxAddress from) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{letter.Key}\n{letter.At.ToUnixTimeMilliseconds()}")))[..IdLength] + "@" + from.Domain;
}
