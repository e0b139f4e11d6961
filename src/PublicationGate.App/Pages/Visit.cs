using Microsoft.AspNetCore.Antiforgery;
using PublicationGate.Accounts;
using PublicationGate.App.Access;

namespace PublicationGate.App.Pages;

/// <summary>What pages know of the request that they answer: who asks, in which language, in which colours.</summary>
internal sealed class Visit(IHttpContextAccessor accessor, IAntiforgery forgery)
{
    public const string LanguageCookie = "gate-language";
    public const string ThemeCookie = "gate-theme";

    private HttpContext Context => accessor.HttpContext!;

    private Visitor? Visitor => Context.Features.Get<Visitor>();

    /// <summary>Who asks; null for nobody who is signed in.</summary>
    public Account? Account => Visitor?.Account;

    /// <summary><c>nl</c> or <c>en</c>: the account's, else the cookie's, else <see cref="Preferred"/>, else what the browser prefers, else Dutch.</summary>
    public string Language => Known(Account?.Language) ?? Known(Context.Request.Cookies[LanguageCookie]) ?? Known(Preferred) ?? OfBrowser() ?? "nl";

    /// <summary>The language that somebody without an account is known to have; null for nobody known.</summary>
    public string? Preferred { get; set; }

    /// <summary><c>light</c> or <c>dark</c>; null for what the machine prefers.</summary>
    public string? Theme => Context.Request.Cookies[ThemeCookie] is "light" or "dark" ? Context.Request.Cookies[ThemeCookie] : null;

    /// <summary>The address of this page, to come back to.</summary>
    public string Here => Context.Request.Path + Context.Request.QueryString;

    /// <summary>The token that scripts send with what they change, in the header of <see cref="Forgery"/>.</summary>
    public string ScriptToken => forgery.GetAndStoreTokens(Context).RequestToken!;

    /// <summary>A sentence in the language of this visit.</summary>
    public string T(string key, params (string Name, object Value)[] values) => Texts.Get(key, values).In(Language);

    /// <summary>A day as it stands in lists.</summary>
    public string Day(DateOnly day) => DayTexts.InLists(day).In(Language);

    /// <summary>Day and time on the machine's clock.</summary>
    public string Moment(DateTimeOffset instant) => DayTexts.Moment(instant).In(Language);

    /// <summary>Whether this visitor may open a page; what they may not is not offered.</summary>
    public bool MayOpen(string route) => AccessTable.Of(route, "GET") is { } rule && rule.Admits(Visitor);

    /// <summary>Whether this visitor may send the form of a page.</summary>
    public bool MaySend(string route) => AccessTable.Of(route, "POST") is { } rule && rule.Admits(Visitor);

    /// <summary>The pages of the main menu for this visitor, in order.</summary>
    public IEnumerable<MenuItem> Menu => MenuItem.All.Where(item => MayOpen(item.Route));

    private static string? Known(string? language) => language is "nl" or "en" ? language : null;

    private string? OfBrowser() => Context.Request.GetTypedHeaders().AcceptLanguage is { Count: > 0 } accepted
        ? accepted.OrderByDescending(one => one.Quality ?? 1).Select(one => one.Value.Value!.Split('-')[0].ToLowerInvariant()).Select(Known).FirstOrDefault(one => one is not null)
        : null;
}

/// <summary>An entry of the main menu. It is shown as soon as <see cref="AccessTable"/> knows its page, to those who may open it.</summary>
/// <param name="Route">The page.</param>
/// <param name="Key">What it is called.</param>
internal sealed record MenuItem(string Route, string Key)
{
    /// <summary>All of them; the first that somebody may open is that person's first page.</summary>
    public static IReadOnlyList<MenuItem> All { get; } =
    [
        new("/submit", "menu.submit"),
        new("/review", "menu.review"),
        new("/submissions", "menu.submissions"),
        new("/register", "menu.register"),
        new("/published", "menu.published"),
        new("/removals", "menu.removals"),
        new("/recordings", "menu.recordings"),
        new("/incidents", "menu.incidents"),
        new("/rounds", "menu.rounds"),
        new("/protocol", "menu.protocol"),
        new("/dashboard", "menu.dashboard"),
        new("/accounts", "menu.accounts"),
    ];
}
