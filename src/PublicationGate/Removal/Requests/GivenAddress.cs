using System.Text;
using System.Text.RegularExpressions;
using PublicationGate.Removal.Addresses;

namespace PublicationGate.Removal.Requests;

/// <summary>
/// An address that somebody gives for a picture, or that an output remembers, in a form in which the two can be compared: without scheme, <c>www</c> and query, and
/// without what WordPress adds to the name of each size.
/// </summary>
/// <param name="Host">Host in small letters, with its port where that is unusual.</param>
/// <param name="Path">Path without escapes and without the mark of a size.</param>
internal sealed partial record GivenAddress(string Host, string Path)
{
    private const int MostSuffixes = 4;

    /// <summary>Name of the file without its ending, or of the page.</summary>
    public string Name => Stem(Path[(Path.LastIndexOf('/') + 1)..]);

    /// <summary>Numbers in the query by which WordPress finds a post or a picture.</summary>
    public IReadOnlyList<string> Numbers { get; private init; } = [];

    /// <summary>Whether it is the same picture or page; in another size, it may be.</summary>
    public bool IsSame(GivenAddress? other) => other is not null && Host == other.Host && Path == other.Path;

    /// <summary>Reads what somebody wrote; null when it is no address.</summary>
    public static GivenAddress? Read(string written)
    {
        var text = written.Trim().Trim('<', '>', '"', '\'', '(', ')');
        text = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !WebAddress.IsWeb(address) || HostOf(address) is not { Length: > 0 } host)
        {
            return null;
        }

        var path = Unescaped(address.AbsolutePath);
        // WordPress's own cache of pictures has the address of the site in its path.
        return Cache().IsMatch(address.Host) && path.Length > 1
            ? Read("https://" + path.TrimStart('/'))
            : new(host, WithoutSize(path.TrimEnd('/'))) { Numbers = [.. Number().Matches(address.Query).Select(match => match.Groups[1].Value)] };
    }

    /// <summary>Whether somebody wrote an address, or the id of a release: a single word would be read as the name of a machine.</summary>
    public static bool IsAddress(string written) =>
        ReleasesIn(written).Count > 0 || (Read(written) is { } address && (address.Host.Contains('.') || written.Contains("://", StringComparison.Ordinal)));

    /// <summary>Ids of releases that a text names, as the names of files and pages that the gate gave do.</summary>
    public static IReadOnlyList<string> ReleasesIn(string written) => [.. Id().Matches(written).Select(match => match.Value.ToLower(System.Globalization.CultureInfo.InvariantCulture)).Distinct()];

    /// <summary>What a copy of the gate may be called that is posted under a name: the name itself, and without the number that a second file of one name gets.</summary>
    public static IReadOnlyList<string> CopiesNamed(string name) =>
        Copy().Match(name) is { Success: true } copy ? [.. new[] { name, copy.Groups[1].Value }.Distinct()] : [];

    /// <summary>The host of an output's own address.</summary>
    public static string? HostOf(string? output) => Uri.TryCreate(output, UriKind.Absolute, out var address) ? HostOf(address) : null;

    private static string? HostOf(Uri address)
    {
        if (WebAddress.HostOf(address)?.ToLower(System.Globalization.CultureInfo.InvariantCulture) is not { } host)
        {
            return null;
        }

        host = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        return address.IsDefaultPort ? host : $"{host}:{address.Port}";
    }

    private static string WithoutSize(string path)
    {
        var slash = path.LastIndexOf('/') + 1;
        var (name, ending) = (Stem(path[slash..]), EndingOf(path[slash..]));
        for (var at = 0; at < MostSuffixes && Suffix().Match(name) is { Success: true } suffix; at++)
        {
            name = name[..suffix.Index];
        }

        return path[..slash] + name + ending;
    }

    private static string Stem(string name) => name[..^EndingOf(name).Length];

    // Sites that make smaller pictures add a second ending: 'dag.jpg.webp'.
    private static string EndingOf(string name) => Ending().Match(name).Value;

    private static string Unescaped(string path)
    {
        try
        {
            return Uri.UnescapeDataString(path).Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Escapes that are no text.
            return path;
        }
    }

    [GeneratedRegex(@"^i\d\.wp\.com$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cache();

    [GeneratedRegex(@"(?:^\?|&)(?:p|page_id|attachment_id)=(\d{1,18})(?=&|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^(.+-\d{4}-\d{2}-\d{2}-\d+)(?:-\d{1,2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Copy();

    // A size, what was made of a very large picture, one turned upright, one edited.
    [GeneratedRegex(@"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated|-e\d{10,})$", RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"(?:\.(?:jpe?g|png|webp|gif|avif|heic|tiff?)){0,2}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ending();
}
