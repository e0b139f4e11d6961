using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.App.Access;

/// <summary>Changes to accounts, each in one transaction with its entry in the audit trail. A change that is refused leaves neither.</summary>
internal sealed class AccountActs(GateDb db, UserManager<Account> accounts, AuditTrail audit, ApiKeys keys, TimeProvider time)
{
    /// <summary>All accounts, by name.</summary>
    public Task<List<Account>> ListAsync(CancellationToken cancellationToken) => db.Accounts.AsNoTracking().OrderBy(account => account.NormalizedUserName).ToListAsync(cancellationToken);

    /// <summary>An account to change.</summary>
    public Task<Account?> FindAsync(string id, CancellationToken cancellationToken) => db.Accounts.FirstOrDefaultAsync(account => account.Id == id, cancellationToken);

    /// <summary>Makes the very first account, with all roles; null when there is one already.</summary>
    public async Task<(Account? Account, IdentityResult Result)> MakeFirstAsync(string name, string password, CancellationToken cancellationToken)
    {
        var account = New(name, Roles.All);
        var result = await RecordAsync(AuditKinds.AccountMade, account.Id, RolesOf(Roles.All), async () => await db.Accounts.AnyAsync(cancellationToken)
            ? IdentityResult.Failed(new IdentityError { Code = "NotFirst" })
            : await accounts.CreateAsync(account, password), cancellationToken);
        return (result.Succeeded ? account : null, result);
    }

    /// <summary>Makes an account without a password.</summary>
    /// <returns>The account and the token with which its person sets a password; or what is wrong.</returns>
    public async Task<(Account Account, string? Token, IdentityResult Result)> MakeAsync(Account by, string name, Roles roles, string? email, CancellationToken cancellationToken)
    {
        var account = New(name, roles);
        account.Email = email;
        var result = await RecordAsync(AuditKinds.AccountMade, account.Id, By(by, RolesOf(roles)), () => accounts.CreateAsync(account), cancellationToken);
        return (account, result.Succeeded ? await accounts.GeneratePasswordResetTokenAsync(account) : null, result);
    }

    /// <summary>Takes the password, the second factor and all API keys away, and signs the person out everywhere; refused when nobody would be administrator any more.</summary>
    /// <returns>The token with which its person sets a new password; or what is wrong.</returns>
    public async Task<(string? Token, IdentityResult Result)> ResetAsync(Account by, Account account, CancellationToken cancellationToken)
    {
        var result = await RecordAsync(AuditKinds.AccountReset, account.Id, By(by), async () =>
        {
            if (await IsLastAdministratorAsync(account, false, cancellationToken))
            {
                return LastAdministrator;
            }

            await keys.RevokeAllAsync(account, cancellationToken);
            await accounts.RemovePasswordAsync(account);
            await accounts.SetTwoFactorEnabledAsync(account, false);
            await accounts.SetLockoutEndDateAsync(account, null);
            await accounts.ResetAccessFailedCountAsync(account);
            return await accounts.UpdateSecurityStampAsync(account);
        }, cancellationToken);
        return (result.Succeeded ? await accounts.GeneratePasswordResetTokenAsync(account) : null, result);
    }

    /// <summary>Changes the roles; refused when nobody would be administrator any more.</summary>
    public Task<IdentityResult> SetRolesAsync(Account by, Account account, Roles roles, CancellationToken cancellationToken) =>
        RecordAsync(AuditKinds.RolesChanged, account.Id, By(by, RolesOf(roles)), async () =>
        {
            account.Roles = roles;
            return await IsLastAdministratorAsync(account, roles.HasFlag(Roles.Administrator), cancellationToken) ? LastAdministrator : await accounts.UpdateAsync(account);
        }, cancellationToken);

    /// <summary>Sets where letters go that the gate writes to the person; null for nowhere.</summary>
    public Task<IdentityResult> SetEmailAsync(Account by, Account account, string? email, CancellationToken cancellationToken) =>
        RecordAsync(AuditKinds.AccountEmailChanged, account.Id, By(by), () =>
        {
            // Not by SetEmailAsync, which would sign the person out: nobody signs in with an address.
            account.Email = email;
            return accounts.UpdateAsync(account);
        }, cancellationToken);

    /// <summary>Locks an account until it is unlocked; refused when nobody would be administrator any more.</summary>
    public Task<IdentityResult> LockAsync(Account by, Account account, bool isLocked, CancellationToken cancellationToken) =>
        RecordAsync(isLocked ? AuditKinds.AccountLocked : AuditKinds.AccountUnlocked, account.Id, By(by), async () =>
        {
            account.IsLocked = isLocked;
            return isLocked && await IsLastAdministratorAsync(account, false, cancellationToken) ? LastAdministrator : await accounts.UpdateSecurityStampAsync(account);
        }, cancellationToken);

    /// <summary>Sets the password by the token of a link, once: the token holds no longer then, and neither do API keys that were made before.</summary>
    public Task<IdentityResult> SetPasswordAsync(Account account, string token, string password, CancellationToken cancellationToken) =>
        RecordAsync(AuditKinds.PasswordSet, account.Id, null, async () =>
        {
            var result = await accounts.ResetPasswordAsync(account, token, password);
            if (result.Succeeded)
            {
                await keys.RevokeAllAsync(account, cancellationToken);
            }

            return result;
        }, cancellationToken);

    /// <summary>Changes one's own password. Everywhere else one is signed out.</summary>
    public Task<IdentityResult> ChangePasswordAsync(Account account, string current, string password, CancellationToken cancellationToken) =>
        RecordAsync(AuditKinds.PasswordSet, account.Id, null, () => accounts.ChangePasswordAsync(account, current, password), cancellationToken);

    /// <summary>Runs a change and, when it succeeded, records it with it.</summary>
    public async Task<IdentityResult> RecordAsync(string kind, string account, IReadOnlyDictionary<string, string>? details, Func<Task<IdentityResult>> change, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var result = await change();
        if (result.Succeeded)
        {
            await audit.AppendAsync(db, kind, account, details, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        else
        {
            // What was refused must not be written by whoever saves next.
            db.ChangeTracker.Clear();
        }

        return result;
    }

    private static IdentityResult LastAdministrator => IdentityResult.Failed(new IdentityError { Code = "LastAdministrator" });

    private static Dictionary<string, string> RolesOf(Roles roles) => new() { ["roles"] = roles.ToString() };

    private static Dictionary<string, string> By(Account by, Dictionary<string, string>? details = null) => new(details ?? []) { ["by"] = by.Id };

    private Account New(string name, Roles roles) => new() { UserName = name.Trim(), Roles = roles, CreatedAt = time.GetUtcNow(), LockoutEnabled = true };

    private async Task<bool> IsLastAdministratorAsync(Account account, bool stays, CancellationToken cancellationToken)
    {
        if (stays)
        {
            return false;
        }

        // Who never set a password cannot come in to let others in.
        var others = await db.Accounts.AsNoTracking().Where(other => other.Id != account.Id && !other.IsLocked && other.PasswordHash != null).Select(other => other.Roles).ToListAsync(cancellationToken);
        return !others.Any(roles => roles.HasFlag(Roles.Administrator));
    }
}
