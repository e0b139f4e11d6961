using System.Net;
using System.Security.Cryptography.X509Certificates;
using YamlDotNet.Serialization;

namespace PublicationGate.Mailing;

/// <summary>How the connection to a mail server is kept from others.</summary>
public enum MailSecurity
{
    /// <summary>TLS from the first byte on.</summary>
    Tls,

    /// <summary>TLS after the greeting; a server that does not offer it gets nothing.</summary>
    Starttls,

    /// <summary>Not at all. A password then goes to this machine only.</summary>
    None,
}

/// <summary>The mail server of <c>mail.yaml</c> in the data folder. No record: its text would show the password.</summary>
public sealed class MailSettings
{
    /// <summary>No mail server: letters wait.</summary>
    public static MailSettings None { get; } = new();

    /// <summary>Name or address of the server.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port; default 465 for <see cref="MailSecurity.Tls"/>, 587 for <see cref="MailSecurity.Starttls"/>, 25 for <see cref="MailSecurity.None"/>.</summary>
    public int? Port { get; set; }

    /// <summary>How the connection is kept from others; default <see cref="MailSecurity.Tls"/>.</summary>
    public MailSecurity Security { get; set; }

    /// <summary>File with the certificates of those whom the server's own may be signed by, in place of the machine's; a relative path is below the data folder. For a server of the school's own.</summary>
    public string? CaFile { get; set; }

    /// <summary>Whom to sign in as; null to send without.</summary>
    public string? User { get; set; }

    /// <summary>File with the password, its owner's alone; a relative path is below the data folder.</summary>
    public string? SecretFile { get; set; }

    /// <summary>Variable of the environment with the password.</summary>
    public string? SecretVariable { get; set; }

    /// <summary>Whom letters come from: an address, or a name and an address between angle brackets.</summary>
    public string From { get; set; } = "";

    /// <summary>Where answers go; null for <see cref="From"/>.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>Seconds that each step may take, connecting, signing in and sending; default 60, range 1 to 120.</summary>
    public int Timeout { get; set; } = 60;

    /// <summary>Whether there is a server.</summary>
    [YamlIgnore]
    public bool IsSet => Host.Length > 0;

    /// <summary>The password.</summary>
    [YamlIgnore]
    internal string? Password { get; set; }

    /// <summary>The certificates of <see cref="CaFile"/>.</summary>
    [YamlIgnore]
    internal X509Certificate2Collection? Authorities { get; set; }

    /// <summary>The port in use.</summary>
    internal int PortInUse => Port ?? Security switch { MailSecurity.Tls => 465, MailSecurity.Starttls => 587, _ => 25 };

    /// <summary>Whether the server is this machine.</summary>
    internal bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>The mail server cannot be used as it is set.</summary>
/// <param name="reason">What is wrong and what to do.</param>
public sealed class MailSettingsException(Text reason) : Exception(reason.En)
{
    /// <summary>What is wrong and what to do.</summary>
    public Text Reason { get; } = reason;
}
