namespace PublicationGate.Intake;

/// <summary>What stands directly in one folder, sorted into what is screened, what declares and what is left out. Names only, in ordinal order.</summary>
internal sealed class FolderListing
{
    private FolderListing(string folder)
    {
        // Nothing may be left out unseen: an unreadable entry is an exception, hidden and system entries are returned.
        var everything = new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = 0, MatchType = MatchType.Simple };
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", everything).Order(StringComparer.Ordinal))
        {
            Add(path, Path.GetFileName(path));
        }
    }

    /// <summary>Everything that is screened: also links and devices, which are held.</summary>
    public List<string> Photos { get; } = [];

    /// <summary>Files that may be a photo's declaration.</summary>
    public List<string> Declarations { get; } = [];

    /// <summary>Folders to go into.</summary>
    public List<string> Folders { get; } = [];

    /// <summary>How many entries are not screened, declarations included.</summary>
    public int Skipped { get; private set; }

    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No right to list the folder.</exception>
    public static FolderListing Of(string folder) => new(folder);

    private void Add(string path, string name)
    {
        var kind = FileKinds.Of(path);
        if (Companions.AreHidden(name) || (kind == FileKind.Folder && IsRegister(path)))
        {
            Skipped++;
        }
        else if (kind == FileKind.Folder)
        {
            Folders.Add(name);
        }
        else if (kind == FileKind.Regular && Companions.AreNamed(name))
        {
            AddByContent(name, Companions.HoldAnImage(path));
        }
        else
        {
            Photos.Add(name);
        }
    }

    // What cannot be read counts as both: as a photo it is held, as a declaration it is an error.
    private void AddByContent(string name, bool? isImage)
    {
        if (isImage == false)
        {
            Skipped++;
        }
        else
        {
            Photos.Add(name);
        }

        if (isImage != true && Companions.MayDeclare(name) && !AlbumFiles.Names.Contains(name))
        {
            Declarations.Add(name);
        }
    }

    /// <summary>Whether a folder is a register on disk, which holds no photos.</summary>
    public static bool IsRegister(string path) => Path.GetFileName(path) == "register" && File.Exists(Path.Combine(path, "pupils.csv"));
}
