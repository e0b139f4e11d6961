using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PublicationGate.App.Api;

/// <summary>The OpenAPI document of <c>/api/v1</c>: made from the endpoints themselves, so that it says what they do.</summary>
internal static class ApiDocument
{
    /// <summary>Name of the document, which is the version of the API.</summary>
    public const string Name = "v1";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, document =>
    {
        document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        document.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        document.AddDocumentTransformer((described, _, _) =>
        {
            described.Info = new OpenApiInfo
            {
                Title = "Publication Gate", Version = "1",
                Description = "Submit photos, hear what was decided of them and why, review what is held, keep the register. Failures are problem documents (RFC 9457) with a stable code.",
            };
            described.Servers = [];
            described.Components ??= new OpenApiComponents();
            described.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key of an account." },
            };
            described.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", described)] = [] }];
            return Task.CompletedTask;
        });
        document.AddSchemaTransformer(Close);
    });

    // What the document does not name is not sent.
    private static Task Close(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Kind != JsonTypeInfoKind.Object || schema.Properties is not { Count: > 0 } properties)
        {
            return Task.CompletedTask;
        }

        schema.AdditionalPropertiesAllowed = false;
        // Evidence holds what was found out, not what follows from it.
        if (context.JsonTypeInfo.Type.Assembly == typeof(Texts).Assembly)
        {
            foreach (var computed in context.JsonTypeInfo.Properties.Where(property => property.Set is null))
            {
                properties.Remove(computed.Name);
                schema.Required?.Remove(computed.Name);
            }
        }

        return Task.CompletedTask;
    }
}
