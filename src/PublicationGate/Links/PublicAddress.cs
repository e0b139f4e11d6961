namespace PublicationGate.Links;

/// <summary>Where people outside find the pages of this gate: what links in letters, on paper or by e-mail, begin with.</summary>
/// <param name="Root">The front page; null where nobody said it, and then there can be no links.</param>
public sealed record PublicAddress(Uri? Root)
{
    /// <summary>Nobody said it.</summary>
    public static PublicAddress Unknown { get; } = new((Uri?)null);

    /// <summary>The whole address of a page; null where the root is unknown.</summary>
    /// <param name="path">Its path, such as <see cref="AccessLink.PathOf"/> gives.</param>
    public string? Of(string path) => Root is null ? null : Root.AbsoluteUri.TrimEnd('/') + path;
}
