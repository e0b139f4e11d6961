using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>A photo as it was taken in, with all that is said of it: enough to screen it without the folder that it came from.</summary>
public sealed record QueuedPhoto
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>Name of the file as it came in.</summary>
    public required string FileName { get; init; }

    /// <summary>Name of the folder that it stood in.</summary>
    public string? FolderName { get; init; }

    /// <summary>What the submitter says of it.</summary>
    public Declaration Declaration { get; init; } = new();

    /// <summary>Mistakes in what was declared: with any the photo is held.</summary>
    public IReadOnlyList<Text> Mistakes { get; init; } = [];

    /// <summary>What a reviewer found or decided; null while nobody reviewed it.</summary>
    public ReviewFacts? Review { get; init; }

    /// <summary>The <c>.xmp</c> files that stood beside it; their bytes are in the store too.</summary>
    public IReadOnlyList<QueuedSidecar> Sidecars { get; init; } = [];

    /// <summary>Why its content is not to be looked at; <see cref="IntakeProblem.None"/> when it is.</summary>
    public IntakeProblem Problem { get; init; }

    /// <summary>Number of bytes.</summary>
    public long Length { get; init; }

    /// <summary>Full path of a file whose bytes could not be read, and which is known by nothing else.</summary>
    public string? Place { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal, of everything that is said of the photo: the declaration, and the names that it came under, which rules read too.</summary>
    [JsonIgnore]
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Options)));

    /// <summary>The same without a reviewer's approval, for what a reviewer has not looked at; marks and a refusal stay.</summary>
    public QueuedPhoto WithoutApproval() => Review?.Approval is null ? this : this with { Review = Review with { Approval = null } };

    /// <summary>As one JSON object.</summary>
    public string Write() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is not what this version of the gate wrote.</exception>
    public static QueuedPhoto Read(string json) => JsonSerializer.Deserialize<QueuedPhoto>(json, Options)!;

    /// <summary>The file as it is screened.</summary>
    /// <param name="contentSha256">Hash of its content; empty when its bytes could not be read.</param>
    /// <param name="store">Where the bytes are.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ContentStoreException">The store does not give them.</exception>
    internal async Task<MediaFile> OpenAsync(string contentSha256, IContentStore store, CancellationToken cancellationToken)
    {
        if (Problem != IntakeProblem.None)
        {
            return MediaFile.WithoutContent(FileName, Problem, contentSha256.Length == 0 ? null : contentSha256, Length).From(FolderName, []);
        }

        var sidecars = new List<Sidecar>();
        foreach (var sidecar in Sidecars)
        {
            sidecars.Add(new Sidecar(sidecar.Name, sidecar.Sha256 is null ? null : await ReadAsync(sidecar, store, cancellationToken)));
        }

        return (await store.ReadAsync(contentSha256, FileName, cancellationToken)).From(FolderName, sidecars);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(QueuedSidecar sidecar, IContentStore store, CancellationToken cancellationToken)
    {
        using var file = await store.ReadAsync(sidecar.Sha256!, sidecar.Name, cancellationToken);
        return file.Content.ToArray();
    }
}

/// <summary>An <c>.xmp</c> file beside a queued photo.</summary>
/// <param name="Name">File name.</param>
/// <param name="Sha256">Hash of its bytes; null when they could not be read.</param>
public sealed record QueuedSidecar(string Name, string? Sha256);
