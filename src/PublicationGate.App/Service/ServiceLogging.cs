using Microsoft.Extensions.Logging.Console;

namespace PublicationGate.App.Service;

/// <summary>The log: ids and routes, never a name, an address with its query, or what somebody typed.</summary>
internal static partial class ServiceLogging
{
    private static readonly object Asked = new();
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options];

    /// <summary>Writes the log to standard error, for people or as a JSON object a line.</summary>
    public static void AddServiceLogging(this ILoggingBuilder logging, ServiceOptions options, bool isVerbose)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(isVerbose ? LogLevel.Debug : options.Log == "json" ? LogLevel.Information : LogLevel.Warning);
        // The framework's own lines at lower levels name paths, queries and values of forms.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // Why the service does not start, its command says in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        // Without another secret to seal them, keys lie in a folder that only their owner may enter: no news.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddConsole(console => console.FormatterName = LogLines.FormatterName).AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();
        // Whoever sends a form without its token reads so on the page; strangers shall not fill the log with it.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>Logs each request when it has been answered: its id, route pattern, status and time.</summary>
    public static IApplicationBuilder UseRequestLog(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("PublicationGate.App.Requests");
        var metrics = app.Services.GetRequiredService<ServiceMetrics>();
        var time = app.Services.GetRequiredService<TimeProvider>();
        return app.Use(async (context, next) =>
        {
            var start = time.GetTimestamp();
            using var request = logger.BeginScope(new LogIds { ["request"] = context.TraceIdentifier });
            try
            {
                await next(context);
            }
            finally
            {
                // What was asked for, not the page that says why it was refused: here and in measurements.
                context.SetEndpoint(context.Items[Asked] as Endpoint ?? context.GetEndpoint());
                var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";
                metrics.Answered(route, context.Response.StatusCode);
                var (method, took) = (MethodOf(context), (long)time.GetElapsedTime(start).TotalMilliseconds);
                Answered(logger, method, route, context.Response.StatusCode, took);
            }
        });
    }

    /// <summary>Notes which endpoint a request is for; behind routing.</summary>
    public static IApplicationBuilder UseAskedEndpoint(this WebApplication app) => app.Use((context, next) =>
    {
        context.Items.TryAdd(Asked, context.GetEndpoint());
        return next(context);
    });

    /// <summary>The method of a request, for the log: one that is not known may be anything that a caller sends.</summary>
    public static string MethodOf(HttpContext context) => Methods.Contains(context.Request.Method) ? context.Request.Method : "other";

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Route} {Status} in {Milliseconds} ms")]
    private static partial void Answered(ILogger logger, string method, string route, int status, long milliseconds);
}
