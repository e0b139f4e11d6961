using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Access;
using PublicationGate.App.Service;
using PublicationGate.Data;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Support;

/// <summary>The service as <c>serve</c> composes it, in this process, on a port of its own, with a data folder and a database that are gone after the test.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    public const string Password = "paarse olifant fietst";

    private readonly TemporaryFolder data;
    private readonly OpenedGate gate;
    private readonly WebApplication service;
    private readonly OutgoingCalls calls;

    private RunningService(TemporaryFolder data, OpenedGate gate, WebApplication service, OutgoingCalls calls) => (this.data, this.gate, this.service, this.calls) = (data, gate, service, calls);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(service.Urls.First());

    public IServiceProvider Services => service.Services;

    /// <summary>The data folder.</summary>
    public string Data => data["data"];

    public GateDatabase Database => Services.GetRequiredService<GateDatabase>();

    /// <summary>Starts it.</summary>
    /// <param name="kind">What keeps its database.</param>
    /// <param name="options">Changes its settings.</param>
    /// <param name="more">Changes its registrations.</param>
    /// <param name="decodesApart">Decodes in processes of their own, as <c>serve</c> does; otherwise here, since their start takes each test a second.</param>
    /// <param name="prepare">Puts files into the data folder before it starts.</param>
    public static async Task<RunningService> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite, Func<ServiceOptions, ServiceOptions>? options = null, Action<IServiceCollection>? more = null, bool decodesApart = false, Action<string>? prepare = null)
    {
        var data = new TemporaryFolder();
        prepare?.Invoke(data["data"]);
        if (kind == DatabaseKind.Sqlite)
        {
            EmptyDatabase.CopyTo(Path.Combine(data["data"], "gate.db"));
        }

        var connection = kind == DatabaseKind.Postgres ? PostgresServer.Shared.NewSchema() : null;
        var where = new DatabaseChoice(new DirectoryInfo(data["data"]), connection, TimeSpan.FromSeconds(10), "en");
        var gate = await OpenedGate.OpenAsync(where, new RunChoice { IsService = true, DecodesApart = decodesApart, MayBringRegister = false, KeepsOriginals = true }, CancellationToken.None);
        var settings = new ServiceOptions { Url = "http://127.0.0.1:0", SignInsPerMinute = 10000, RemovalRequestsPerMinute = 10000 };
        var service = GateService.Create(gate, where.Data, (options?.Invoke(settings) ?? settings).Checked(), isVerbose: false, more);
        var calls = new OutgoingCalls();
        try
        {
            await service.StartAsync();
        }
        catch (OperationCanceledException)
        {
            // What ended it tells more than that it ended.
            Assert.Fail($"the service does not start: {service.Services.GetRequiredService<WatchService>().Failure}");
        }

        return new(data, gate, service, calls);
    }

    /// <summary>A client that is not signed in. It keeps cookies and follows no redirects.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = Address };

    /// <summary>Makes an account.</summary>
    public async Task<Account> MakeAccountAsync(string name, Roles roles, string password = Password)
    {
        await using var scope = Services.CreateAsyncScope();
        var account = new Account { UserName = name, Roles = roles, CreatedAt = TimeProvider.System.GetUtcNow(), LockoutEnabled = true };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, password);
        Assert.That(made.Succeeded, Is.True, () => string.Join(", ", made.Errors.Select(error => error.Code)));
        return account;
    }

    /// <summary>A client of a new account with these roles, signed in by the form.</summary>
    public async Task<HttpClient> SignedInAsync(Roles roles)
    {
        var account = await MakeAccountAsync("account " + Guid.NewGuid().ToString("N"), roles);
        var client = Client();
        using var answer = await client.SendFormAsync("/sign-in", ("name", account.UserName!), ("password", Password));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        return client;
    }

    /// <summary>A client with an API key of a new account with these roles.</summary>
    public async Task<HttpClient> WithKeyAsync(Roles roles, ApiScopes scopes)
    {
        var account = await MakeAccountAsync("account " + Guid.NewGuid().ToString("N"), roles);
        await using var scope = Services.CreateAsyncScope();
        var key = await scope.ServiceProvider.GetRequiredService<ApiKeys>().MakeAsync(account, "key of a test", scopes, CancellationToken.None);
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>The link that makes the first account, as the program prints it.</summary>
    public async Task<string> FirstLinkAsync() => $"/welcome?token={await Services.GetRequiredService<FirstAccount>().MakeTokenAsync(CancellationToken.None)}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await service.StopAsync();
        await service.DisposeAsync();
        gate.Dispose();
        data.Dispose();
        calls.Dispose();
        Assert.That(calls.Unexpected, Is.Empty, "the gate calls nobody");
    }
}

/// <summary>What tests do with pages, without a browser.</summary>
internal static partial class Forms
{
    /// <summary>Opens a page and sends its form with the token that stands in it, as a browser does.</summary>
    public static Task<HttpResponseMessage> SendFormAsync(this HttpClient client, string page, params (string Name, string Value)[] fields) => client.SendFormAsync(page, page, fields);

    /// <summary>The same, to another address than that of the page.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(this HttpClient client, string page, string to, params (string Name, string Value)[] fields)
    {
        var token = TokenIn(await client.GetStringAsync(page));
        return await client.PostAsync(to, new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("token", token)]));
    }

    /// <summary>The token that stands in a page.</summary>
    public static string TokenIn(string page) => WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);

    [GeneratedRegex("data-token=\"([^\"]+)\"")]
    private static partial Regex Token();
}
