using System.Formats.Tar;
using System.Text.Json;
using PublicationGate.Data;

namespace PublicationGate.Backup;

/// <summary>
/// Puts a backup into an empty data folder. Everything is unpacked and checked beside its place first; then it is moved there, the database
/// last: a data folder without one is no gate's.
/// </summary>
public static class GateRestore
{
    /// <summary>Restores. On any failure nothing is left in the folder.</summary>
    /// <param name="backup">Path of the backup.</param>
    /// <param name="folder">The data folder: empty, or not there yet.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing.</param>
    /// <exception cref="BackupException">The backup is damaged, none, or of a newer gate; or the folder is not empty.</exception>
    /// <exception cref="GateDatabaseException">The database in it is damaged or of a newer gate.</exception>
    /// <exception cref="IOException">The disk failed, or is full.</exception>
    public static async Task<BackupManifest> RunAsync(string backup, string folder, CancellationToken cancellationToken)
    {
        (backup, folder) = (Path.GetFullPath(backup), Path.GetFullPath(folder));
        if (!File.Exists(backup))
        {
            throw new BackupException(Texts.Get("backup.missing", ("file", backup))) { IsMistake = true };
        }

        RefuseUnlessEmpty(folder);
        await using var file = new FileStream(backup, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!await BackupSeal.HoldsAsync(file, cancellationToken))
        {
            throw Damaged(backup);
        }

        var isNew = !Directory.Exists(folder);
        OwnerOnlyFile.CreateFolder(folder);
        try
        {
            await using (var alone = OwnerOnlyFile.Open(Path.Combine(folder, BackupFiles.Lock), FileMode.OpenOrCreate))
            {
                return await UnpackAndPlaceAsync(file, backup, folder, cancellationToken);
            }
        }
        finally
        {
            Sweep(folder, isNew);
        }
    }

    private static async Task<BackupManifest> UnpackAndPlaceAsync(FileStream file, string backup, string folder, CancellationToken cancellationToken)
    {
        var unpacking = Path.Combine(folder, BackupFiles.Unpacking);
        if (Directory.Exists(unpacking))
        {
            // Of a restore that was killed: this one holds the lock.
            Directory.Delete(unpacking, recursive: true);
        }

        try
        {
            OwnerOnlyFile.CreateFolder(unpacking);
            var manifest = await UnpackAsync(file, backup, unpacking, cancellationToken);
            await SqliteSnapshot.CheckAsync(Path.Combine(unpacking, DataFolder.Database), backup, cancellationToken);
            // Whoever started a gate here meanwhile has a database of their own now.
            RefuseUnlessEmpty(folder);
            Place(unpacking, folder);
            return manifest;
        }
        finally
        {
            Directory.Delete(unpacking, recursive: true);
        }
    }

    private static async Task<BackupManifest> UnpackAsync(FileStream file, string backup, string unpacking, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var unpacked = new List<BackedUpFile>();
        try
        {
            await using var archive = new TarReader(file, leaveOpen: true);
            while (await archive.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry is { EntryType: TarEntryType.RegularFile, Name: BackupManifest.Name, DataStream: { } json })
                {
                    var manifest = BackupManifest.Read(json);
                    manifest.RefuseNewer(backup);
                    return manifest.Files.SequenceEqual(unpacked) && unpacked.Any(found => found.Path == DataFolder.Database) ? manifest : throw Damaged(backup);
                }

                unpacked.Add(await UnpackFileAsync(entry, unpacking, cancellationToken) ?? throw Damaged(backup));
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or JsonException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw Damaged(backup, e);
        }

        throw Damaged(backup);
    }

    // Null for what no gate writes: links, devices, paths that lead elsewhere, a journal that would change the database.
    private static async Task<BackedUpFile?> UnpackFileAsync(TarEntry entry, string unpacking, CancellationToken cancellationToken)
    {
        if (entry.EntryType != TarEntryType.RegularFile || !entry.Name.StartsWith(BackupManifest.Folder, StringComparison.Ordinal)
            || entry.Name[BackupManifest.Folder.Length..] is not { } path || !BackupFiles.MayHold(path) || File.Exists(Path.Combine(unpacking, path)))
        {
            return null;
        }

        var place = Path.Combine(unpacking, path);
        OwnerOnlyFile.CreateFolder(Path.GetDirectoryName(place)!);
        await using var written = OwnerOnlyFile.Open(place, FileMode.CreateNew);
        await using var content = new BoundedStream(entry.DataStream ?? Stream.Null, entry.Length);
        await content.CopyToAsync(written, cancellationToken);
        written.Flush(flushToDisk: true);
        return new BackedUpFile(path, content.Length, content.Sha256);
    }

    private static void Place(string unpacking, string folder)
    {
        foreach (var made in Directory.GetDirectories(unpacking, "*", SearchOption.AllDirectories).Append(unpacking))
        {
            FolderSync.Flush(made);
        }

        var placed = new List<string>();
        try
        {
            foreach (var entry in Directory.GetFileSystemEntries(unpacking).OrderBy(entry => Path.GetFileName(entry) == DataFolder.Database).ToList())
            {
                var place = Path.Combine(folder, Path.GetFileName(entry));
                Directory.Move(entry, place);
                placed.Add(place);
            }

            FolderSync.Flush(folder);
        }
        catch
        {
            placed.ForEach(Remove);
            throw;
        }
    }

    private static void RefuseUnlessEmpty(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(entry => Path.GetFileName(entry) is not (BackupFiles.Unpacking or BackupFiles.Lock))))
        {
            throw new BackupException(Texts.Get("backup.not-empty", ("folder", folder))) { IsMistake = true };
        }
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static void Sweep(string folder, bool isNew)
    {
        try
        {
            File.Delete(Path.Combine(folder, BackupFiles.Lock));
            if (isNew && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why the restore failed is what a person must hear.
        }
    }

    private static BackupException Damaged(string backup, Exception? cause = null) => new(Texts.Get("backup.damaged", ("file", backup)), cause);
}
