using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>A verdict as it is kept, with everything it was made from.</summary>
public sealed class StoredVerdict
{
    /// <summary>Id of the verdict.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the photo's bytes, lower-case hexadecimal.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>SHA-256 of the declaration, lower-case hexadecimal.</summary>
    public required string DeclarationSha256 { get; init; }

    /// <summary>Version of the protocol file that judged; see <see cref="StoredProtocol"/>.</summary>
    public required string ProtocolVersion { get; init; }

    /// <summary>The worst of all findings.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Channel id it was judged for.</summary>
    public required string Channel { get; init; }

    /// <summary>Name of the file as it came in.</summary>
    public required string FileName { get; init; }

    /// <summary>When it was decided; kept to the millisecond.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The facts and findings, as JSON.</summary>
    public required string Evidence { get; init; }

    /// <summary>When its evidence was erased with the data of a person; null while it is there.</summary>
    public DateTimeOffset? ErasedAt => Evidence.StartsWith(ErasedMark, StringComparison.Ordinal)
        ? DateTimeOffset.Parse(Evidence.AsSpan()[ErasedMark.Length..^2], System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>How the evidence of a verdict begins that has none any more.</summary>
    internal const string ErasedMark = "{\"erased\":\"";

    /// <summary>What stands in the place of evidence that was erased.</summary>
    internal static string ErasedEvidence(DateTimeOffset at) => $"{ErasedMark}{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\"}}";

    /// <summary>The columns say what the evidence says: they are what lists and searches show, and the id covers the evidence alone.</summary>
    /// <param name="verdict">The verdict of <see cref="Evidence"/>.</param>
    public bool AgreesWith(Verdict verdict) =>
        Outcome == verdict.Outcome && Channel == verdict.Facts.Declaration.Channel && FileName == verdict.Facts.FileName
        && ContentSha256 == (verdict.Facts.ContentSha256 ?? "") && DeclarationSha256 == verdict.Facts.Declaration.Sha256 && ProtocolVersion == verdict.ProtocolVersion;
}
