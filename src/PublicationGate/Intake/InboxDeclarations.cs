namespace PublicationGate.Intake;

/// <summary>
/// The declarations of photos in one inbox, at one moment: each folder is read once. Made anew for each look, since files come and go.
/// </summary>
/// <remarks>
/// Beside the files of <see cref="FolderScan"/> the names of folders count here, below the inbox only and only here: who names a watched folder
/// has been told what its name means. A file in the folder wins over its name key by key, and a folder over those around it.
/// </remarks>
internal sealed class InboxDeclarations
{
    private readonly string inbox;
    private readonly FolderNames patterns;
    private readonly List<InputError> errors = [];
    private readonly Dictionary<string, FolderListing?> listings = [];
    private readonly PhotoDeclarations declarations;

    public InboxDeclarations(string inbox, FolderNames patterns)
    {
        (this.inbox, this.patterns) = (inbox, patterns);
        declarations = new(errors, folder => IsBelow(folder) && patterns.Read(Path.GetFileName(folder)) is { } name ? DeclaredValues.Of(name) : DeclaredValues.Nothing);
    }

    /// <param name="photo">Full path below the inbox; the photo itself need not be there any more.</param>
    public EffectiveDeclaration Of(string photo)
    {
        var folder = Path.GetDirectoryName(photo)!;
        // Mistakes are reported once for each file; they concern every photo that the file is for.
        var listing = List(folder);
        var declared = listing is null ? DeclaredValues.Nothing : declarations.For(listing, photo, Path.GetRelativePath(inbox, photo));
        var mistakes = errors.Where(error => Concerns(error, photo)).Distinct().ToList();
        if (listing is null && Directory.Exists(folder))
        {
            mistakes.Add(new(Path.GetRelativePath(inbox, folder), 0, null, Texts.Get("intake.unreadable-folder")));
        }

        return new(declared.ToDeclaration(), mistakes) { Date = DateOf(folder) };
    }

    private DateOnly? DateOf(string folder)
    {
        for (var at = folder; IsBelow(at); at = Path.GetDirectoryName(at)!)
        {
            if (patterns.Read(Path.GetFileName(at))?.Date is { } date)
            {
                return date;
            }
        }

        return null;
    }

    private bool IsBelow(string folder) => folder.Length > inbox.Length && folder.StartsWith(inbox, StringComparison.Ordinal) && folder[inbox.Length] == Path.DirectorySeparatorChar;

    // An album's mistakes concern all below its folder, a photo's own file the photos of that name.
    private bool Concerns(InputError error, string photo)
    {
        var file = Path.GetFullPath(error.File, inbox);
        var name = Path.GetFileName(file);
        var folder = Path.GetDirectoryName(file)!;
        if (AlbumFiles.Names.Contains(name))
        {
            return photo.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        }

        var named = Path.GetFileNameWithoutExtension(name);
        return folder == Path.GetDirectoryName(photo) && (named == Path.GetFileName(photo) || named == Path.GetFileNameWithoutExtension(photo));
    }

    private FolderListing? List(string folder)
    {
        if (listings.TryGetValue(folder, out var known))
        {
            return known;
        }

        try
        {
            return listings[folder] = FolderListing.Of(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return listings[folder] = null;
        }
    }
}
