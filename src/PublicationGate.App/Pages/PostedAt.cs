using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Removal.Addresses;

namespace PublicationGate.App.Pages;

/// <summary>Where the picture of one task was posted, as people read it.</summary>
/// <param name="TaskId">Number of the task.</param>
/// <param name="Name">What the picture is called.</param>
/// <param name="Addresses">The addresses, in the order in which they became known.</param>
/// <param name="IsOpen">Whether they are shown at once.</param>
/// <param name="Today">This day.</param>
internal sealed record PostedAt(long TaskId, string Name, IReadOnlyList<PostedAddress> Addresses, bool IsOpen, DateOnly Today)
{
    /// <summary>The addresses of tasks, by task.</summary>
    public static async Task<ILookup<long, PostedAddress>> ReadAsync(GateDb db, IReadOnlyCollection<long> tasks, CancellationToken cancellationToken) =>
        (await db.PostedAddresses.AsNoTracking().Where(row => tasks.Contains(row.TakeDownId)).OrderBy(row => row.Id).ToListAsync(cancellationToken)).ToLookup(row => row.TakeDownId);

    /// <summary>Whether a browser can open it.</summary>
    public static bool IsLink(PostedAddress row) => Uri.TryCreate(row.Address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    /// <summary>What stands in the place of a link.</summary>
    public static string PlaceOf(PostedAddress row, Visit visit) => row.Answer == "erased" ? visit.T("posted.erased") : row.Address;

    /// <summary>What the gate knows of it, in words.</summary>
    public string StateOf(PostedAddress row, Visit visit) => visit.T(
        "posted.state." + row.State, ("at", At(row.State is AddressState.Gone ? row.MissingAt : row.LookedAt, visit)), ("answer", row.State == AddressState.Unclear ? visit.T("posted.answer." + row.Answer) : row.Answer ?? ""));

    // The day too, when it was another.
    private string At(DateTimeOffset? at, Visit visit) => at is not { } known ? "" : known.Day() == Today ? known.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture) : visit.Moment(known);
}
