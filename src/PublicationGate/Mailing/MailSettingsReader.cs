using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace PublicationGate.Mailing;

/// <summary>Reads <c>mail.yaml</c> and the secret that it names, and refuses what could not work or would send a password in the clear.</summary>
public static class MailSettingsReader
{
    /// <summary>The mail server of a data folder; <see cref="MailSettings.None"/> where it has no such file.</summary>
    /// <exception cref="MailSettingsException">Something is wrong.</exception>
    public static MailSettings Read(string data)
    {
        var path = Path.Combine(data, DataFolder.Mail);
        if (!File.Exists(path) || Parse(path) is not { } settings)
        {
            return MailSettings.None;
        }

        Check(settings);
        settings.Password = settings.User is null ? null : PasswordOf(settings, data);
        settings.Authorities = settings.CaFile is { } file ? AuthoritiesIn(Path.Combine(data, file)) : null;
        return settings;
    }

    // Null where the file holds nothing but comments.
    private static MailSettings? Parse(string path)
    {
        try
        {
            return new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<MailSettings?>(File.ReadAllText(path));
        }
        catch (YamlException wrong)
        {
            throw new MailSettingsException(Texts.Get("mailing.wrong-file", ("file", path), ("line", wrong.Start.Line), ("detail", wrong.InnerException?.Message ?? wrong.Message)));
        }
    }

    private static void Check(MailSettings settings)
    {
        Demand(Uri.CheckHostName(settings.Host) != UriHostNameType.Unknown, "mailing.no-host");
        Demand(settings.Port is null or (>= 1 and <= 65535), "mailing.wrong-port");
        Demand(settings.Timeout is >= 1 and <= 120, "mailing.wrong-timeout");
        Demand(IsMailbox(settings.From), "mailing.wrong-from", ("setting", "from"));
        Demand(settings.ReplyTo is null || IsMailbox(settings.ReplyTo), "mailing.wrong-from", ("setting", "reply-to"));
        Demand(settings.User is not null || (settings.SecretFile is null && settings.SecretVariable is null), "mailing.no-user");
        Demand(settings.Security != MailSecurity.None || settings.IsLoopback || settings.User is null, "mailing.clear-password");
    }

    private static bool IsMailbox(string text) => MailboxAddress.TryParse(text, out var mailbox) && MailAddress.Read(mailbox.Address) is not null;

    private static string PasswordOf(MailSettings settings, string data)
    {
        Demand((settings.SecretFile is null) != (settings.SecretVariable is null), "mailing.no-secret");
        var secret = (settings.SecretVariable is { } variable ? Environment.GetEnvironmentVariable(variable) : ReadSecret(Path.Combine(data, settings.SecretFile!)))?.Trim();
        Demand(!string.IsNullOrEmpty(secret), "mailing.empty-secret");
        return secret!;
    }

    private static string ReadSecret(string path)
    {
        try
        {
            Demand(!OwnerOnlyFile.IsOpenToOthers(path), "mailing.open-secret", ("file", path));
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MailSettingsException(Texts.Get("mailing.unreadable", ("file", path)));
        }
    }

    private static X509Certificate2Collection AuthoritiesIn(string path)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(path);
            Demand(found.Count > 0, "mailing.unreadable", ("file", path));
            return found;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MailSettingsException(Texts.Get("mailing.unreadable", ("file", path)));
        }
    }

    private static void Demand(bool isSo, string key, params (string, object)[] values)
    {
        if (!isSo)
        {
            throw new MailSettingsException(Texts.Get(key, values));
        }
    }
}
