namespace PublicationGate.Intake;

/// <summary>The declaration of a folder: valid for it and the folders below, nearest first, up to the root of the disk.</summary>
/// <remarks>Also above the folder that was named, so that a photo has the same declaration however it is named.</remarks>
/// <param name="errors">Collects the mistakes.</param>
/// <param name="byName">What the name of a folder declares, under what its files do; null for nothing.</param>
internal sealed class AlbumFiles(ICollection<InputError> errors, Func<string, DeclaredValues>? byName = null)
{
    private readonly Dictionary<string, DeclaredValues> known = [];

    public static IReadOnlyList<string> Names { get; } = ["album.yaml", "album.yml", "album.json"];

    /// <param name="folder">Full path.</param>
    /// <param name="shownFolder">The folder as shown to people; empty for the working directory.</param>
    public DeclaredValues For(string folder, string shownFolder)
    {
        if (known.TryGetValue(folder, out var values))
        {
            return values;
        }

        var parent = Path.GetDirectoryName(folder);
        var outer = parent is null ? DeclaredValues.Nothing : For(parent, ShownParent(parent, shownFolder));
        var own = In(folder, shownFolder);
        return known[folder] = (byName is null ? own : own.Over(byName(folder))).Over(outer);
    }

    private DeclaredValues In(string folder, string shownFolder)
    {
        var present = Names.Where(name => Declares(Path.Combine(folder, name))).ToList();
        if (present.Count > 1)
        {
            errors.Add(new(Path.Combine(shownFolder, present[1]), 0, null, Texts.Get("declaration.two-files", ("other", present[0]))));
        }

        return present is [var only] ? DeclarationReader.Read(Path.Combine(folder, only), Path.Combine(shownFolder, only), errors) : DeclaredValues.Nothing;
    }

    // A link or what cannot be read is refused when it is read, not passed over here.
    private static bool Declares(string path) => FileKinds.Of(path) switch
    {
        FileKind.Missing or FileKind.Folder => false,
        FileKind.Regular => Companions.HoldAnImage(path) != true,
        _ => true,
    };

    private static string ShownParent(string parent, string shownFolder) =>
        shownFolder is "" or "." || shownFolder.EndsWith("..", StringComparison.Ordinal) ? parent : Path.GetDirectoryName(shownFolder) ?? parent;
}
