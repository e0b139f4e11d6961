using PublicationGate.Imaging;

namespace PublicationGate.Removal.Requests;

/// <summary>How far a request for removal is.</summary>
public enum RequestState
{
    /// <summary>A person must look at it.</summary>
    Received,

    /// <summary>Several pictures match: who asks may choose, or a person.</summary>
    Choosing,

    /// <summary>Hidden; it is taken down where it was posted.</summary>
    Hidden,

    /// <summary>Gone from where it was posted.</summary>
    Gone,

    /// <summary>Answered by a person, without anything being hidden.</summary>
    Answered,

    /// <summary>Hidden first, and let back by a person.</summary>
    Restored,
}

/// <summary>Why a person must look at a request.</summary>
public enum RequestWhy
{
    /// <summary>Nothing that was released matches.</summary>
    NothingFound,

    /// <summary>The picture that was sent could not be read.</summary>
    Unreadable,

    /// <summary>Something matches, but enough was hidden by itself for a day: it is not hidden.</summary>
    Limit,

    /// <summary>Who asked added something after it was closed.</summary>
    Remark,

    /// <summary>What was hidden is released again.</summary>
    ShownAgain,

    /// <summary>Only the name of a file matches, on a site that the school does not post on: it is not hidden.</summary>
    NameOnly,
}

/// <summary>
/// The wish of a family that a picture goes (V2). What matches it is hidden first; a person answers by a day. What it says of people is emptied some time after it
/// was closed, and the number, the days and the releases stay.
/// </summary>
public sealed class RemovalRequest
{
    /// <summary>Number given by the database, which who asks is told.</summary>
    public long Id { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How far it is; indexed.</summary>
    public required RequestState State { get; set; }

    /// <summary>Why a person must look; null where none must.</summary>
    public RequestWhy? Why { get; set; }

    /// <summary>The day by which it is answered.</summary>
    public required DateOnly AnswerBy { get; set; }

    /// <summary>Address of the picture, or of a page that shows it, as it was written; null for none.</summary>
    public string? Address { get; set; }

    /// <summary>First name of the child, as it was written. It decides nothing by itself; see <see cref="AskRemoval"/>.</summary>
    public required string Child { get; set; }

    /// <summary>The child's group, as it was written.</summary>
    public required string Group { get; set; }

    /// <summary>Where who asks can be reached: an e-mail address or a telephone number.</summary>
    public required string Contact { get; set; }

    /// <summary>Why it should go, and what was added later, in the words of who asks; null for nothing.</summary>
    public string? Words { get; set; }

    /// <summary><c>nl</c> or <c>en</c>: how who asks is answered.</summary>
    public required string Language { get; init; }

    /// <summary>From where it came: the same for the same address on the net, and tells nobody which that is without a key of the gate's own. Emptied with the rest.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of the picture that was sent; null for none.</summary>
    public string? ContentSha256 { get; set; }

    /// <summary>What the picture that was sent looks like; null for none, or one that cannot be known again.</summary>
    public PictureHash? PictureHash { get; set; }

    /// <summary>When something was first hidden for it; null when nothing was.</summary>
    public DateTimeOffset? HiddenAt { get; set; }

    /// <summary>When it was closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Id of the account that closed it; null when the gate did, or while it is open.</summary>
    public string? ClosedBy { get; set; }

    /// <summary>What who asks was answered, in a person's words; null for nothing.</summary>
    public string? Ground { get; set; }

    /// <summary>When what it says of people was emptied; null while it is there.</summary>
    public DateTimeOffset? EmptiedAt { get; set; }

    /// <summary>Whether the address that was given is one of a release, or holds its id: who asked has seen it there, and thought of no name.</summary>
    /// <param name="release">Id of the release.</param>
    /// <param name="addresses">Addresses at which it was.</param>
    public bool Names(string release, IEnumerable<string> addresses) => Address is { } written
        && (GivenAddress.ReleasesIn(written).Contains(release) || (GivenAddress.Read(written) is { } given && addresses.Any(address => given.IsSame(GivenAddress.Read(address)))));

    /// <summary>Who a picture is taken back by, and a trail is told of: a name for the request.</summary>
    internal string Name => NameOf(Id);

    /// <summary>The same of a number.</summary>
    internal static string NameOf(long id) => $"request-{id}";
}

/// <summary>A release that a request is about, or may be.</summary>
public sealed class RequestedRelease
{
    /// <summary>The request.</summary>
    public required long RequestId { get; init; }

    /// <summary>The release.</summary>
    public required string ReleaseId { get; init; }

    /// <summary>It was found by a likeness that who asks has, not by an address alone.</summary>
    public required bool IsLike { get; init; }

    /// <summary>When it was hidden for this request, or was found to be hidden already; null while it only may be meant.</summary>
    public DateTimeOffset? HiddenAt { get; set; }

    /// <summary>It was hidden without a person of the school: what the limits count.</summary>
    public bool IsByItself { get; set; }
}

/// <summary>What somebody sent with a request that a person must look at: small, encoded anew. Gone when the request is closed.</summary>
public sealed class RequestPicture
{
    /// <summary>The request.</summary>
    public required long RequestId { get; init; }

    /// <summary>A JPEG without metadata.</summary>
    public required byte[] Jpeg { get; init; }
}
