using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Mailing;

namespace PublicationGate.Removal.Requests;

/// <summary>Letters about requests, in the transaction of what they tell of. None says whom a request is about: what is sent by mail is read by others too.</summary>
internal static class RequestLetters
{
    /// <summary>How long a link to a request holds.</summary>
    public static readonly TimeSpan LinkHolds = TimeSpan.FromDays(365);

    // Anybody may write an address of somebody else in a form, and send the form again and again.
    private const int MostToOneAddress = 5;
    private const int MostToStaff = 30;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Tells the website managers.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="request">The request.</param>
    /// <param name="kind">Which letter.</param>
    /// <param name="now">This moment.</param>
    /// <param name="cancellationToken">Ends the look for accounts.</param>
    public static async Task ToStaffAsync(GateDb db, RemovalRequest request, string kind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Day;
        // What cannot wait is always told: else who sends enough forms decides that nobody hears of it.
        if (kind == "request-new" && await db.RemovalRequests.CountAsync(other => other.At > since, cancellationToken) is var count and > MostToStaff)
        {
            await ManyToStaffAsync(db, count, now, cancellationToken);
            return;
        }

        await Letters.WriteToRolesAsync(db, Roles.WebsiteManager, new LetterDraft(KeyOf(request, kind, now), "", "", kind) { Values = ValuesOf(request), Spoken = DaysOf(request) }, now, cancellationToken);
    }

    /// <summary>Tells who asked, where an e-mail address was given.</summary>
    /// <param name="db">A context within <see cref="GateDb.BeginWriteAsync"/>; the caller saves.</param>
    /// <param name="request">The request.</param>
    /// <param name="kind">Which letter.</param>
    /// <param name="now">This moment.</param>
    /// <param name="cancellationToken">Ends the look for other requests.</param>
    public static async Task ToFamilyAsync(GateDb db, RemovalRequest request, string kind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Day;
        // Only what nobody has looked at yet is held back, and by sender: a stranger's forms must not silence the letters to the family.
        if (FamilyContact.EmailOf(request.Contact) is { } address
            && (kind != "request-received" || request.State == RequestState.Hidden
                || await db.RemovalRequests.CountAsync(other => other.At > since && other.Contact == address && other.Source == request.Source, cancellationToken) <= MostToOneAddress))
        {
            var link = new LinkDraft(LinkPurpose.Request, request.Id.ToString(CultureInfo.InvariantCulture), null, now + LinkHolds);
            await Letters.WriteAsync(db, new LetterDraft(KeyOf(request, kind, now), address, request.Language, kind) { Values = ValuesOf(request), Spoken = DaysOf(request), Link = link }, now, cancellationToken);
        }
    }

    // One letter an hour for all, written at once or for the next hour: whatever came, a letter goes after it.
    private static async Task ManyToStaffAsync(GateDb db, int count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
        var (first, next) = (KeyOf(hour), KeyOf(hour.AddHours(1)));
        var isLater = await db.Letters.AnyAsync(letter => letter.Key.StartsWith(first), cancellationToken);
        var draft = new LetterDraft(isLater ? next : first, "", "", "request-many") { Values = new Dictionary<string, string> { ["count"] = count.ToString(CultureInfo.InvariantCulture) } };
        await Letters.WriteToRolesAsync(db, Roles.WebsiteManager, draft, now, cancellationToken);
        foreach (var letter in db.Letters.Local.Where(letter => isLater && letter.Kind == draft.Kind))
        {
            letter.DueAt = hour.AddHours(1);
        }
    }

    private static string KeyOf(DateTimeOffset hour) => string.Create(CultureInfo.InvariantCulture, $"requests-{hour:yyyyMMddHH}");

    // What may happen twice to one request has its moment in the key.
    private static string KeyOf(RemovalRequest request, string kind, DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"{request.Name}-{kind}-{now.ToUnixTimeMilliseconds()}");

    private static Dictionary<string, string> ValuesOf(RemovalRequest request) => new()
    {
        ["number"] = request.Id.ToString(CultureInfo.InvariantCulture),
    };

    private static Dictionary<string, Text> DaysOf(RemovalRequest request) => new() { ["day"] = DayTexts.InLetters(request.AnswerBy) };
}
