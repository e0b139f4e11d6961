namespace PublicationGate.Intake;

/// <summary>An <c>.xmp</c> file beside a photo, in which programs keep what they do not write into the photo: <c>photo.xmp</c> or <c>photo.jpg.xmp</c>.</summary>
/// <param name="Name">File name.</param>
/// <param name="Content">Its bytes; null when it could not be read, is a link, or exceeds the limit.</param>
public sealed record Sidecar(string Name, ReadOnlyMemory<byte>? Content)
{
    /// <summary>Largest sidecar that is read, in bytes: Lightroom's with masks of a whole evening's retouching stay below.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>File extension of a sidecar.</summary>
    public const string Extension = ".xmp";

    /// <summary>The sidecars of a photo, in ordinal order of their names.</summary>
    internal static async Task<IReadOnlyList<Sidecar>> BesideAsync(string photo, CancellationToken cancellationToken)
    {
        var names = new[] { Path.ChangeExtension(photo, null), photo }.SelectMany(stem => new[] { stem + Extension, stem + ".XMP" }).Where(path => path != photo).Distinct();
        var sidecars = new List<Sidecar>();
        foreach (var path in names.Order(StringComparer.Ordinal))
        {
            var kind = FileKinds.Of(path);
            if (kind != FileKind.Missing)
            {
                sidecars.Add(new Sidecar(Path.GetFileName(path), kind == FileKind.Regular ? await ReadAsync(path, cancellationToken) : null));
            }
        }

        return sidecars;
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[Math.Min(file.Length, MaximumBytes) + 1];
            var length = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
            // A full array means that there is more than fits, or that the file has grown meanwhile.
            return length == content.Length ? (ReadOnlyMemory<byte>?)null : content.AsMemory(0, length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
