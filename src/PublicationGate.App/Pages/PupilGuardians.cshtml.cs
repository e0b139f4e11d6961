using Microsoft.AspNetCore.Mvc;
using PublicationGate.App.Service;
using PublicationGate.Consent;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>Who may answer for a pupil, and their links. With <c>?change=NUMBER</c> the form changes that guardian instead of adding one.</summary>
internal sealed class PupilGuardiansModel(ConsentRegister register, GuardianRegister guardians, GuardianLinks links, ProtocolInUse protocol, ServiceOptions options, TimeProvider time) : GatePage
{
    public Pupil Pupil { get; private set; } = null!;

    public IReadOnlyList<LinkedGuardian> Guardians { get; private set; } = [];

    /// <summary>Names that stand in the pupil's answers.</summary>
    public IReadOnlyList<string> Answered { get; private set; } = [];

    /// <summary>The guardian that the form changes; null when it adds one.</summary>
    public Guardian? Changed { get; private set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Language { get; set; }

    [BindProperty]
    public bool IsPupil { get; set; }

    public bool IsAtSchool => Pupil.IsAtSchool(time.Today());

    public string Here => Address(Pupil.Key);

    public static string Address(string key) => $"/register/pupils/{Uri.EscapeDataString(key)}/guardians";

    public async Task<IActionResult> OnGetAsync(string key, long? change)
    {
        if (!await FindAsync(key, change))
        {
            return NotFound();
        }

        (Name, Email, Language, IsPupil) = (Changed?.Name, Changed?.Email, Changed?.Language ?? "nl", Changed?.IsPupil ?? false);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(string key, long? change)
    {
        if (!await FindAsync(key, change))
        {
            return NotFound();
        }

        try
        {
            var draft = new GuardianDraft(Name ?? "", Email, Language ?? "nl", IsPupil);
            await (Changed is null ? guardians.AddAsync(key, draft, Me.Id, Gone) : guardians.ChangeAsync(key, Changed.Id, draft, Me.Id, Gone));
            var isMoved = Changed?.Email is { } before && before != draft.Email?.Trim();
            Tell(isMoved ? "guardians.saved.moved" : "guardians.saved", ("name", draft.Name.Trim()));
            return GoTo(Here);
        }
        catch (GuardianRefusedException refused)
        {
            ModelState.AddModelError(refused.Field, refused.Reason.In(Visit.Language));
            return Page();
        }
    }

    public Task<IActionResult> OnPostRemoveAsync(string key, long guardian) => ForAsync(key, guardian, async one =>
    {
        await guardians.RemoveAsync(key, guardian, Me.Id, Gone);
        Tell("guardians.removed", ("name", one.Name));
    });

    public Task<IActionResult> OnPostSendAsync(string key, long guardian) => ForAsync(key, guardian, async one =>
        Tell(await links.SendAsync([guardian], Terms(options, protocol), Me.Id, Gone) > 0 ? "guardians.sent" : "guardians.sent.already", ("name", one.Name)));

    public Task<IActionResult> OnPostEndAsync(string key, long guardian) => ForAsync(key, guardian, async one =>
    {
        await links.EndAsync(key, guardian, Me.Id, Gone);
        Tell("guardians.ended", ("name", one.Name));
    });

    /// <summary>What links are like that are made now.</summary>
    public static LinkTerms Terms(ServiceOptions options, ProtocolInUse protocol) => new(options.ParentLinkDays, protocol.Current.School);

    private async Task<IActionResult> ForAsync(string key, long guardian, Func<Guardian, Task> act)
    {
        if (!await FindAsync(key, guardian))
        {
            return NotFound();
        }

        await act(Changed!);
        return GoTo(Here);
    }

    private async Task<bool> FindAsync(string key, long? guardian)
    {
        if (await register.HistoryAsync(key, Gone) is not (var pupil, var answers))
        {
            return false;
        }

        Pupil = pupil;
        Guardians = [.. (await links.OfAsync([key], Gone)).OrderBy(one => one.Guardian.Id)];
        Answered = [.. answers.Select(answer => answer.GivenBy).DistinctBy(NameFolding.Fold)];
        Changed = Guardians.FirstOrDefault(one => one.Guardian.Id == guardian)?.Guardian;
        return guardian is null || Changed is not null;
    }
}
