using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using PublicationGate.Accounts;
using PublicationGate.App.Access;

namespace PublicationGate.App.Pages;

/// <summary>The administrator's page: makes accounts, sets roles, locks, and lets people set a new password.</summary>
internal sealed class AllAccountsModel(AccountActs acts) : GatePage
{
    public IReadOnlyList<Account> Accounts { get; private set; } = [];

    /// <summary>The link to set a password that was made just now; it is not kept.</summary>
    public string? Link { get; private set; }

    public string? LinkFor { get; private set; }

    public string? Name { get; private set; }

    public string? Email { get; private set; }

    public async Task OnGetAsync() => Accounts = await acts.ListAsync(Gone);

    public async Task<IActionResult> OnPostMakeAsync(string? name, string? email, Roles[] roles)
    {
        (Name, Email) = (name, email);
        if (!ReadAddress(email, out var address))
        {
            return await ShowAsync(null, null, IdentityResult.Success);
        }

        var (account, token, result) = await acts.MakeAsync(Me, name ?? "", Together(roles), address, Gone);
        (Name, Email) = result.Succeeded ? (null, null) : (name, email);
        return await ShowAsync(account, token, result);
    }

    public async Task<IActionResult> OnPostResetAsync(string? id) =>
        await acts.FindAsync(id ?? "", Gone) is { } account && await acts.ResetAsync(Me, account, Gone) is var (token, result) ? await ShowAsync(account, token, result) : NotFound();

    public async Task<IActionResult> OnPostRolesAsync(string? id, Roles[] roles) =>
        await acts.FindAsync(id ?? "", Gone) is { } account ? await DoneAsync(await acts.SetRolesAsync(Me, account, Together(roles), Gone), "accounts.roles.done") : NotFound();

    public async Task<IActionResult> OnPostEmailAsync(string? id, string? email) =>
        await acts.FindAsync(id ?? "", Gone) is not { } account ? NotFound()
        : ReadAddress(email, out var address) ? await DoneAsync(await acts.SetEmailAsync(Me, account, address, Gone), "account.email.done")
        : await ShowAsync(null, null, IdentityResult.Success);

    public async Task<IActionResult> OnPostLockAsync(string? id, bool locked) =>
        await acts.FindAsync(id ?? "", Gone) is { } account ? await DoneAsync(await acts.LockAsync(Me, account, locked, Gone), locked ? "accounts.lock.done" : "accounts.unlock.done") : NotFound();

    private static Roles Together(Roles[] roles) => roles.Where(RoleSets.Each.Contains).Aggregate(Roles.None, (all, role) => all | role);

    private async Task<IActionResult> DoneAsync(IdentityResult result, string key)
    {
        if (result.Succeeded)
        {
            Tell(key);
            return GoTo("/accounts");
        }

        return await ShowAsync(null, null, result);
    }

    private async Task<IActionResult> ShowAsync(Account? account, string? token, IdentityResult result)
    {
        AccountMistakes.AddTo(ModelState, result, Visit);
        if (account is not null && token is not null)
        {
            Link = WholeAddressOf("/set-password") + QueryString.Create("account", account.Id).Add("token", token);
            LinkFor = account.UserName;
        }

        Accounts = await acts.ListAsync(Gone);
        return Page();
    }
}
