using System.Security.Cryptography;
using PublicationGate.Intake;

namespace PublicationGate.Duties.Destruction;

/// <summary>
/// The file of a recording on its way out: set aside under a name that only this destruction has, known by its hash, overwritten, deleted. Each step can be done again after a crash,
/// and nothing is deleted that was not known.
/// </summary>
/// <param name="path">Where it lies.</param>
/// <param name="mark">By which it is known while it is deleted.</param>
internal sealed class DoomedFile(string path, string mark)
{
    private const int Step = 1 << 20;

    private readonly string folder = Path.GetDirectoryName(path)!;

    private string Aside => Path.Combine(folder, $".{mark}.partial");

    /// <summary>Whether it is set aside.</summary>
    public bool IsAside => FileKinds.Of(Aside) == FileKind.Regular;

    /// <summary>Whether anything is at its place, or set aside.</summary>
    public bool IsThere => IsAside || FileKinds.Of(path) != FileKind.Missing;

    /// <summary>Sets it aside, where it is not yet.</summary>
    /// <returns>What keeps it from being set aside; null for nothing.</returns>
    /// <exception cref="IOException">The disk failed, or may not be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">No right to.</exception>
    public DestructionProblem? SetAside()
    {
        if (IsAside)
        {
            return null;
        }

        var problem = FileKinds.Of(path) switch
        {
            FileKind.Regular => (DestructionProblem?)null,
            FileKind.Missing => Directory.Exists(folder) ? DestructionProblem.Missing : DestructionProblem.Away,
            FileKind.Unknown => DestructionProblem.Refused,
            _ => DestructionProblem.OtherFile,
        };
        if (problem is null)
        {
            File.Move(path, Aside);
            FolderSync.Flush(folder);
        }

        return problem;
    }

    /// <summary>Whether what was set aside has these bytes.</summary>
    public async Task<bool> IsAsync(string sha256, CancellationToken cancellationToken)
    {
        await using var file = MediaFile.OpenShared(Aside);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) == sha256;
    }

    /// <summary>Puts back what was set aside and is something else.</summary>
    public void PutBack()
    {
        File.Move(Aside, path, overwrite: false);
        FolderSync.Flush(folder);
    }

    /// <summary>
    /// Overwrites it with zeros and deletes it. On a disk that writes in place that leaves nothing of it; on flash memory, on file systems that copy when they write, and in snapshots the
    /// old bytes may stay until the medium uses them again.
    /// </summary>
    /// <returns>Whether it was overwritten: a file that may not be written to is only deleted.</returns>
    public bool Delete()
    {
        var isOverwritten = TryOverwrite();
        File.Delete(Aside);
        FolderSync.Flush(folder);
        return isOverwritten;
    }

    private bool TryOverwrite()
    {
        try
        {
            using var file = new FileStream(Aside, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
            var (zeros, length) = (new byte[Step], file.Length);
            for (var at = 0L; at < length; at += Step)
            {
                file.Write(zeros, 0, (int)Math.Min(Step, length - at));
            }

            file.Flush(flushToDisk: true);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
