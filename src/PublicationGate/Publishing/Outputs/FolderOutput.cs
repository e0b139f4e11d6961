using System.Text;

namespace PublicationGate.Publishing.Outputs;

/// <summary>Lays copies in a folder, one below it for each channel, each with its texts to paste in a <c>.txt</c>.</summary>
/// <remarks>Names hold the id of the release, so that the same release has the same place at every attempt, and nobody else's file is in it.</remarks>
internal sealed class FolderOutput(OutputSettings settings) : IOutput
{
    private const string Staging = ".publication-gate";

    private readonly string root = Path.GetFullPath(settings.Folder!);

    /// <inheritdoc/>
    public string Name => settings.Name;

    /// <inheritdoc/>
    public Task<RemoteCopy> PublishAsync(Publication publication, CancellationToken cancellationToken) => Task.FromResult(Guard(() =>
    {
        using var staging = new StagingFolder(Path.Combine(root, Staging));
        var files = new AtomicFiles(staging);
        var photo = Path.Combine(root, SafeName.Of(publication.Channel), publication.FileName);
        // The texts first: whoever sees the photo finds them beside it.
        files.Write(TextsOf(photo), Encoding.UTF8.GetBytes(Paste.Of(publication.Texts)), mayReplace: true);
        files.Write(photo, publication.Copy.Bytes.Span, mayReplace: true);
        return new RemoteCopy { Addresses = [photo] };
    }));

    /// <inheritdoc/>
    public Task TakeDownAsync(TakeDown takeDown, CancellationToken cancellationToken) => Task.FromResult(Guard(() =>
    {
        // By its id too: an attempt that was cut off may have laid what nobody remembers.
        foreach (var photo in (takeDown.Remote?.Addresses ?? []).Concat(FilesOf(takeDown.ReleaseId)).Distinct().OrderBy(file => file.EndsWith(".txt", StringComparison.Ordinal)).ToList())
        {
            AtomicFiles.Remove(photo);
            AtomicFiles.Remove(TextsOf(photo));
        }

        return true;
    }));

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => Task.FromResult(Guard(() =>
    {
        using var staging = new StagingFolder(Path.Combine(root, Staging));
        var path = staging.NewPath();
        File.WriteAllText(path, "");
        File.Delete(path);
        return true;
    }));

    private static string TextsOf(string photo) => Path.ChangeExtension(photo, ".txt");

    private IEnumerable<string> FilesOf(string releaseId) =>
        Directory.EnumerateFiles(root, $"foto-*-{releaseId}.*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 });

    // The folder itself is never made: one that is missing is a disk that is away, and what stood on it is not gone.
    private T Guard<T>(Func<T> action)
    {
        try
        {
            return Directory.Exists(root) ? action() : throw new OutputException("folder-away");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputException("folder-" + failure.GetType().Name, failure);
        }
    }
}

/// <summary>The texts of a release as people paste them.</summary>
internal static class Paste
{
    /// <summary>Each text under its heading, in Dutch; what was not declared is left out.</summary>
    public static string Of(ReleasedTexts texts) => string.Join('\n', new[] { ("title", texts.Title), ("caption", texts.Caption), ("alt", texts.Alt) }
        .Where(part => !string.IsNullOrWhiteSpace(part.Item2)).Select(part => $"{Texts.Get("output.paste." + part.Item1).Nl}\n{part.Item2!.Trim()}\n"));
}
