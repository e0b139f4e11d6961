using System.Text.Json;

namespace PublicationGate.App.Api;

/// <summary>Answers of the API that say what went wrong: problem documents (RFC 9457) with a stable code and a sentence in both languages.</summary>
internal static class Problem
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Whether a request wants a document, not a page.</summary>
    public static bool IsWanted(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/.well-known", StringComparison.Ordinal);

    /// <summary>The code of a status that has no more to say.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "not-signed-in",
        StatusCodes.Status403Forbidden => "not-allowed",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "wrong-method",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status415UnsupportedMediaType => "wrong-type",
        StatusCodes.Status429TooManyRequests => "too-many",
        StatusCodes.Status503ServiceUnavailable => "not-ready",
        < 500 => "bad-request",
        _ => "failed",
    };

    /// <summary>Writes a problem document.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The stable code; its sentence stands in the resource file under <c>problem.CODE</c>.</param>
    /// <param name="values">What the sentence names.</param>
    public static Task WriteAsync(HttpContext context, int status, string code, params (string Name, object Value)[] values)
    {
        var text = Texts.Get("problem." + code, values);
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new { type = "about:blank", title = text.En, status, code, text = new { nl = text.Nl, en = text.En }, request = context.TraceIdentifier },
            Options, "application/problem+json", context.RequestAborted);
    }
}
