using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PublicationGate.App.Api;

namespace PublicationGate.App.Access;

/// <summary>Holds every request against <see cref="AccessTable"/>, before its endpoint runs. What is not in the table is refused.</summary>
internal static partial class AccessCheck
{
    /// <summary>Adds the check; behind routing and authentication, before all endpoints.</summary>
    public static IApplicationBuilder UseAccessCheck(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(AccessCheck).FullName!);
        return app.Use(async (context, next) =>
        {
            if (context.GetEndpoint() is not { } endpoint)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            if (StatusOf(endpoint) is { } status)
            {
                context.Response.StatusCode = status;
                return;
            }

            var visitor = context.Features.Get<Visitor>();
            if (AccessTable.Of(endpoint, context.Request.Method) is not { } rule)
            {
                NotInTable(logger, context.Request.Method, endpoint.DisplayName);
                context.Response.StatusCode = endpoint is RouteEndpoint { RoutePattern.RawText: { } route } && AccessTable.Rules.Any(other => other.Route == "/" + route.Trim('/'))
                    ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status403Forbidden;
            }
            else if (!rule.Admits(visitor))
            {
                Refuse(context, visitor);
            }
            else if (await IsForgedAsync(context, endpoint, visitor))
            {
                await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "forged");
            }
            else
            {
                await next(context);
            }
        });
    }

    // Where no endpoint of an address takes the method or the type, routing gives one of its own, which only says so.
    private static int? StatusOf(Endpoint endpoint) => endpoint is RouteEndpoint ? null
        : endpoint.DisplayName?.Split(' ')[0] switch { "405" => StatusCodes.Status405MethodNotAllowed, "415" => StatusCodes.Status415UnsupportedMediaType, _ => null };

    private static void Refuse(HttpContext context, Visitor? visitor)
    {
        var response = context.Response;
        if (visitor is not null)
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (Problem.IsWanted(context))
        {
            response.Headers.WWWAuthenticate = "Bearer";
            response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            // Where a form was sent there is nothing to come back to.
            var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/";
            var signIn = back == "/" ? "/sign-in" : "/sign-in" + QueryString.Create("return", back);
            if (context.Request.Headers.ContainsKey("HX-Request"))
            {
                response.Headers["HX-Redirect"] = signIn;
                response.StatusCode = StatusCodes.Status401Unauthorized;
            }
            else
            {
                response.Redirect(signIn);
            }
        }
    }

    // Pages check their forms themselves. Elsewhere the token stands in a header: reading a form here would take in a whole upload.
    private static async Task<bool> IsForgedAsync(HttpContext context, Endpoint endpoint, Visitor? visitor)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || visitor?.Key is not null || endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        {
            return false;
        }

        return !context.Request.Headers.ContainsKey(Forgery.Header) || !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} is not in the access table: refused")]
    private static partial void NotInTable(ILogger logger, string method, string? endpoint);
}

/// <summary>Names of what shows that a request comes from the gate's own pages.</summary>
internal static class Forgery
{
    /// <summary>The header that scripts send the token in.</summary>
    public const string Header = "X-Gate-Token";

    /// <summary>The field of forms.</summary>
    public const string Field = "token";
}
