using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicationGate.App.Api;

/// <summary>Answers of the API that say what went wrong: problem documents (RFC 9457) with a stable code and a sentence in both languages.</summary>
internal static class Problem
{
    // As routing, which does not heed case.
    private static readonly PathString[] Roots = ["/api", "/healthz", "/metrics", "/.well-known"];

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a request wants a document, not a page.</summary>
    public static bool IsWanted(HttpContext context) => Roots.Any(root => context.Request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    /// <summary>The code of a status that has no more to say.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "not-signed-in",
        StatusCodes.Status403Forbidden => "not-allowed",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "wrong-method",
        StatusCodes.Status408RequestTimeout => "too-slow",
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
    public static Task WriteAsync(HttpContext context, int status, string code, params (string Name, object Value)[] values) =>
        WriteAsync(context, status, code, Texts.Get("problem." + code, values), null);

    /// <summary>Writes a problem document.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="text">What happened and what to do.</param>
    /// <param name="errors">What is wrong, by field; null or empty where no field is.</param>
    public static Task WriteAsync(HttpContext context, int status, string code, Text text, IReadOnlyDictionary<string, IReadOnlyList<Text>>? errors)
    {
        context.Response.StatusCode = status;
        var document = new ProblemAnswer("urn:publication-gate:problem:" + code, text.En, status, code, text, context.TraceIdentifier) { Errors = errors is { Count: > 0 } ? errors : null };
        return context.Response.WriteAsJsonAsync(document, Options, "application/problem+json", context.RequestAborted);
    }
}

/// <summary>What went wrong (RFC 9457).</summary>
/// <param name="Type">The kind of problem, a name and no address.</param>
/// <param name="Title">What happened and what to do, in English.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The kind of problem, for programs; it stays as it is.</param>
/// <param name="Text">What happened and what to do.</param>
/// <param name="Request">Number of the request, under which the log of the gate tells more.</param>
internal sealed record ProblemAnswer(string Type, string Title, int Status, string Code, Text Text, string Request)
{
    /// <summary>What is wrong, by the field that it is wrong in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<Text>>? Errors { get; init; }
}
