using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Service;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>Links for all parents of a group at once: by mail, and on paper for those without an address.</summary>
internal sealed class GroupLinksModel(GateDb db, ConsentRegister register, GuardianLinks links, ProtocolInUse protocol, ServiceOptions options, TimeProvider time) : GatePage
{
    public string Group { get; private set; } = "";

    public IReadOnlyList<LinkedGuardian> Guardians { get; private set; } = [];

    /// <summary>Pupils of whom no guardian is known.</summary>
    public IReadOnlyList<string> Without { get; private set; } = [];

    /// <summary>Who has neither a link nor a letter that waits, and an address.</summary>
    public IReadOnlyList<LinkedGuardian> ByMail => [.. Open.Where(one => one.Guardian.Email is not null)];

    /// <summary>The same, without an address.</summary>
    public IReadOnlyList<LinkedGuardian> OnPaper => [.. Open.Where(one => one.Guardian.Email is null)];

    private IEnumerable<LinkedGuardian> Open => Guardians.Where(one => one.HoldsUntil is null && !one.IsWaiting);

    public async Task<IActionResult> OnGetAsync(string group) => await FindAsync(group) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string group)
    {
        if (!await FindAsync(group))
        {
            return NotFound();
        }

        Tell("group-links.sent", ("count", await links.SendAsync([.. ByMail.Select(one => one.Guardian.Id)], PupilGuardiansModel.Terms(options, protocol), Me.Id, Gone)));
        return GoTo(GroupAddress.OfLinks(Group));
    }

    private async Task<bool> FindAsync(string group)
    {
        if (GroupAddress.Find(await register.CountsAsync(time.Today(), Gone), group) is not { } name)
        {
            return false;
        }

        var (folded, today) = (NameFolding.Fold(name), time.Today());
        var pupils = await db.Pupils.AsNoTracking().Where(pupil => pupil.FoldedGroup == folded && (pupil.LeftOn == null || pupil.LeftOn > today)).OrderBy(pupil => pupil.FoldedFirstName).ToListAsync(Gone);
        (Group, Guardians) = (name, await links.OfAsync(pupils.ConvertAll(pupil => pupil.Key), Gone));
        var known = Guardians.Select(one => one.Pupil.Key).ToHashSet();
        Without = [.. pupils.Where(pupil => !known.Contains(pupil.Key)).Select(pupil => pupil.FirstName)];
        return true;
    }
}
