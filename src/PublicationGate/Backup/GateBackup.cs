using System.Formats.Tar;
using System.Reflection;
using System.Security.Cryptography;
using PublicationGate.Data;

namespace PublicationGate.Backup;

/// <summary>
/// Writes all of a data folder with a SQLite database into one file, while gates work on it: a tar archive, a manifest as its last file, and
/// behind it a seal. It holds children's data as it is, not encrypted.
/// </summary>
/// <param name="time">Clock of the manifest.</param>
public sealed class GateBackup(TimeProvider time)
{
    private const int Step = 128 * 1024;

    private static readonly string Program = typeof(GateBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Writes the backup. It is there whole, or not at all, and its owner alone may read it.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="target">Path of the backup, outside of the data folder.</param>
    /// <param name="mayReplace">Whether a file of that name is replaced.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing.</param>
    /// <exception cref="BackupException">There is nothing to back up, or the target is taken or inside the folder.</exception>
    /// <exception cref="GateDatabaseException">The database is damaged or of a newer gate.</exception>
    /// <exception cref="IOException">The disk failed, or is full.</exception>
    public async Task<BackupManifest> WriteAsync(string folder, string target, bool mayReplace, CancellationToken cancellationToken)
    {
        (folder, target) = (Path.GetFullPath(folder), Path.GetFullPath(target));
        RefuseMistakes(folder, target, mayReplace);
        var staged = target + ".partial";
        try
        {
            using var staging = new StagingFolder(staged);
            var archive = staging.NewPath();
            var manifest = await WriteSealedAsync(folder, archive, staging.NewPath(), cancellationToken);
            File.Move(archive, target, mayReplace);
            FolderSync.Flush(Path.GetDirectoryName(target)!);
            return manifest;
        }
        finally
        {
            RemoveIfEmpty(staged);
        }
    }

    private static void RefuseMistakes(string folder, string target, bool mayReplace)
    {
        var mistake = !File.Exists(Path.Combine(folder, DataFolder.Database)) ? Texts.Get("backup.nothing", ("folder", folder))
            : Directory.Exists(target) ? Texts.Get("backup.is-folder", ("file", target))
            : !Directory.Exists(Path.GetDirectoryName(target)) ? Texts.Get("backup.no-folder", ("folder", Path.GetDirectoryName(target)!))
            : target.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Texts.Get("backup.inside", ("file", target), ("folder", folder))
            : File.Exists(target) && !mayReplace ? Texts.Get("backup.exists", ("file", target))
            : null;
        if (mistake is not null)
        {
            throw new BackupException(mistake) { IsMistake = true };
        }
    }

    private async Task<BackupManifest> WriteSealedAsync(string folder, string archive, string snapshot, CancellationToken cancellationToken)
    {
        await using var file = OwnerOnlyFile.Open(archive, FileMode.CreateNew);
        using var hash = SHA256.Create();
        BackupManifest manifest;
        await using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        await using (var tar = new TarWriter(hashed, TarEntryFormat.Pax, leaveOpen: true))
        {
            manifest = await WriteFilesAsync(folder, tar, snapshot, cancellationToken);
        }

        await file.WriteAsync(BackupSeal.Of(hash.Hash!), cancellationToken);
        file.Flush(flushToDisk: true);
        return manifest;
    }

    private async Task<BackupManifest> WriteFilesAsync(string folder, TarWriter tar, string snapshot, CancellationToken cancellationToken)
    {
        var begun = time.GetUtcNow();
        var files = new List<BackedUpFile>();
        // Checkpoints of the audit trail speak of entries that must be in the database, so they come before its copy.
        foreach (var path in BackupFiles.Files(folder).Others)
        {
            await AddAsync(Path.Combine(folder, path), path);
        }

        var version = await SqliteSnapshot.TakeAsync(Path.Combine(folder, DataFolder.Database), snapshot, cancellationToken);
        await AddAsync(snapshot, DataFolder.Database);
        File.Delete(snapshot);
        // Rows speak of originals, which are in the store before their rows are: so they come after it.
        foreach (var path in BackupFiles.Files(folder).Originals)
        {
            await AddAsync(Path.Combine(folder, path), path);
        }

        var manifest = new BackupManifest(BackupManifest.Newest, Program, version, begun, files);
        using var written = new MemoryStream(manifest.Write());
        await tar.WriteEntryAsync(Entry(BackupManifest.Name, written, begun), cancellationToken);
        return manifest;

        async Task AddAsync(string source, string path)
        {
            if (await AddFileAsync(tar, source, path, cancellationToken) is { } added)
            {
                files.Add(added);
            }
        }
    }

    // Null for a file that was removed since the folder was looked through.
    private static async Task<BackedUpFile?> AddFileAsync(TarWriter tar, string source, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Step, useAsync: false);
            await using var content = new BoundedStream(file, file.Length);
            await tar.WriteEntryAsync(Entry(BackupManifest.Folder + path, content, File.GetLastWriteTimeUtc(source)), cancellationToken);
            return new BackedUpFile(path, content.Length, content.Sha256);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static PaxTarEntry Entry(string name, Stream content, DateTimeOffset changed) =>
        new(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = changed, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite };

    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another backup to the same file is under way in it.
        }
    }
}
