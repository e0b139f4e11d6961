using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Accounts;
using PublicationGate.App.Service;
using PublicationGate.Data;

namespace PublicationGate.App.Access;

/// <summary>Registers signing in: ASP.NET Core Identity on the gate's database, cookies, and API keys.</summary>
internal static class AccountServices
{
    /// <summary>Name of the scheme that takes the one or the other: cookies, or an API key.</summary>
    public const string EitherWay = "either-way";

    /// <summary>However much somebody works, once in this time a sign-in is asked for.</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromHours(12);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(2);
    private static readonly TimeSpan CodeTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan InvitationHolds = TimeSpan.FromDays(3);

    public static IServiceCollection AddAccounts(this IServiceCollection services, ServiceOptions options, DirectoryInfo data)
    {
        services.AddDataProtection().SetApplicationName("publication-gate").PersistKeysToFileSystem(DataFolder.Private(data, DataFolder.ServiceKeys));
        services.AddIdentityCore<Account>(identity =>
            {
                // As NIST SP 800-63B has it: length and a list of what everybody tries, no rules about kinds of signs.
                identity.Password.RequiredLength = CommonPasswords.ShortestLength;
                identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = 1;
                identity.Lockout.MaxFailedAccessAttempts = 8;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                // Names and addresses of mail alike, in any script.
                identity.User.AllowedUserNameCharacters = "";
            })
            .AddUserStore<UserOnlyStore<Account, GateDb>>()
            .AddPasswordValidator<CommonPasswords>()
            .AddDefaultTokenProviders();
        services.Configure<DataProtectionTokenProviderOptions>(token => token.TokenLifespan = InvitationHolds);
        services.AddScoped<AccountActs>().AddScoped<SignIns>().AddScoped<SecondFactor>().AddScoped<ApiKeys>().AddSingleton<FirstAccount>().AddSingleton<Scraping>();

        services.AddAuthentication(EitherWay)
            .AddPolicyScheme(EitherWay, null, scheme => scheme.ForwardDefaultSelector = context => ApiKeySignIn.IsMeant(context) ? ApiKeySignIn.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeySignIn>(ApiKeySignIn.Scheme, null)
            .AddCookie(IdentityConstants.ApplicationScheme, cookie =>
            {
                Seal(cookie.Cookie, options, "gate");
                cookie.ExpireTimeSpan = LongestPause;
                cookie.SlidingExpiration = true;
                cookie.Events.OnValidatePrincipal = ValidateAsync;
            })
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
            {
                Seal(cookie.Cookie, options, "gate-code");
                cookie.ExpireTimeSpan = CodeTime;
                cookie.SlidingExpiration = false;
            });
        services.AddAntiforgery(forgery =>
        {
            Seal(forgery.Cookie, options, "gate-form");
            forgery.HeaderName = Forgery.Header;
            forgery.FormFieldName = Forgery.Field;
        });
        return services;
    }

    /// <summary>Gives a cookie what every cookie of the gate has.</summary>
    public static void Seal(CookieBuilder cookie, ServiceOptions options, string name)
    {
        cookie.Name = options.IsBehindProxy ? "__Host-" + name : name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = options.IsBehindProxy ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }

    // The account is read for each request, so that a lock, other roles or a new password hold at once and everywhere.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var db = context.HttpContext.RequestServices.GetRequiredService<GateDb>();
        var time = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        var id = SignIns.AccountOf(context.Principal);
        var account = await db.Accounts.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, context.HttpContext.RequestAborted);
        if (account is null || account.IsLocked || !SignIns.IsSameStamp(account, context.Principal) || SignIns.Since(context.Properties) is not { } since || time.GetUtcNow() - since > LongestSession)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        context.HttpContext.Features.Set(new Visitor(account, null));
    }
}
