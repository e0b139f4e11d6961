using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Removal.Requests;

namespace PublicationGate.Erasure;

/// <summary>
/// Requests for removal that mention the person, or are about a photo that shows the person. Closed ones go. An open one stays, with its number, state and day: somebody waits for an answer, and
/// it may be another family, who can then still be reached and keeps their link.
/// </summary>
internal sealed class ErasedRequests() : ErasedRows("removal-requests")
{
    /// <inheritdoc/>
    public override async Task<int> EraseAsync(GateDb db, PersonMentions person, IReadOnlySet<string> contents, bool isDryRun, CancellationToken cancellationToken)
    {
        var found = await FindAsync(db, person, contents, cancellationToken);
        if (isDryRun)
        {
            db.ChangeTracker.Clear();
            return found.Count;
        }

        var own = await OwnAddressesAsync(db, person.Key, cancellationToken);
        var unlinked = new List<RemovalRequest>();
        foreach (var row in found)
        {
            if (row.ClosedAt is not null || IsOwn(row, person, own))
            {
                unlinked.Add(row);
            }

            if (row.ClosedAt is not null)
            {
                db.RemovalRequests.Remove(row);
            }
            else
            {
                Unname(row, person, contents, IsOwn(row, person, own));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        var pictureless = found.Where(row => row.ContentSha256 is null).Select(row => row.Id).ToList();
        await db.RequestPictures.Where(picture => pictureless.Contains(picture.RequestId)).ExecuteDeleteAsync(cancellationToken);
        foreach (var row in unlinked)
        {
            var (subject, start) = (row.Id.ToString(CultureInfo.InvariantCulture), row.Name + "-");
            await db.AccessLinks.Where(link => link.Purpose == LinkPurpose.Request && link.Subject == subject).ExecuteDeleteAsync(cancellationToken);
            // Those to staff hold no link.
            await db.Letters.Where(letter => letter.Key.StartsWith(start) && letter.Link != null).ExecuteDeleteAsync(cancellationToken);
        }

        return found.Count;
    }

    /// <summary>Numbers of open ones, which are left for a person; before they are erased.</summary>
    public static async Task<IReadOnlyList<long>> OpenAsync(GateDb db, PersonMentions person, IReadOnlySet<string> contents, CancellationToken cancellationToken)
    {
        var found = await FindAsync(db, person, contents, cancellationToken);
        db.ChangeTracker.Clear();
        return [.. found.Where(row => row.ClosedAt is null).Select(row => row.Id).Order()];
    }

    private static async Task<List<RemovalRequest>> FindAsync(GateDb db, PersonMentions person, IReadOnlySet<string> contents, CancellationToken cancellationToken) =>
        (await db.RemovalRequests.ToListAsync(cancellationToken)).Where(row => (row.ContentSha256 is { } sha256 && contents.Contains(sha256)) || Texts(row).Any(text => person.AreIn(text))).ToList();

    private static IEnumerable<string?> Texts(RemovalRequest row) => [row.Child, row.Group, row.Words, row.Contact, row.Address, row.Ground];

    // Addresses of the family; one that they have for another child too leads to that child as well, who stays.
    private static async Task<HashSet<string>> OwnAddressesAsync(GateDb db, string pupilKey, CancellationToken cancellationToken) =>
        (await db.Guardians.Where(guardian => guardian.PupilKey == pupilKey && guardian.Email != null && !db.Guardians.Any(other => other.PupilKey != pupilKey && other.Email == guardian.Email))
            .Select(guardian => guardian.Email!).ToListAsync(cancellationToken)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static bool IsOwn(RemovalRequest row, PersonMentions person, HashSet<string> addresses) => person.AreIn(row.Child) || person.AreIn(row.Contact) || addresses.Contains(row.Contact);

    private static void Unname(RemovalRequest row, PersonMentions person, IReadOnlySet<string> contents, bool isOwn)
    {
        bool Goes(string? text) => isOwn || person.AreIn(text);
        if (isOwn)
        {
            (row.Child, row.Contact) = ("", "");
        }

        row.Group = Goes(row.Group) ? "" : row.Group;
        row.Address = Goes(row.Address) ? null : row.Address;
        row.Words = Goes(row.Words) ? null : row.Words;
        row.Ground = Goes(row.Ground) ? null : row.Ground;
        if (isOwn || (row.ContentSha256 is { } sha256 && contents.Contains(sha256)))
        {
            (row.ContentSha256, row.PictureHash) = (null, null);
        }
    }
}
