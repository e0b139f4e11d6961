namespace PublicationGate.Mailing;

/// <summary>A letter could not be sent, or nobody knows whether it was.</summary>
/// <param name="code">What failed, a word for tables and logs, such as <c>recipient-550</c>: nothing that the server said, which may hold an address.</param>
/// <param name="cause">What the system said.</param>
internal sealed class MailException(string code, Exception? cause = null) : Exception("mail: " + code, cause)
{
    /// <summary>What failed, a word.</summary>
    public string Code { get; } = code;

    /// <summary>Trying again would end in the same.</summary>
    public bool IsLasting { get; init; }

    /// <summary>The server is to blame, or the way to it, and no single letter.</summary>
    public bool IsOfServer { get; init; }

    /// <summary>The connection broke: a new one may well hold.</summary>
    public bool IsBrokenConnection => Code is "connection" or "server-421";

    /// <summary>The server said no to this letter, so that it has certainly not taken it.</summary>
    public bool IsAnswer => Code.Contains('-', StringComparison.Ordinal) && char.IsAsciiDigit(Code[^1]);
}
