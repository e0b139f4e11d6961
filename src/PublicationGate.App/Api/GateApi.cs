using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PublicationGate.App.Access;
using PublicationGate.App.Reviewing;
using PublicationGate.Accounts;
using PublicationGate.Submissions;

namespace PublicationGate.App.Api;

/// <summary>The API for programs, <c>/api/v1</c>.</summary>
internal static class GateApi
{
    private const string Root = "/api/v1";

    public static IServiceCollection AddGateApi(this IServiceCollection services)
    {
        services.AddApiDocument();
        services.AddSingleton<Pictures>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        return services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            json.SerializerOptions.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(LeaveOutWhatFollows);
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
    }

    public static void MapGateApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi($"{Root}/openapi.json").WithGroupName(ApiDocument.Name);
        var api = routes.MapGroup(Root);
        api.MapSubmissions();
        api.MapDecisions();
        api.MapPictures();
        api.MapReview();
        api.MapRegister();
        api.MapProtocol();
        api.MapApiHealth();
    }

    // Facts are told, not what the gate works out of them.
    private static void LeaveOutWhatFollows(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && type.Type.Assembly == typeof(Texts).Assembly)
        {
            foreach (var computed in type.Properties.Where(property => property.Set is null).ToList())
            {
                type.Properties.Remove(computed);
            }
        }
    }

    /// <summary>Who calls.</summary>
    public static Account Account(this HttpContext context) => context.Features.Get<Visitor>()!.Account;

    /// <summary>What they may see of submissions, or change where the request does: with a key all of it only when the key has the scope that is for more than one's own.</summary>
    public static Viewer Viewer(this HttpContext context)
    {
        var isReading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var viewer = isReading ? Viewers.Of(context.Account()) : Viewers.Changing(context.Account());
        var wide = isReading ? ApiScopes.Read | ApiScopes.Review : ApiScopes.Review;
        return context.Features.Get<Visitor>()!.Key is { } key && (key.Scopes & wide) == 0 ? viewer with { SeesAll = false } : viewer;
    }

    /// <summary>There is nothing at this address for who asks.</summary>
    public static async Task<IResult> NotFoundAsync(this HttpContext context, string code = "not-found")
    {
        await Problem.WriteAsync(context, StatusCodes.Status404NotFound, code);
        return Results.Empty;
    }

    /// <summary>The problems that an endpoint may answer with, in the document.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses.Concat([StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable]))
        {
            route.Produces<ProblemAnswer>(status, "application/problem+json");
        }

        return route;
    }
}
