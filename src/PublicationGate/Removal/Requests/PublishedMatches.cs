using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Links;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;

namespace PublicationGate.Removal.Requests;

/// <summary>A published picture that somebody may mean, with every release of it that stands or is still being taken down.</summary>
/// <param name="Releases">The releases; at least one.</param>
/// <param name="IsLike">It was found by a likeness.</param>
/// <param name="IsGuess">Nothing but the name of a file says so, on a site that the school does not post on: anybody can think of one, so that a person must look.</param>
public sealed record MatchedPicture(IReadOnlyList<Release> Releases, bool IsLike, bool IsGuess);

/// <summary>Finds published pictures by an address at which they were seen, or by a copy of them.</summary>
/// <param name="db">The gate's database.</param>
/// <param name="likenesses">What standing releases look like.</param>
/// <param name="outputs">Where releases are posted by themselves.</param>
/// <param name="school">The gate's own address.</param>
internal sealed class PublishedMatches(GateDb db, ReleasedLikenesses likenesses, OutputList outputs, PublicAddress school)
{
    private const string Escape = "!";

    // Somebody who writes a thousand numbers in an address asks a thousand questions.
    private const int MostNames = 5;

    // A shorter one would read all that was ever published.
    private const int ShortestName = 3;

    /// <summary>The pictures that are meant, or may be: each once, with all its releases.</summary>
    /// <param name="address">What was given as the address; null for none.</param>
    /// <param name="sha256">SHA-256 of the copy that was given; null for none.</param>
    /// <param name="hash">What that copy looks like; null when it is not known.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<IReadOnlyList<MatchedPicture>> FindAsync(string? address, string? sha256, PictureHash? hash, CancellationToken cancellationToken)
    {
        var like = await LikeAsync(sha256, hash, cancellationToken);
        var sure = like.Concat(address is null ? [] : await AtAsync(address, cancellationToken)).Distinct().ToList();
        // A name on another site only counts where nothing else does.
        var found = sure.Count > 0 || address is null ? sure : await NamedAsync(address, cancellationToken);
        var contents = await Visible().Where(release => found.Contains(release.Id)).Select(release => release.ContentSha256).Distinct().ToListAsync(cancellationToken);
        var releases = await Visible().AsNoTracking().Where(release => contents.Contains(release.ContentSha256)).OrderBy(release => release.Id).ToListAsync(cancellationToken);
        var pictures = releases.GroupBy(release => release.ContentSha256).Select(same => same.ToList()).ToList();
        return [.. (await TogetherAsync(pictures, cancellationToken)).Select(same => new MatchedPicture(same, same.Exists(release => like.Contains(release.Id)), sure.Count == 0))];
    }

    // What stands, and what is hidden already but must still be taken down: the wish is to be told of that too.
    private IQueryable<Release> Visible() =>
        db.Releases.Where(release => release.WithdrawnAt == null || db.TakeDowns.Any(takeDown => takeDown.EndedAt == null && takeDown.SubmissionId == release.SubmissionId && takeDown.ReleaseId == release.Id));

    // Those that are copies for sure; where there are none, those that may be.
    private async Task<List<string>> LikeAsync(string? sha256, PictureHash? hash, CancellationToken cancellationToken)
    {
        var same = sha256 is null ? [] : await Visible().Where(release => release.ContentSha256 == sha256 || release.CopySha256 == sha256).Select(release => release.Id).ToListAsync(cancellationToken);
        var alike = hash is null ? [] : await likenesses.FindAsync(hash, cancellationToken);
        var sure = same.Concat(alike.Where(one => one.IsSure).Select(one => one.ReleaseId)).Distinct().ToList();
        return sure.Count > 0 ? sure : [.. alike.Select(one => one.ReleaseId)];
    }

    private async Task<List<string>> AtAsync(string written, CancellationToken cancellationToken)
    {
        var found = GivenAddress.ReleasesIn(written).Take(MostNames).ToList();
        if (GivenAddress.Read(written) is not { } address)
        {
            return found;
        }

        if (await NamedAsync(written, cancellationToken) is { Count: > 0 } named && await IsOfTheSchoolAsync(address.Host, cancellationToken))
        {
            found.AddRange(named);
        }

        found.AddRange(await RememberedAsync(address, cancellationToken));
        return found;
    }

