using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PublicationGate.App.Uploads;
using PublicationGate.Intake;

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

    /// <summary>Describes the body that is read while it comes in, which no type stands for, and what may be said beside it.</summary>
    public static Task DescribeUpload(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
        OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };
        var fields = DeclarationKeys.All.ToDictionary(key => key, IOpenApiSchema (_) => Text());
        fields["photo"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Binary() };
        fields["declaration"] = Text();
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["multipart/form-data"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = fields, Required = new HashSet<string> { "photo" } } },
                ["image/*"] = new() { Schema = Binary() },
                ["application/octet-stream"] = new() { Schema = Binary() },
            },
        };
        operation.Parameters =
        [
            new OpenApiParameter { Name = RememberedUploads.Header, In = ParameterLocation.Header, Schema = Text() },
            new OpenApiParameter { Name = "Content-Disposition", In = ParameterLocation.Header, Schema = Text(), Description = "The name of a photo that is the body." },
            .. DeclarationKeys.All.Select(key => new OpenApiParameter { Name = key, In = ParameterLocation.Query, Schema = Text(), Description = "Of a photo that is the body." }),
        ];
        return Task.CompletedTask;
    }

    // What the document does not name is not sent.
    private static Task Close(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && schema.Properties is { Count: > 0 })
        {
            schema.AdditionalPropertiesAllowed = false;
        }

        return Task.CompletedTask;
    }
}
