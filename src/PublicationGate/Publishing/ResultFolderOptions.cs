using PublicationGate.Imaging;

namespace PublicationGate.Publishing;

/// <summary>Where results go.</summary>
public sealed record ResultFolderOptions
{
    private static readonly string[] Names = ["approved", "held", "rejected"];

    /// <summary>The folder that holds <c>approved</c>, <c>held</c> and <c>rejected</c>; see <see cref="Beside"/>.</summary>
    public required string Folder { get; init; }

    /// <summary>Originals stay in the inbox: held and rejected then hold only the reasons. Default no: what was screened leaves the inbox.</summary>
    public bool LeaveOriginals { get; init; }

    /// <summary>Size and quality of approved copies.</summary>
    public CleanCopyOptions Copy { get; init; } = new();

    /// <summary>The folders that results stand in: an inbox around them must leave them out.</summary>
    public IReadOnlyList<string> ResultFolders => [.. Names.Select(name => Path.Combine(Path.GetFullPath(Folder), name))];

    /// <summary>The folder that an inbox stands in, which is where its results go unless told otherwise.</summary>
    public static string Beside(string inbox) => Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(inbox))) ?? inbox;
}
