using System.Text.Json;

namespace PublicationGate.Publishing.Outputs;

/// <summary>A place that releases go to. Each call may come again, also after it succeeded: the same key must leave one copy there, or none.</summary>
internal interface IOutput
{
    /// <summary>How it is called in the settings.</summary>
    string Name { get; }

    /// <summary>Lays the copy and its texts there.</summary>
    /// <returns>What is needed to find it again.</returns>
    /// <exception cref="OutputException">It could not be done, or nobody knows whether it was.</exception>
    Task<RemoteCopy> PublishAsync(Publication publication, CancellationToken cancellationToken);

    /// <summary>Takes it away again; what is not there any more is gone.</summary>
    /// <exception cref="OutputException">It could not be done, or nobody knows whether it was.</exception>
    Task TakeDownAsync(TakeDown takeDown, CancellationToken cancellationToken);

    /// <summary>Tries whether it could be done now; nothing is left there.</summary>
    /// <exception cref="OutputException">It could not.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <summary>What is published of a release.</summary>
/// <param name="Key">Idempotency key: the same for the same publication, however often it is sent.</param>
/// <param name="ReleaseId">The release.</param>
/// <param name="Channel">Channel that it was released for.</param>
/// <param name="ReleasedAt">When.</param>
/// <param name="Copy">The copy.</param>
/// <param name="Texts">What is posted with it.</param>
internal sealed record Publication(string Key, string ReleaseId, string Channel, DateTimeOffset ReleasedAt, ReleasedCopy Copy, ReleasedTexts Texts)
{
    /// <summary>Name of the file: a day and a number, and nobody's name.</summary>
    public string FileName => NameOf(ReleaseId, ReleasedAt) + Copy.Extension;

    /// <summary>The same without its ending.</summary>
    public static string NameOf(string releaseId, DateTimeOffset releasedAt) => $"foto-{releasedAt.UtcDateTime:yyyy-MM-dd}-{releaseId}";
}

/// <summary>Texts as they were screened; null where none was declared.</summary>
/// <param name="Title">Title of the post.</param>
/// <param name="Caption">Caption.</param>
/// <param name="Alt">For those who cannot see the photo.</param>
internal sealed record ReleasedTexts(string? Title, string? Caption, string? Alt);

/// <summary>What is taken down.</summary>
/// <param name="Key">Idempotency key of the take-down.</param>
/// <param name="PublishKey">Key under which it was published.</param>
/// <param name="ReleaseId">The release.</param>
/// <param name="Remote">What the output remembered; null when nobody knows whether the publication arrived.</param>
internal sealed record TakeDown(string Key, string PublishKey, string ReleaseId, RemoteCopy? Remote);

/// <summary>Where a publication is: what it takes to find each size of it again.</summary>
public sealed record RemoteCopy
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>What the output calls it; null for an output that gives no ids.</summary>
    public string? Id { get; init; }

    /// <summary>What it calls the post around it; null for none.</summary>
    public string? PostId { get; init; }

    /// <summary>Every address or path at which it, or a smaller size of it, can be seen.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>As one JSON object.</summary>
    public string Write() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RemoteCopy? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<RemoteCopy>(json, Options);
}

/// <summary>An output did not do what it should.</summary>
/// <param name="code">What failed, a word for tables and logs: no address, no name of a file.</param>
/// <param name="cause">What the system said.</param>
internal sealed class OutputException(string code, Exception? cause = null) : Exception("output: " + code, cause)
{
    /// <summary>What failed, a word.</summary>
    public string Code { get; } = code;

    /// <summary>Trying again would end in the same.</summary>
    public bool IsLasting { get; init; }

    /// <summary>The receiver says that it is gone for good and wants no more.</summary>
    public bool IsGone { get; init; }

    /// <summary>When the receiver wants to be asked again; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
