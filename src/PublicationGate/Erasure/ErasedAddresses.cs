using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Removal.Addresses;

namespace PublicationGate.Erasure;

/// <summary>
/// Addresses of hidden pictures that hold the person's name. The name goes; the row stays, for a person to see to where the picture was not gone yet: else its take-down would end as if
/// there had never been such an address.
/// </summary>
internal sealed class ErasedAddresses() : ErasedRows("posted-addresses")
{
    /// <inheritdoc/>
    public override async Task<int> EraseAsync(GateDb db, PersonMentions person, IReadOnlySet<string> contents, bool isDryRun, CancellationToken cancellationToken)
    {
        var found = (await db.PostedAddresses.ToListAsync(cancellationToken)).Where(row => person.AreIn(Words(row.Address), isName: true)).ToList();
        foreach (var row in isDryRun ? [] : found)
        {
            row.Address = row.Id.ToString(CultureInfo.InvariantCulture);
            if (row.State != AddressState.Gone)
            {
                (row.State, row.Answer, row.DueAt) = (AddressState.Unclear, "erased", null);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return found.Count;
    }

    // As a person reads it: in addresses signs stand for spaces and accents.
    private static string Words(string address) => Uri.UnescapeDataString(address).Replace('-', ' ').Replace('_', ' ').Replace('/', ' ').Replace('+', ' ');
}