    // Names of copies are a day, an activity and a number.
    private async Task<List<string>> NamedAsync(string written, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var name in GivenAddress.Read(written) is { } address ? GivenAddress.CopiesNamed(address.Name) : [])
        {
            // '/' comes right after '.'; an index finds them so on both databases.
            var (start, end) = (name + ".", name + "/");
            found.AddRange(await db.Releases.Where(release => string.Compare(release.CopyName, start) > 0 && string.Compare(release.CopyName, end) < 0).Select(release => release.Id).ToListAsync(cancellationToken));
        }

        return found;
    }

    // The gate itself, a site of an output, or where an output once posted something.
    private async Task<bool> IsOfTheSchoolAsync(string host, CancellationToken cancellationToken)
    {
        if (GivenAddress.HostOf(school.Root?.AbsoluteUri) == host || outputs.Outputs.Any(output => output.Kind == OutputKind.Wordpress && GivenAddress.HostOf(output.Address) == host))
        {
            return true;
        }

        var (plain, www) = ($"%//{Escaped(host)}/%", $"%//www.{Escaped(host)}/%");
        return await db.OutboxEvents.AnyAsync(row => row.Kind == OutboxEventKind.Publish && row.Remote != null && (EF.Functions.Like(row.Remote, plain, Escape) || EF.Functions.Like(row.Remote, www, Escape)), cancellationToken);
    }

    private async Task<List<string>> RememberedAsync(GivenAddress address, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        if (string.Concat(address.Name.TakeWhile(IsWrittenAsItIs)) is { Length: >= ShortestName } name)
        {
            found.AddRange((await EventsAsync($"%{Escaped(name)}%", cancellationToken)).Where(row => RemoteCopy.Read(row.Remote)!.Addresses.Any(one => address.IsSame(GivenAddress.Read(one)))).Select(row => row.ReleaseId));
        }

        var sites = outputs.Outputs.Where(output => output.Kind == OutputKind.Wordpress && GivenAddress.HostOf(output.Address) == address.Host).Select(output => output.Name).ToList();
        foreach (var number in sites.Count == 0 ? [] : address.Numbers.Take(MostNames))
        {
            found.AddRange((await EventsAsync($"%\"{number}\"%", cancellationToken)).Where(row => sites.Contains(row.Output) && RemoteCopy.Read(row.Remote) is { } remote && (remote.Id == number || remote.PostId == number)).Select(row => row.ReleaseId));
        }

        return found;
    }

    // The database leaves out most; what is left is read and compared.
    private Task<List<OutboxEvent>> EventsAsync(string pattern, CancellationToken cancellationToken) =>
        db.OutboxEvents.AsNoTracking().Where(row => row.Kind == OutboxEventKind.Publish && row.Remote != null && EF.Functions.Like(row.Remote, pattern, Escape)).ToListAsync(cancellationToken);

    // Letters that JSON does not escape.
    private static bool IsWrittenAsItIs(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.' or ' ';

    private static string Escaped(string name) => name.Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal).Replace("%", Escape + "%", StringComparison.Ordinal);

    // What would be hidden together is one picture: the same bytes, and what looks like them.
    private async Task<List<List<Release>>> TogetherAsync(List<List<Release>> pictures, CancellationToken cancellationToken)
    {
        if (pictures.Count < 2)
        {
            return pictures;
        }

        var ids = pictures.SelectMany(same => same).Select(release => release.Id).ToList();
        var hashes = await db.ReleasedPictures.AsNoTracking().Where(row => ids.Contains(row.ReleaseId)).ToDictionaryAsync(row => row.ReleaseId, row => row.PictureHash, cancellationToken);
        var together = new List<List<Release>>();
        foreach (var picture in pictures)
        {
            var hash = HashOf(picture);
            var alike = hash is null ? null : together.Find(other => HashOf(other) is { } known && new PictureHashIndex([known]).Find(hash).Count > 0);
            if (alike is null)
            {
                together.Add([.. picture]);
            }
            else
            {
                alike.AddRange(picture);
            }
        }

        return together;

        PictureHash? HashOf(List<Release> same) => same.Select(release => hashes.GetValueOrDefault(release.Id)).FirstOrDefault(hash => hash is not null);
    }
}
