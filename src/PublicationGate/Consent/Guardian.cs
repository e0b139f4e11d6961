using System.Net.Mail;

namespace PublicationGate.Consent;

/// <summary>Who may answer for a pupil, and how to reach them. Nothing more is kept of them.</summary>
public sealed class Guardian
{
    /// <summary>Number given by the database.</summary>
    public long Id { get; init; }

    /// <summary>Register key of the pupil; indexed.</summary>
    public required string PupilKey { get; init; }

    /// <summary>What they are called, as <see cref="Answer.GivenBy"/> has it: it tells one guardian's answers from another's.</summary>
    public required string Name { get; set; }

    /// <summary>E-mail address; null for who gets letters on paper.</summary>
    public string? Email { get; set; }

    /// <summary>Language of their letters, <c>nl</c> or <c>en</c>.</summary>
    public required string Language { get; set; }

    /// <summary>True for the pupil, who answers from 16 on.</summary>
    public bool IsPupil { get; set; }

    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 200;

    // As SMTP has it (RFC 5321, 4.5.3.1.3).
    private const int LongestAddress = 254;

    /// <summary>Whether it is the same person, however the name is spelled.</summary>
    internal bool IsCalled(string name) => NameFolding.Fold(Name) == NameFolding.Fold(name);

    /// <summary>Whether mail can be sent to a text: one plain address, of a domain with a dot in it.</summary>
    public static bool IsAddress(string text) => text.Length <= LongestAddress && !text.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign) || sign is '<' or '>' or ',' or ';')
        && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Trim('.') == address.Host && address.Host.Contains('.', StringComparison.Ordinal);
}
