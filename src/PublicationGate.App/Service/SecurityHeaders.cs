namespace PublicationGate.App.Service;

/// <summary>What every answer tells browsers to refuse.</summary>
internal static class SecurityHeaders
{
    // Own files only; nothing in the page itself, no frames, no addresses of others.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' data: blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static readonly (string Name, string Value)[] Always =
    [
        ("Content-Security-Policy", ContentSecurityPolicy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ];

    // Their addresses hold what opens them: no other page is told of it, not even the gate's own.
    private static readonly string[] ByLink = ["/my-child", "/round", "/removal-request"];

    /// <summary>Adds them to every answer, also to those of failures.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var isByLink = Array.Exists(ByLink, start => context.Request.Path.StartsWithSegments(start));
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            foreach (var (name, value) in Always)
            {
                // Pages whose address is a key say more of it.
                if (name != "Referrer-Policy" || !headers.ContainsKey(name))
                {
                    headers[name] = value;
                }
            }

            if (isByLink)
            {
                headers["Referrer-Policy"] = "no-referrer";
            }

            // The address of such a page is its key.
            if (context.Request.Path.StartsWithSegments("/removal-request", StringComparison.OrdinalIgnoreCase))
            {
                headers["Referrer-Policy"] = "no-referrer";
            }

            if (context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }

            // Pages hold names of children: no copy is left in a browser that others use.
            if (string.IsNullOrEmpty(headers.CacheControl))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    });
}
