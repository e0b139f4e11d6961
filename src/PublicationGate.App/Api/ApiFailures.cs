using System.Globalization;
using System.Text.Json;
using PublicationGate.App.Uploads;
using PublicationGate.Imaging.Apart;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Review;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.App.Api;

/// <summary>Turns what the API cannot do into problem documents.</summary>
internal static class ApiFailures
{
    public static void UseApiFailures(this IApplicationBuilder app) => app.UseWhen(Problem.IsWanted, api => api.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (UploadRefusedException refused) when (!context.Response.HasStarted)
        {
            // What is still on its way is not read to its end.
            context.Response.Headers.Connection = "close";
            Retry(context, refused.RetryAfter);
            await Problem.WriteAsync(context, refused.Status, refused.Code, refused.Reason, refused.Errors);
        }
        catch (QueueFullException full) when (!context.Response.HasStarted)
        {
            Retry(context, QueueFullException.RetryAfter);
            await Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, "queue-full", full.Reason, null);
        }
        catch (ReviewRefusedException refused) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, refused.Code, refused.Reason, null);
        }
        catch (StillRecognisableException showing) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "still-recognisable", showing.Reason, null);
        }
        catch (InputErrorsException wrong) when (!context.Response.HasStarted)
        {
            var errors = wrong.Errors.GroupBy(error => error.Key ?? "body").ToDictionary(same => same.Key, same => (IReadOnlyList<Text>)[.. same.Select(In)]);
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "wrong-fields", Texts.Get("problem.wrong-fields"), errors);
        }
        catch (UnreadableVerdictException unreadable) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "verdict-damaged", unreadable.Reason, null);
        }
        catch (ContentStoreException failure) when (!context.Response.HasStarted)
        {
            var isGone = failure.Problem == ContentStoreProblem.Missing;
            await Problem.WriteAsync(context, isGone ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable, isGone ? "original-gone" : "not-ready");
        }
        catch (DecoderUnavailableException) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "not-ready");
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, bad);
        }
    }));

    /// <summary>One field of a request is wrong.</summary>
    public static InputErrorsException Wrong(string field, string text, params (string Name, object Value)[] values) => new([new InputError("", 0, field, Texts.Get(text, values))]);

    private static Text In(InputError error) => error.File.Length == 0 || error.Line == 0 ? error.Reason
        : Texts.Get("problem.at-line", ("file", Path.GetFileName(error.File)), ("line", error.Line), ("reason", error.Reason));

    private static void Retry(HttpContext context, TimeSpan? after)
    {
        if (after is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    // The framework's words are for developers, and quote what was sent.
    private static Task WriteAsync(HttpContext context, BadHttpRequestException bad)
    {
        if (bad.StatusCode != StatusCodes.Status400BadRequest)
        {
            return Problem.WriteAsync(context, bad.StatusCode, Problem.CodeOf(bad.StatusCode));
        }

        var field = bad.InnerException is JsonException { Path: { Length: > 2 } path } ? path[2..] : null;
        return field is null
            ? Problem.WriteAsync(context, bad.StatusCode, "bad-request")
            : Problem.WriteAsync(context, bad.StatusCode, "wrong-fields", Texts.Get("problem.wrong-fields"), new Dictionary<string, IReadOnlyList<Text>> { [Printable.Of(field)] = [Texts.Get("api.wrong-value")] });
    }
}
