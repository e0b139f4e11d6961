using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace PublicationGate.Accounts;

/// <summary>The tables of accounts, as ASP.NET Core Identity's store without roles wants them.</summary>
internal static class AccountTables
{
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.ToTable("Accounts");
            account.HasIndex(a => a.NormalizedUserName).IsUnique();
            account.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
            account.Property(a => a.AccessFailedCount).HasConversion<long>();
        });
        modelBuilder.Entity<IdentityUserClaim<string>>(claim =>
        {
            claim.ToTable("AccountClaims");
            claim.Property(c => c.Id).HasConversion<long>().ValueGeneratedOnAdd();
            claim.HasOne<Account>().WithMany().HasForeignKey(c => c.UserId).IsRequired();
        });
        modelBuilder.Entity<IdentityUserLogin<string>>(login =>
        {
            login.ToTable("AccountLogins");
            login.HasKey(l => new { l.LoginProvider, l.ProviderKey });
            login.HasOne<Account>().WithMany().HasForeignKey(l => l.UserId).IsRequired();
        });
        modelBuilder.Entity<IdentityUserToken<string>>(token =>
        {
            token.ToTable("AccountTokens");
            token.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
            token.HasOne<Account>().WithMany().HasForeignKey(t => t.UserId);
        });
        modelBuilder.Entity<ApiKey>(key =>
        {
            key.HasIndex(k => k.Sha256).IsUnique();
            key.HasOne<Account>().WithMany().HasForeignKey(k => k.AccountId);
        });
    }
}
