namespace PublicationGate.Publishing;

/// <summary>Writes files that are there whole or not at all, also after a power cut.</summary>
internal sealed class AtomicFiles(StagingFolder staging)
{
    /// <summary>Writes through to the disk under a temporary name, then gives it its name.</summary>
    /// <returns>False when the name is taken and may not be replaced.</returns>
    public bool Write(string path, ReadOnlySpan<byte> content, bool mayReplace)
    {
        var temporary = staging.NewPath();
        try
        {
            // Readable as the results' folder says: the staging folder around it is its owner's alone.
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            var folder = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder);
            if (!mayReplace && Path.Exists(path))
            {
                return false;
            }

            // Without replacing, .NET links the name, which fails when somebody else took it at this moment.
            File.Move(temporary, path, mayReplace);
            FolderSync.Flush(folder);
            return true;
        }
        catch (IOException) when (!mayReplace && Path.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Removes a file where there is one.</summary>
    public static void Remove(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
            FolderSync.Flush(Path.GetDirectoryName(path)!);
        }
    }
}
