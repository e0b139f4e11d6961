using System.IO.Enumeration;

namespace PublicationGate.Intake;

/// <summary>One walk through a watched folder: the files that may be photos, what declares, and what a person should see to.</summary>
internal sealed class InboxListing
{
    private static readonly EnumerationOptions Everything = new() { IgnoreInaccessible = false, AttributesToSkip = 0, MatchType = MatchType.Simple };

    private readonly IReadOnlyCollection<string> leftOut;

    private InboxListing(IReadOnlyCollection<string> leftOut) => this.leftOut = leftOut;

    /// <summary>Regular files and what looks like one, with their states; by full path.</summary>
    public List<(string Path, FileState State)> Files { get; } = [];

    /// <summary>For each folder the names, sizes and times of the files in it that may declare; by full path.</summary>
    public Dictionary<string, string> Declarations { get; } = [];

    /// <summary>Links, and folders that cannot be read.</summary>
    public List<InboxTrouble> Troubles { get; } = [];

    /// <summary>Folders whose content is not known this time.</summary>
    public List<string> Unseen { get; } = [];

    /// <summary>Walks through <paramref name="inbox"/>. Never throws for what stands on the disk.</summary>
    /// <param name="inbox">Full path.</param>
    /// <param name="leftOut">Full paths of folders not to go into.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public static InboxListing Of(string inbox, IReadOnlyCollection<string> leftOut, CancellationToken cancellationToken)
    {
        var listing = new InboxListing(leftOut);
        if (FileKinds.Of(inbox) != FileKind.Folder)
        {
            listing.Miss(inbox, FileKinds.Of(inbox) == FileKind.Link ? "intake.Link" : "inbox.gone");
            return listing;
        }

        var folders = new Stack<string>([inbox]);
        while (folders.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            listing.Walk(folder, folders);
        }

        listing.Declarations[inbox] = listing.Declarations.GetValueOrDefault(inbox, "") + Above(inbox);
        return listing;
    }

    private void Walk(string folder, Stack<string> folders)
    {
        try
        {
            var declaring = new List<string>();
            foreach (var entry in new FileSystemEnumerable<Entry>(folder, Entry.Of, Everything))
            {
                var path = Path.Combine(folder, entry.Name);
                if (IgnoredNames.Includes(entry.Name) || leftOut.Contains(path))
                {
                    continue;
                }

                if (entry.IsLink)
                {
                    Troubles.Add(new(path, Texts.Get("intake.Link")));
                }
                else if (!entry.IsFolder)
                {
                    Files.Add((path, entry.State));
                    AddDeclaring(declaring, entry);
                }
                else if (!FolderListing.IsRegister(path))
                {
                    folders.Push(path);
                }
            }

            Declarations[folder] = string.Join('\n', declaring.Order(StringComparer.Ordinal));
        }
        catch (DirectoryNotFoundException)
        {
            // Gone since its parent was listed, with all that was in it.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Miss(folder, "inbox.unreadable");
        }
    }

    private static void AddDeclaring(List<string> declaring, Entry entry)
    {
        if (Companions.MayDeclare(entry.Name))
        {
            declaring.Add($"{entry.Name}/{entry.State.Length}/{entry.State.ModifiedAt.UtcTicks}");
        }
    }

    // Declarations above the inbox hold for it, too.
    private static string Above(string inbox)
    {
        var found = "";
        for (var folder = Path.GetDirectoryName(inbox); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var file in AlbumFiles.Names.Select(name => new FileInfo(Path.Combine(folder, name))).Where(file => file.Exists))
            {
                found += $"\n{file.FullName}/{file.Length}/{file.LastWriteTimeUtc.Ticks}";
            }
        }

        return found;
    }

    private void Miss(string folder, string reason)
    {
        Unseen.Add(folder);
        Troubles.Add(new(folder, Texts.Get(reason)));
    }

    private readonly record struct Entry(string Name, bool IsFolder, bool IsLink, FileState State)
    {
        public static Entry Of(ref FileSystemEntry entry)
        {
            var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
            var isFolder = entry.IsDirectory;
            return new(entry.FileName.ToString(), isFolder, isLink, isLink || isFolder ? default : new(entry.Length, entry.LastWriteTimeUtc));
        }
    }
}
