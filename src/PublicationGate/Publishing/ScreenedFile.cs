using System.Security.Cryptography;
using System.Text;
using PublicationGate.Imaging;
using PublicationGate.Screening;

namespace PublicationGate.Publishing;

/// <summary>A file from an inbox, screened.</summary>
/// <param name="Inbox">Full path of the inbox.</param>
/// <param name="Path">Full path of the file.</param>
/// <param name="Verdict">The verdict of its content.</param>
/// <param name="Elapsed">Time from opening the file to the verdict.</param>
public sealed record ScreenedFile(string Inbox, string Path, Verdict Verdict, TimeSpan Elapsed)
{
    /// <summary>SHA-256 of the copy of its release, which lies in the store and is what leaves; null where there is no release, and an approved one's copy is made now.</summary>
    public string? CopySha256 { get; init; }

    /// <summary>Size and quality of a copy that is made now; null for those of the folder.</summary>
    public CleanCopyOptions? Copy { get; init; }

    /// <summary>The path below the inbox.</summary>
    public string Name => System.IO.Path.GetRelativePath(Inbox, Path);

    /// <summary>The same for each verdict of this content at this place, and for nothing else.</summary>
    public string Item => ItemOf(Path, Verdict.Facts.ContentSha256);

    /// <summary>The item of a content at a place, before there is a verdict of it.</summary>
    public static string ItemOf(string path, string? contentSha256) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{contentSha256}")))[..32];
}

/// <summary>Where a result stands.</summary>
/// <param name="Folder">Full path of its folder.</param>
/// <param name="Name">Name of the photo; its reasons stand in files of this name with <c>.json</c> and <c>.txt</c> behind it.</param>
/// <param name="HasPhoto">Whether the photo itself is there: the clean copy of an approved one, the original of another.</param>
/// <param name="OriginalIsLeft">Whether the file still stands in the inbox: as asked for, or since it could not be removed, or it changed.</param>
public sealed record PlacedResult(string Folder, string Name, bool HasPhoto, bool OriginalIsLeft);

/// <summary>A result could not be placed; nothing half is visible, and the same call may be made again.</summary>
/// <param name="reason">What happened and what to do.</param>
/// <param name="cause">What the system said.</param>
public sealed class ResultNotPlacedException(Text reason, Exception cause) : Exception("result: " + cause.GetType().Name, cause)
{
    /// <summary>What happened and what to do.</summary>
    public Text Reason { get; } = reason;
}
