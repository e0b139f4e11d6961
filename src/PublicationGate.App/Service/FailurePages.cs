using Microsoft.AspNetCore.Diagnostics;
using PublicationGate.App.Api;
using PublicationGate.Data;

namespace PublicationGate.App.Service;

/// <summary>What people and programs get when something is refused or goes wrong: a page, or a problem document; never anything of the inside.</summary>
internal static partial class FailurePages
{
    public static void UseFailurePages(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FailurePages).FullName!);
        app.UseWhen(Problem.IsWanted, api => api.UseStatusCodePages(context =>
            Problem.WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode, Problem.CodeOf(context.HttpContext.Response.StatusCode))));
        app.UseWhen(context => !Problem.IsWanted(context), pages => pages.UseStatusCodePagesWithReExecute("/error/{0}"));
        // Within the others: a failure becomes a status, and the status a page.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context =>
            {
                var failure = context.Features.Get<IExceptionHandlerFeature>()!.Error;
                context.Response.StatusCode = StatusOf(failure);
                if (context.Response.StatusCode == StatusCodes.Status500InternalServerError)
                {
                    Failed(logger, failure.GetType().Name, failure.StackTrace);
                }

                return Task.CompletedTask;
            },
            AllowStatusCode404Response = true,
            SuppressDiagnosticsCallback = _ => true,
        });
    }

    private static int StatusOf(Exception failure) => failure switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        GateDatabaseException => StatusCodes.Status503ServiceUnavailable,
        _ when DatabaseFailure.IsPassing(failure) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    // An exception's own words may hold what somebody typed; where it happened is enough to find the fault.
    [LoggerMessage(Level = LogLevel.Error, Message = "Failed by {Kind} {Where}")]
    private static partial void Failed(ILogger logger, string kind, string? where);
}
