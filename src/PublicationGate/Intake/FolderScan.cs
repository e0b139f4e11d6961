namespace PublicationGate.Intake;

/// <summary>What a list of files and folders comes to: the photos with their declarations, nothing read whole yet.</summary>
/// <remarks>
/// In a folder every file is screened, whatever its name, except hidden ones, a folder <c>register</c> with a <c>pupils.csv</c>, and
/// lists, texts and declarations that are not images inside. Links and devices in a folder are not followed or opened, but they are
/// listed, so that they are held rather than overlooked. A file that is named itself is always screened.
/// </remarks>
public sealed class FolderScan
{
    private readonly List<InputError> errors = [];
    private readonly Dictionary<string, string> shown = [];
    private readonly Dictionary<string, FolderListing> listings = [];
    private readonly PhotoDeclarations declarations;
    private readonly CancellationToken cancellationToken;

    private FolderScan(CancellationToken cancellationToken)
    {
        this.cancellationToken = cancellationToken;
        declarations = new(errors);
    }

    /// <summary>The photos, each once, in ordinal order of their full path.</summary>
    public IReadOnlyList<FoundPhoto> Photos { get; private set; } = [];

    /// <summary>How many files were left out, declarations included; a hidden folder or a register counts as one.</summary>
    public int Skipped { get; private set; }

    /// <summary>Expands <paramref name="paths"/>.</summary>
    /// <param name="paths">Files and folders as a person gave them.</param>
    /// <param name="declaration">A declaration file that wins over all others; null for none.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="InputErrorsException">A path that does not exist, a folder that cannot be read, mistakes in declarations: all of them.</exception>
    public static FolderScan Of(IEnumerable<string> paths, string? declaration = null, CancellationToken cancellationToken = default)
    {
        var scan = new FolderScan(cancellationToken);
        foreach (var path in paths)
        {
            scan.Add(path);
        }

        var winning = declaration is null ? DeclaredValues.Nothing : DeclarationReader.Read(declaration, declaration, scan.errors);
        scan.Photos = [.. scan.shown.OrderBy(photo => photo.Key, StringComparer.Ordinal).Select(photo => scan.Declared(photo.Key, photo.Value, winning))];
        return scan.errors.Count == 0 ? scan : throw new InputErrorsException(scan.InReadingOrder());
    }

    private void Add(string given)
    {
        // A slash at the end would make the system follow a link.
        var path = given.Length == 0 ? "" : Path.TrimEndingDirectorySeparator(Path.GetFullPath(given));
        switch (FileKinds.Of(path))
        {
            case FileKind.Missing:
                errors.Add(new(given, 0, null, Texts.Get("intake.missing")));
                break;
            case FileKind.Folder:
                Walk(path, Path.TrimEndingDirectorySeparator(given));
                break;
            default:
                shown.TryAdd(path, given);
                break;
        }
    }

    private void Walk(string folder, string shownFolder)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (listings.ContainsKey(folder) || List(folder, shownFolder) is not { } listing)
        {
            return;
        }

        Skipped += listing.Skipped;
        declarations.RefuseOrphans(listing, folder, shownFolder);
        listing.Photos.ForEach(name => shown.TryAdd(Path.Combine(folder, name), Path.Combine(shownFolder, name)));
        listing.Folders.ForEach(name => Walk(Path.Combine(folder, name), Path.Combine(shownFolder, name)));
    }

    private FolderListing? List(string folder, string shownFolder)
    {
        try
        {
            return listings[folder] = FolderListing.Of(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new(shownFolder.Length == 0 ? "." : shownFolder, 0, null, Texts.Get("intake.unreadable-folder")));
            return null;
        }
    }

    private List<InputError> InReadingOrder() =>
        [.. errors.Distinct().OrderBy(error => error.File, StringComparer.Ordinal).ThenBy(error => error.Line)];

    private FoundPhoto Declared(string path, string shownPath, DeclaredValues winning)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var folder = Path.GetDirectoryName(path)!;
        var listing = listings.GetValueOrDefault(folder) ?? List(folder, Path.GetDirectoryName(shownPath)!);
        var declared = listing is null ? DeclaredValues.Nothing : declarations.For(listing, path, shownPath);
        return new(path, shownPath, winning.Over(declared).ToDeclaration());
    }
}
