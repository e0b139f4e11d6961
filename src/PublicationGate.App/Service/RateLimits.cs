using System.Globalization;
using System.Threading.RateLimiting;
using PublicationGate.App.Requests;

namespace PublicationGate.App.Service;

/// <summary>How often one address may do what guessing is done with.</summary>
internal static class RateLimits
{
    /// <summary>Sending a form of sign-in; looking at it is free. Put it on a page by <c>[EnableRateLimiting]</c>.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Looking for people by their names, on a page with the handlers <c>people</c> and <c>show</c>; the rest of it is free.</summary>
    public const string Search = "search";

    // More than somebody types, and too few to try all beginnings of names.
    private const int SearchesPerMinute = 120;

    /// <summary>Keys and revoked certificates, for whoever checks one.</summary>
    public const string WellKnown = "well-known";

    /// <summary>Sending a form of a removal request; looking is free.</summary>
    public const string Requests = "requests";

    // A website that checks what it shows asks once a second.
    private const int WellKnownPerMinute = 240;

    /// <summary>Pages for who holds a link: tokens cannot be guessed, but trying costs the gate.</summary>
    public const string Links = "links";

    // A school that hands out sheets has many parents behind one address.
    private const int LinksPerMinute = 240;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddRateLimits(this IServiceCollection services, ServiceOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (refused, _) =>
        {
            var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : Window;
            refused.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limiter.AddPolicy(SignIn, context => HttpMethods.IsPost(context.Request.Method) ? ByAddress(context, options.SignInsPerMinute) : RateLimitPartition.GetNoLimiter(""));
        limiter.AddPolicy(Requests, context => HttpMethods.IsPost(context.Request.Method) ? ByAddress(context, options.RemovalRequestsPerMinute) : RateLimitPartition.GetNoLimiter(""));
        limiter.AddPolicy(WellKnown, context => ByAddress(context, WellKnownPerMinute));
        limiter.AddPolicy(Links, context => ByAddress(context, LinksPerMinute));
        limiter.AddPolicy(Search, context => IsSearch(context) ? ByAddress(context, SearchesPerMinute) : RateLimitPartition.GetNoLimiter(""));
    });

    private static bool IsSearch(HttpContext context) => context.Request.Query["handler"].ToString().ToUpperInvariant() is "PEOPLE" or "SHOW";

    // Of IPv6 by network: a household has all addresses of one, and so has whoever guesses.
    private static RateLimitPartition<string> ByAddress(HttpContext context, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        context.RequestServices.GetRequiredService<RequestSources>().Of(context.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window });
}
