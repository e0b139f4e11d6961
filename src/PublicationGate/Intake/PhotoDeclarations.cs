namespace PublicationGate.Intake;

/// <summary>The declaration of one photo: its own file laid over those of its folders.</summary>
/// <param name="errors">Collects the mistakes.</param>
/// <param name="byName">What the name of a folder declares, under what its files do; null for nothing.</param>
internal sealed class PhotoDeclarations(ICollection<InputError> errors, Func<string, DeclaredValues>? byName = null)
{
    private readonly AlbumFiles albums = new(errors, byName);

    /// <summary>Names that mean something else, beside photos too: a protocol, and the answers that a sample album must give.</summary>
    private static readonly string[] Reserved = ["protocol.yaml", "expected.json"];

    /// <param name="listing">What stands in the photo's folder.</param>
    /// <param name="path">Full path of the photo.</param>
    /// <param name="shownPath">The photo as shown to people.</param>
    public DeclaredValues For(FolderListing listing, string path, string shownPath)
    {
        var (folder, shownFolder) = (Path.GetDirectoryName(path)!, Path.GetDirectoryName(shownPath) ?? "");
        var outer = albums.For(folder, shownFolder);
        var own = listing.Declarations.Where(name => IsOf(name, Path.GetFileName(path), listing)).ToList();
        if (own.Count > 1)
        {
            Report(shownFolder, own[1], "declaration.two-files", ("other", own[0]));
        }

        if (own is not [var only])
        {
            return outer;
        }

        if (listing.Photos.Where(photo => IsOf(only, photo, listing)).ToList() is { Count: > 1 } several)
        {
            Report(shownFolder, only, "declaration.ambiguous", ("photos", string.Join(", ", several)), ("name", several[0] + Path.GetExtension(only)));
            return outer;
        }

        return DeclarationReader.Read(Path.Combine(folder, only), Path.Combine(shownFolder, only), errors).Over(outer);
    }

    /// <summary>Reports each declaration that is for no photo: its photo would be screened as if nothing were said of it.</summary>
    public void RefuseOrphans(FolderListing listing, string folder, string shownFolder)
    {
        foreach (var name in listing.Declarations.Except(Reserved).Where(name => !listing.Photos.Exists(photo => IsOf(name, photo, listing))))
        {
            if (DeclarationReader.LooksLikeOne(Path.Combine(folder, name)))
            {
                Report(shownFolder, name, "declaration.no-photo", ("photo", Path.GetFileNameWithoutExtension(name)));
            }
        }
    }

    /// <summary>photo.jpg.yaml is of photo.jpg; photo.yaml is of photo.jpg unless a file named just "photo" stands there.</summary>
    private static bool IsOf(string declaration, string photo, FolderListing listing)
    {
        var named = Path.GetFileNameWithoutExtension(declaration);
        return declaration != photo
            && (named == photo || (named == Path.GetFileNameWithoutExtension(photo) && !listing.Photos.Contains(named)));
    }

    private void Report(string shownFolder, string name, string text, params (string, object)[] values) =>
        errors.Add(new(Path.Combine(shownFolder, name), 0, null, Texts.Get(text, values)));
}
