using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Access;

/// <summary>Who tries names must not learn from the time it takes which are known: the costly part is done once for each.</summary>
public class SignInWorkTests
{
    [TestCase("Noor van Dijk")]
    [TestCase("Niemand")]
    [TestCase("Nog zonder wachtwoord")]
    public async Task One_password_is_checked_for_a_known_and_for_an_unknown_name(string name)
    {
        var hasher = new CountingHasher();
        await using var service = await RunningService.StartAsync(more: services => services.AddSingleton<IPasswordHasher<Account>>(hasher));
        await service.MakeAccountAsync("Noor van Dijk", Roles.Teacher);
        await using (var scope = service.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(new Account { UserName = "Nog zonder wachtwoord", CreatedAt = TimeProvider.System.GetUtcNow() });
        }

        using var client = service.Client();
        using var answer = await client.SendFormAsync("/sign-in", ("name", name), ("password", "verkeerd wachtwoord"));
        Assert.That(hasher.Verified, Is.EqualTo(1));
    }

    private sealed class CountingHasher : PasswordHasher<Account>
    {
        public int Verified { get; private set; }

        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
