using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.FileProviders;
using PublicationGate.App.Access;
using PublicationGate.App.Api;
using PublicationGate.App.Duties;
using PublicationGate.App.Pages;
using PublicationGate.App.Pages.Submitting;
using PublicationGate.App.Previewing;
using PublicationGate.App.Requests;
using PublicationGate.App.Reviewing;
using PublicationGate.App.Uploads;
using PublicationGate.Audit;
using PublicationGate.Duties.Destruction;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Recordings;
using PublicationGate.Removal.Addresses;
using PublicationGate.Removal.Requests;
using PublicationGate.Watching;

namespace PublicationGate.App.Service;

/// <summary>Puts the service together: pages, API, sign-in and the watch, on one gate.</summary>
internal static class GateService
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    // Files live beside the program, wherever it is started.
    private static readonly string WebRoot = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>The service, ready to start.</summary>
    /// <param name="gate">The gate that it works on; the caller closes it after the service has ended.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="isVerbose">Also logs what went well.</param>
    /// <param name="more">Further registrations, for tests.</param>
    public static WebApplication Create(OpenedGate gate, DirectoryInfo data, ServiceOptions options, bool isVerbose, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GateService).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = WebRoot,
            EnvironmentName = Environments.Production,
        });
        // Only the gate's own settings hold: what others leave in the folder or in the environment must not open a door.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.AddServiceLogging(options, isVerbose);
        builder.WebHost.UseUrls(options.Url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // Both at once, so that neither leaves the other without time: what uploads add meanwhile goes on at the next start.
        builder.Services.Configure<HostOptions>(host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (TimeToStop, true));
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        AddServices(builder.Services, gate, data, options);
        more?.Invoke(builder.Services);
        var app = builder.Build();
        UseAll(app, options);
        app.MapRazorPages();
        app.MapHealth();
        app.MapPhotos();
        app.MapReleases();
        app.MapRequestPictures();
        ServiceMetrics.Map(app);
        app.MapGateApi();
        app.MapPublishedZip();
        app.MapCertificates();
        app.MapDestructions();
        return app;
    }

    private static void AddServices(IServiceCollection services, OpenedGate gate, DirectoryInfo data, ServiceOptions options)
    {
        services.AddSingleton(new PostedAddressOptions { UrgentDays = options.TakeDownDays });
        services.AddSingleton(options).AddPublicationGate(gate.Setup with { PublicAddress = options.PublicAddress, Review = new() { AllowsOwn = options.ReviewOwn == "yes" }, Submissions = new() { MostWaiting = options.MostWaiting }, Certificates = new() { Days = options.CertificateDays }, Requests = Requests(options) });
        services.AddSingleton(provider => CertificateSigner.In(data.FullName, provider.GetRequiredService<CertificateOptions>(), provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new DestructionOptions { DaysBefore = options.RecordingReminder }).AddSingleton(new RecordingFiles(data.FullName)).AddScoped<RecordingUpload>();
        services.AddSingleton(provider => RecordingDestruction.In(data.FullName, gate.Setup.Database, provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new FolderWatchOptions { Inboxes = options.Watch, DataFolder = data.FullName, Results = options.Results, FollowsProtocol = true });
        services.AddSingleton<Readiness>().AddSingleton<WatchService>().AddHostedService(provider => provider.GetRequiredService<WatchService>());
        services.AddHostedService<RoundWork>();
        services.AddAccounts(options, data);
        services.AddHttpContextAccessor().AddScoped<Visit>();
        services.AddSingleton<ViewsOnRecord>().AddSingleton<Previews>().AddSingleton<ReleasedPictures>().AddScoped<ReviewedPhotos>().AddScoped<ReviewSteps>();
        services.AddRateLimits(options);
        services.AddSingleton<ImportPreviews>().AddSingleton<VerdictsByWeek>().AddDuties();
        ServiceMetrics.Add(services);
        services.AddUploads(new() { MostPhotosADay = options.MostPhotosADay, LongestWait = TimeSpan.FromSeconds(options.AnswerWithin) });
        services.AddScoped<DeclarationDesk>().AddScoped<SubmissionViews>();
        services.AddSingleton(new RequestSources(DataFolder.Secret(data, DataFolder.RequestKey))).AddSingleton<SentPictures>().AddScoped<RequestedPhotos>();
        services.AddGateApi();
        services.AddRazorPages(pages => pages.RootDirectory = "/Pages");
        services.Configure<CookieTempDataProviderOptions>(message => AccountServices.Seal(message.Cookie, options, "gate-message"));
        services.AddHostFiltering(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", .. options.Hosts]);
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = options.IsBehindProxy ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in options.Proxies)
            {
                forwarded.KnownIPNetworks.Add(IPAddress.TryParse(proxy, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8) : System.Net.IPNetwork.Parse(proxy));
            }
        });
    }

    private static RequestOptions Requests(ServiceOptions options) =>
        new() { AnswerDays = options.RemovalAnswerDays, HidesADay = options.RemovalHidesADay, HidesASource = options.RemovalHidesASource, KeptDays = options.RemovalKeptDays };

    // The order is the way of a request.
    private static void UseAll(WebApplication app, ServiceOptions options)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseRequestLog();
        app.UseHostFiltering();
        app.UseFailurePages();
        app.UseApiFailures();
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(WebRoot),
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
        app.UseRouting();
        app.UseAskedEndpoint();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAccessCheck();
        app.UseEndpoints(_ => { });
    }

    // Whoever runs the service decides when it ends: System.CommandLine hears Ctrl-C and SIGTERM.
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
