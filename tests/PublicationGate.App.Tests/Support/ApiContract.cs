using System.Text.Json.Nodes;
using PublicationGate.Accounts;

namespace PublicationGate.App.Tests.Support;

/// <summary>Holds every answer that passes through it against the API's own OpenAPI document: status, type and content.</summary>
internal sealed class ApiContract(JsonObject document) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
{
    /// <summary>A client with an API key of a new account, whose answers are all held against the document.</summary>
    public static async Task<HttpClient> ClientAsync(RunningService service, Roles roles, ApiScopes scopes = ApiScopes.Submit | ApiScopes.Read | ApiScopes.Review | ApiScopes.RegisterRead | ApiScopes.RegisterWrite)
    {
        using var plain = await service.WithKeyAsync(roles, scopes);
        var document = JsonNode.Parse(await plain.GetStringAsync("/api/v1/openapi.json"))!.AsObject();
        var client = new HttpClient(new ApiContract(document)) { BaseAddress = service.Address };
        client.DefaultRequestHeaders.Authorization = plain.DefaultRequestHeaders.Authorization;
        return client;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        await CheckAsync(request, answer, cancellationToken);
        return answer;
    }

    private async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var (path, method, status) = (request.RequestUri!.AbsolutePath, request.Method.Method, $"{(int)answer.StatusCode}");
        var what = $"{method} {path}: {status}";
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (Operation(path, method) is not { } operation)
        {
            Assert.That(type, Is.EqualTo(path == "/api/v1/openapi.json" ? "application/json" : "application/problem+json"), what);
            return;
        }

        var described = operation["responses"]![status];
        Assert.That(described, Is.Not.Null, () => $"{what} is not in the document");
        var contents = described!["content"]?.AsObject();
        if (contents is null)
        {
            Assert.That(answer.Content.Headers.ContentLength ?? 0, Is.Zero, what);
            return;
        }

        Assert.That(contents.Select(content => content.Key), Has.Member(type), what);
        if (type!.EndsWith("json", StringComparison.Ordinal))
        {
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            Assert.That(new SchemaCheck(document).Mistakes(body, contents[type]!["schema"]!), Is.Empty, () => $"{what}: {body}");
        }
    }

    private JsonNode? Operation(string path, string method) => document["paths"]!.AsObject()
        .Where(known => Fits(known.Key.Split('/'), path.Split('/'))).OrderBy(known => known.Key.Count(sign => sign == '{')).Select(known => known.Value!.AsObject().FirstOrDefault(operation => operation.Key.Equals(method, StringComparison.OrdinalIgnoreCase)).Value).FirstOrDefault();

    private static bool Fits(string[] known, string[] asked) => known.Length == asked.Length && known.Zip(asked).All(parts => parts.First == parts.Second || parts.First.StartsWith('{'));
}

/// <summary>Holds JSON against the part of JSON Schema that the document uses; what it does not know is a mistake.</summary>
internal sealed class SchemaCheck(JsonObject document)
{
    private static readonly string[] Known =
        ["$ref", "type", "properties", "required", "additionalProperties", "items", "enum", "oneOf", "anyOf", "format", "description", "pattern", "default", "minimum", "maximum", "minItems", "maxItems", "x-enum-varnames"];

    /// <summary>What is wrong, with its place; none when all is right.</summary>
    public IReadOnlyList<string> Mistakes(JsonNode? value, JsonNode schema, string at = "$")
    {
        if (schema is not JsonObject rules)
        {
            return [];
        }

        if (rules["$ref"]?.ToString() is { } reference)
        {
            return Mistakes(value, Referred(reference), at);
        }

        var mistakes = rules.Select(rule => rule.Key).Except(Known).Select(key => $"{at}: {key} is not checked").ToList();
        if ((rules["oneOf"] ?? rules["anyOf"])?.AsArray() is { } choices)
        {
            return choices.Any(choice => Mistakes(value, choice!, at).Count == 0) ? mistakes : [.. mistakes, $"{at}: none of the choices fits"];
        }

        string[] types = rules["type"] switch { JsonArray several => [.. several.Select(type => type!.ToString())], { } one => [one.ToString()], _ => [] };
        if (types.Length > 0 && !types.Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && types.Contains("number")))
        {
            mistakes.Add($"{at}: {TypeOf(value)}, not {string.Join('|', types)}");
        }

        if (rules["enum"]?.AsArray() is { } values && !values.Any(allowed => JsonNode.DeepEquals(allowed, value)))
        {
            mistakes.Add($"{at}: {value} is none of {values.ToJsonString()}");
        }

        mistakes.AddRange(value switch
        {
            JsonObject members => MembersOf(members, rules, at),
            JsonArray items when rules["items"] is { } item => items.SelectMany((one, index) => Mistakes(one, item, $"{at}[{index}]")),
            _ => [],
        });
        return mistakes;
    }

    private IEnumerable<string> MembersOf(JsonObject members, JsonObject rules, string at)
    {
        var described = rules["properties"]?.AsObject();
        foreach (var needed in rules["required"]?.AsArray().Select(name => name!.ToString()).Where(name => !members.ContainsKey(name)) ?? [])
        {
            yield return $"{at}.{needed} is missing";
        }

        foreach (var (name, value) in members)
        {
            var schema = described?[name] ?? rules["additionalProperties"];
            if (schema is JsonValue no && no.GetValueKind() == System.Text.Json.JsonValueKind.False)
            {
                yield return $"{at}.{name} is not in the document";
            }

            foreach (var mistake in schema is null ? [] : Mistakes(value, schema, $"{at}.{name}"))
            {
                yield return mistake;
            }
        }
    }

    private JsonNode Referred(string reference) => reference.Split('/').Skip(1).Aggregate((JsonNode)document, (node, name) => node[name] ?? throw new InvalidOperationException(reference + " leads nowhere"));

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or System.Text.Json.JsonValueKind.Null => "null",
        System.Text.Json.JsonValueKind.Object => "object",
        System.Text.Json.JsonValueKind.Array => "array",
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.Number => value.ToJsonString().All(sign => char.IsAsciiDigit(sign) || sign == '-') ? "integer" : "number",
        _ => "boolean",
    };
}
