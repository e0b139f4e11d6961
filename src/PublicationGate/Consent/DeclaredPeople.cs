using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>The people that a declaration means, gathered from the register.</summary>
internal sealed class DeclaredPeople
{
    private readonly Dictionary<string, Pupil> pupils = [];
    private readonly Dictionary<string, StaffMember> adults = [];
    private readonly List<string> notFound = [];
    private readonly List<string> ambiguous = [];

    private DeclaredPeople()
    {
    }

    public IEnumerable<Pupil> Pupils => pupils.Values.OrderBy(p => p.Key, StringComparer.Ordinal);

    public IEnumerable<StaffMember> Adults => adults.Values.OrderBy(s => s.Key, StringComparer.Ordinal);

    public IReadOnlyList<string> NotFound => [.. notFound.Distinct()];

    public IReadOnlyList<string> Ambiguous => [.. ambiguous.Distinct()];

    public static async Task<DeclaredPeople> FindAsync(GateDb db, Declaration declaration, DateOnly asOf, CancellationToken cancellationToken)
    {
        var declared = new DeclaredPeople();
        var group = string.IsNullOrWhiteSpace(declaration.Group) ? null : NameFolding.Fold(declaration.Group);
        var people = declaration.People ?? [];
        if (people.Count == 0 && group is not null)
        {
            await declared.AddGroupAsync(db, declaration, group, asOf, cancellationToken);
        }

        await declared.AddEntriesAsync(db, [.. people.Select(e => e.Trim())], asAdults: false, group, asOf, cancellationToken);
        await declared.AddEntriesAsync(db, [.. declaration.AdultNames.Select(e => e.Trim())], asAdults: true, group, asOf, cancellationToken);
        return declared;
    }

    private async Task AddGroupAsync(GateDb db, Declaration declaration, string group, DateOnly asOf, CancellationToken cancellationToken)
    {
        var members = await db.Pupils.AsNoTracking().Where(p => p.FoldedGroup == group).ToListAsync(cancellationToken);
        members.RemoveAll(p => !p.IsAtSchool(asOf));
        if (members.Count == 0)
        {
            notFound.Add(declaration.Group!);
            return;
        }

        foreach (var member in members)
        {
            pupils.Add(member.Key, member);
        }

        var matcher = new PeopleMatcher(members, [], group, asOf);
        foreach (var absent in declaration.Absent.Select(e => e.Trim()))
        {
            if (One(absent, matcher.Find(absent, asAdult: false)).Pupil is { } pupil)
            {
                pupils.Remove(pupil.Key);
            }
        }
    }

    private async Task AddEntriesAsync(GateDb db, List<string> entries, bool asAdults, string? group, DateOnly asOf, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var names = entries.ConvertAll(NameFolding.Fold);
        // Each term has an index of its own; first names stay within the group, since a large register holds hundreds of each.
        var candidates = await db.Pupils.AsNoTracking()
            .Where(p => entries.Contains(p.Key) || names.Contains(p.FoldedFullName) || names.Contains(p.FoldedShortName)
                || (names.Contains(p.FoldedFirstName) && (group == null || p.FoldedGroup == group)))
            .ToListAsync(cancellationToken);
        var staff = await db.Staff.AsNoTracking()
            .Where(s => entries.Contains(s.Key) || names.Contains(s.FoldedFullName) || names.Contains(s.FoldedShortName) || names.Contains(s.FoldedFirstName))
            .ToListAsync(cancellationToken);
        var matcher = new PeopleMatcher(candidates, staff, group, asOf);
        foreach (var entry in entries)
        {
            var (pupil, adult) = One(entry, matcher.Find(entry, asAdults));
            if (pupil is not null)
            {
                pupils[pupil.Key] = pupil;
            }

            if (adult is not null)
            {
                adults[adult.Key] = adult;
            }
        }
    }

    private (Pupil? Pupil, StaffMember? Adult) One(string entry, (IReadOnlyList<Pupil> Pupils, IReadOnlyList<StaffMember> Staff) found)
    {
        if (found.Pupils.Count + found.Staff.Count == 1)
        {
            return found.Pupils is [var pupil] ? (pupil, null) : (null, found.Staff[0]);
        }

        (found.Pupils.Count + found.Staff.Count == 0 ? notFound : ambiguous).Add(entry);
        return (null, null);
    }
}
