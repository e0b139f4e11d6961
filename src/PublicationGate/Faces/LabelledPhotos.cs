using System.Text.Json;
using PublicationGate.Intake;

namespace PublicationGate.Faces;

/// <summary>A photo of which it is known how many faces it holds, and perhaps where.</summary>
/// <param name="Path">Path of the file.</param>
/// <param name="Count">Faces that a person counted.</param>
/// <param name="Boxes">Where they are, in pixels of the upright photo; null when only the number is known.</param>
public sealed record LabelledPhoto(string Path, int Count, IReadOnlyList<FaceBox>? Boxes);

/// <summary>Reads sets of photos to measure a face counter with.</summary>
public static class LabelledPhotos
{
    /// <summary>
    /// Reads a labels file: <c>{"images": [{"file", "count", "boxes": [{"x", "y", "width", "height"}]}]}</c>, files beside it; other keys
    /// are notes.
    /// </summary>
    /// <exception cref="InputErrorsException">The file cannot be read or is none.</exception>
    public static IReadOnlyList<LabelledPhoto> Read(string file)
    {
        try
        {
            var labels = JsonSerializer.Deserialize<Labels>(File.ReadAllBytes(file), JsonSerializerOptions.Web)!;
            return [.. labels.Images.Select(image => new LabelledPhoto(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, image.File), image.Count ?? throw new JsonException("count: none"), image.Boxes))];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or ArgumentNullException or NullReferenceException)
        {
            throw new InputErrorsException([new InputError(file, 0, null, Texts.Get("measure.labels-unreadable"))]);
        }
    }

    /// <summary>Takes every file in a folder and the folders below as a photo that holds <paramref name="count"/> faces.</summary>
    /// <exception cref="InputErrorsException">The folder is not there.</exception>
    public static IReadOnlyList<LabelledPhoto> InFolder(string folder, int count) =>
        [.. FolderScan.Of([folder]).Photos.Select(photo => new LabelledPhoto(photo.Path, count, null))];

    private sealed record Labels(IReadOnlyList<LabelledImage> Images);

    private sealed record LabelledImage(string File, int? Count, IReadOnlyList<FaceBox>? Boxes);
}
