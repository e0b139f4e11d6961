namespace PublicationGate.Intake;

/// <summary>The files beside photos that are not photos: hidden ones, what Windows leaves in folders, lists and declarations.</summary>
internal static class Companions
{
    private static readonly HashSet<string> Leftovers = new(["Thumbs.db", "desktop.ini"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Writings = new([".csv", ".md", ".txt"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Declarations = new([".yaml", ".yml", ".json"], StringComparer.OrdinalIgnoreCase);

    public static bool AreHidden(string name) => name.StartsWith('.') || Leftovers.Contains(name);

    public static bool MayDeclare(string name) => Declarations.Contains(Path.GetExtension(name));

    public static bool AreNamed(string name) => MayDeclare(name) || Writings.Contains(Path.GetExtension(name));

    /// <summary>Whether a regular file is an image inside, since a photo named photo.txt is a photo; null when it cannot be read.</summary>
    public static bool? HoldAnImage(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var start = new byte[ImageSignature.Length];
            return ImageSignature.Recognise(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false))) != ImageFormat.Unknown;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
