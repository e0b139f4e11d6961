using System.ComponentModel.DataAnnotations;

namespace PublicationGate.Publishing.Certificates;

/// <summary>How long certificates hold.</summary>
public sealed record CertificateOptions
{
    /// <summary>Days from issue to end; default 365, range 1 to 3650. While a release stands it gets a new one in the last twelfth of that time.</summary>
    [Range(1, 3650)]
    public int Days { get; init; } = 365;

    /// <summary>The same as a time.</summary>
    public TimeSpan Lifetime => TimeSpan.FromDays(Days);

    /// <summary>How long after its issue a certificate is followed by the next.</summary>
    public TimeSpan RenewedAfter => Lifetime * 11 / 12;
}
