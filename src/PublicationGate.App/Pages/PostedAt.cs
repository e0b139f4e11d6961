using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Removal.Addresses;

namespace PublicationGate.App.Pages;

/// <summary>Where the picture of one task was posted, as people read it.</summary>
/// <param name="TaskId">Number of the task.</param>
/// <param name="Name">What the picture is called.</param>
/// <param name="Addresses">The addresses, in the order in which they became known.</param>
/// <param name="IsOpen">Whether they are shown at once.</param>
/// <param name="Today">This day.</param>
/// <param name="Asked">What outputs were told to take down.</param>
internal sealed record PostedAt(long TaskId, string Name, IReadOnlyList<PostedAddress> Addresses, bool IsOpen, DateOnly Today, IReadOnlyList<OutboxEvent> Asked)
{
    /// <summary>Outputs that could not take it down yet, or gave that up.</summary>
    public IEnumerable<OutboxEvent> Failing => Asked.Where(row => row.State == OutboxState.Dead || (row.Failure is not null && row.DueAt is not null));

    /// <summary>What outputs were told to take down, by task.</summary>
    public static async Task<ILookup<long, OutboxEvent>> ReadAskedAsync(GateDb db, IReadOnlyCollection<long> tasks, CancellationToken cancellationToken) => (await (
        from task in db.TakeDowns.AsNoTracking()
        where tasks.Contains(task.Id)
        join row in db.OutboxEvents.AsNoTracking() on task.ReleaseId equals row.ReleaseId
        where row.Kind == OutboxEventKind.TakeDown
        orderby row.Output
        select new { task.Id, row }).ToListAsync(cancellationToken)).ToLookup(one => one.Id, one => one.row);

    /// <summary>How far it is, in a line.</summary>
    public string Summary(Visit visit) =>
        Addresses.Count > 0 ? visit.T("posted.summary", ("gone", Addresses.Count(row => row.State == AddressState.Gone)), ("count", Addresses.Count))
        : Asked.Count > 0 && Asked.All(row => row.State == OutboxState.Delivered) ? visit.T("posted.none.taken-down", ("outputs", string.Join(", ", Asked.Select(row => row.Output).Distinct())))
        : visit.T("posted.none");

    /// <summary>The addresses of tasks, by task.</summary>
    public static async Task<ILookup<long, PostedAddress>> ReadAsync(GateDb db, IReadOnlyCollection<long> tasks, CancellationToken cancellationToken) =>
        (await db.PostedAddresses.AsNoTracking().Where(row => tasks.Contains(row.TakeDownId)).OrderBy(row => row.Id).ToListAsync(cancellationToken)).ToLookup(row => row.TakeDownId);

    /// <summary>Whether a browser can open it.</summary>
    public static bool IsLink(PostedAddress row) => Uri.TryCreate(row.Address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    /// <summary>What stands in the place of a link.</summary>
    public static string PlaceOf(PostedAddress row, Visit visit) => row.Answer == "erased" ? visit.T("posted.erased") : row.Address;

    /// <summary>What the gate knows of it, in words.</summary>
    public string StateOf(PostedAddress row, Visit visit) => visit.T(
        "posted.state." + row.State, ("at", At(row.State is AddressState.Gone ? row.MissingAt : row.LookedAt, visit)), ("answer", row.State switch
        {
            AddressState.Unclear => visit.T("posted.answer." + row.Answer),
            AddressState.NoAnswer => NoAnswer(row.Answer ?? "", visit),
            _ => "",
        }));

    // The words of the system's calls, as people say them.
    private static string NoAnswer(string answer, Visit visit) => answer switch
    {
        "NameResolutionError" => visit.T("posted.answer.no-name"),
        "ConnectionError" => visit.T("posted.answer.no-connection"),
        "SecureConnectionError" => visit.T("posted.answer.not-secure"),
        "timeout" => visit.T("posted.answer.timeout"),
        "broken-off" or "ResponseEnded" or "InvalidResponse" or "HttpProtocolError" => visit.T("posted.answer.broken-off"),
        "not-public" => visit.T("posted.answer.not-public"),
        "redirects" => visit.T("posted.answer.redirects"),
        "packed" or "too-large" => visit.T("posted.answer.unreadable"),
        "folder-away" => visit.T("posted.answer.folder-away"),
        "http-401" or "http-403" => visit.T("posted.answer.shut-out"),
        _ when answer.StartsWith("http-", StringComparison.Ordinal) => visit.T("posted.answer.status", ("status", answer[5..])),
        _ => visit.T("posted.answer.other", ("word", answer)),
    };

    // The day too, when it was another.
    private string At(DateTimeOffset? at, Visit visit) => at is not { } known ? "" : known.Day() == Today ? known.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture) : visit.Moment(known);
}
