using System.Net;
using PublicationGate.Links;

namespace PublicationGate.App.Service;

/// <summary>
/// Settings of the service. The command line goes before variables <c>PUBLICATION_GATE_…</c> of the environment, and those before
/// <c>service.json</c> in the data folder.
/// </summary>
internal sealed record ServiceOptions
{
    /// <summary>Address to listen on; default <c>http://127.0.0.1:5080</c>. Port 0 takes any that is free.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Addresses (or networks, as <c>10.0.0.0/8</c>) of the reverse proxies that do TLS; none by default. They alone may say who asks.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Host names that people use for the gate; those of this machine itself always hold.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>What people outside find this gate at, such as <c>https://gate.school.example</c>: links in letters begin with it. None by default; then letters with links wait.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Watched folders; none by default.</summary>
    public IReadOnlyList<string> Watch { get; init; } = [];

    /// <summary>Folder of the results of all watched folders; null for the folder that each stands in.</summary>
    public string? Results { get; init; }

    /// <summary>How the log is written: <c>simple</c>, the default, or <c>json</c>.</summary>
    public string Log { get; init; } = "simple";

    /// <summary>Attempts to sign in from one address in a minute; default 30, range 1 to 10000. A school may have one address for all its people.</summary>
    public int SignInsPerMinute { get; init; } = 30;

    /// <summary>Whether reviewers may approve what they submitted themselves although another person could: <c>yes</c> or <c>no</c>, the default.</summary>
    public string ReviewOwn { get; init; } = "no";

    /// <summary>Photos that may wait for their verdict before further uploads are refused; default 500, range 1 to 100000.</summary>
    public int MostWaiting { get; init; } = 500;

    /// <summary>What programs that read <c>/metrics</c> send as <c>Authorization: Bearer</c>, at least 16 signs; none by default: then programs on this machine may read it, unless there is a proxy.</summary>
    public string? MetricsToken { get; init; }

    /// <summary>Photos that one account may upload in 24 hours; default 2000, range 1 to 100000.</summary>
    public int MostPhotosADay { get; init; } = 2000;

    /// <summary>Seconds that the sender of one photo waits for its verdict before it is told where to ask; default 10, range 1 to 100.</summary>
    public int AnswerWithin { get; init; } = 10;
    /// <summary>Days that certificates of releases hold; default 365, range 1 to 3650.</summary>
    public int CertificateDays { get; init; } = 365;

    /// <summary>Days before its last day on which people are reminded of a recording that must be destroyed; default 7, range 1 to 90.</summary>
    public int RecordingReminder { get; init; } = 7;

    /// <summary>Days that a parent's link to their child's answers holds; default 400, a school year and a summer; range 1 to 3650.</summary>
    public int ParentLinkDays { get; init; } = 400;

    /// <summary>Forms of removal requests that one address may send in a minute; default 10, range 1 to 10000.</summary>
    public int RemovalRequestsPerMinute { get; init; } = 10;

    /// <summary>School days within which a removal request is answered; default 3, range 1 to 20.</summary>
    public int RemovalAnswerDays { get; init; } = 3;

    /// <summary>Releases that removal requests hide by themselves in 24 hours; default 30, range 1 to 1000.</summary>
    public int RemovalHidesADay { get; init; } = 30;

    /// <summary>The same from one address; default 10, range 1 to 1000.</summary>
    public int RemovalHidesASource { get; init; } = 10;

    /// <summary>Days after which a closed removal request no longer says who asked; default 30, range 1 to 365.</summary>
    public int RemovalKeptDays { get; init; } = 30;

    /// <summary>Days after which a hidden picture that is not known to be gone where it was posted is an urgent duty; default 3, range 1 to 90.</summary>
    public int TakeDownDays { get; init; } = 3;

    /// <summary>True when a reverse proxy does TLS, so that every visitor has an encrypted connection.</summary>
    public bool IsBehindProxy => Proxies.Count > 0;

    private const int ShortestToken = 16;

    private static readonly string[] Names =
    [
        "url", "proxies", "hosts", "public-url", "watch", "results", "log", "sign-ins-per-minute", "review-own", "most-waiting", "most-photos-a-day", "answer-within",
        "metrics-token", "certificate-days", "parent-link-days", "recording-reminder", "removal-requests-per-minute", "removal-answer-days", "removal-hides-a-day", "removal-hides-a-source",
        "removal-kept-days", "take-down-days",
    ];

    /// <summary>Reads the settings; what the command line says, by the same names, comes last.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="given">What the command line says.</param>
    /// <exception cref="ServiceSettingsException">A setting is wrong.</exception>
    public static ServiceOptions Read(DirectoryInfo data, IEnumerable<KeyValuePair<string, string?>> given)
    {
        var file = Path.Combine(data.FullName, DataFolder.ServiceSettings);
        var settings = Configuration(file, given.Where(pair => pair.Value is not null));
        var read = new ServiceOptions();
        return (read with
        {
            Url = settings["url"] ?? read.Url,
            Proxies = List(settings, "proxies"),
            Hosts = List(settings, "hosts"),
            PublicUrl = settings["public-url"],
            Watch = List(settings, "watch"),
            Results = settings["results"],
            Log = settings["log"] ?? read.Log,
            SignInsPerMinute = Number(settings["sign-ins-per-minute"]) ?? read.SignInsPerMinute,
            ReviewOwn = settings["review-own"] ?? read.ReviewOwn,
            MostWaiting = Number(settings["most-waiting"]) ?? read.MostWaiting,
            MostPhotosADay = Number(settings["most-photos-a-day"]) ?? read.MostPhotosADay,
            AnswerWithin = Number(settings["answer-within"]) ?? read.AnswerWithin,
            MetricsToken = settings["metrics-token"],
            CertificateDays = Number(settings["certificate-days"]) ?? read.CertificateDays,
            RecordingReminder = Number(settings["recording-reminder"]) ?? read.RecordingReminder,
            ParentLinkDays = Number(settings["parent-link-days"]) ?? read.ParentLinkDays,
            RemovalRequestsPerMinute = Number(settings["removal-requests-per-minute"]) ?? read.RemovalRequestsPerMinute,
            RemovalAnswerDays = Number(settings["removal-answer-days"]) ?? read.RemovalAnswerDays,
            RemovalHidesADay = Number(settings["removal-hides-a-day"]) ?? read.RemovalHidesADay,
            RemovalHidesASource = Number(settings["removal-hides-a-source"]) ?? read.RemovalHidesASource,
            RemovalKeptDays = Number(settings["removal-kept-days"]) ?? read.RemovalKeptDays,
            TakeDownDays = Number(settings["take-down-days"]) ?? read.TakeDownDays,
        }).Checked();
    }

    /// <summary>What links in letters begin with, for verbs that need no other setting.</summary>
    /// <exception cref="ServiceSettingsException">It is no address, or the file cannot be read.</exception>
    public static PublicAddress PublicAddressIn(DirectoryInfo data) => AddressOf(Configuration(Path.Combine(data.FullName, DataFolder.ServiceSettings), [])["public-url"]);

    /// <summary>The same, when each setting can be used.</summary>
    /// <exception cref="ServiceSettingsException">One cannot.</exception>
    public ServiceOptions Checked()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/")
        {
            throw new ServiceSettingsException(Texts.Get("serve.wrong-url", ("url", Url)));
        }

        AddressOf(PublicUrl);
        if (Proxies.FirstOrDefault(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)) is { } wrong)
        {
            throw new ServiceSettingsException(Texts.Get("serve.wrong-proxy", ("proxy", wrong)));
        }

        if (!url.IsLoopback && !IsBehindProxy)
        {
            throw new ServiceSettingsException(Texts.Get("serve.needs-tls", ("url", Url)));
        }

        if (IsBehindProxy && Hosts.Count == 0)
        {
            throw new ServiceSettingsException(Texts.Get("serve.needs-hosts"));
        }

        if (Log is not ("simple" or "json"))
        {
            throw new ServiceSettingsException(Texts.Get("serve.wrong-log", ("log", Log)));
        }

        if (ReviewOwn is not ("yes" or "no"))
        {
            throw new ServiceSettingsException(Texts.Get("serve.wrong-review-own", ("value", ReviewOwn)));
        }

        if (MetricsToken is { Length: < ShortestToken })
        {
            throw new ServiceSettingsException(Texts.Get("serve.wrong-metrics-token", ("shortest", ShortestToken)));
        }

        Check("most-waiting", MostWaiting, 100_000);
        Check("most-photos-a-day", MostPhotosADay, 100_000);
        Check("answer-within", AnswerWithin, 100);
        Check("certificate-days", CertificateDays, 3650);
        Check("recording-reminder", RecordingReminder, 90);
        Check("parent-link-days", ParentLinkDays, 3650);
        Check("take-down-days", TakeDownDays, 90);
        Check("sign-ins-per-minute", SignInsPerMinute, 10_000);
        Check("removal-requests-per-minute", RemovalRequestsPerMinute, 10_000);
        Check("removal-answer-days", RemovalAnswerDays, 20);
        Check("removal-hides-a-day", RemovalHidesADay, 1000);
        Check("removal-hides-a-source", RemovalHidesASource, 1000);
        Check("removal-kept-days", RemovalKeptDays, 365);
        return this;
    }

    /// <summary>What links in letters begin with.</summary>
    public PublicAddress PublicAddress => AddressOf(PublicUrl);

    private static PublicAddress AddressOf(string? url) => url is not { Length: > 0 } ? PublicAddress.Unknown
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0 && address.AbsolutePath == "/"
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? new PublicAddress(address)
            : throw new ServiceSettingsException(Texts.Get("serve.wrong-public-url", ("url", url)));

    private static void Check(string name, int number, int most)
    {
        if (number < 1 || number > most)
        {
            throw new ServiceSettingsException(Texts.Get("serve.wrong-number", ("name", name), ("most", most)));
        }
    }

    // What is no number is out of range.
    private static int? Number(string? setting) => setting is null ? null : int.TryParse(setting, out var number) ? number : 0;

    private static IConfigurationRoot Configuration(string file, IEnumerable<KeyValuePair<string, string?>> given)
    {
        try
        {
            var own = new ConfigurationBuilder().AddJsonFile(file, optional: true).Build();
            if (own.GetChildren().FirstOrDefault(setting => !Names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            {
                throw new ServiceSettingsException(Texts.Get("serve.unknown-setting", ("file", file), ("name", unknown.Key), ("names", string.Join(", ", Names))));
            }

            var variables = Names.Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable("PUBLICATION_GATE_" + name.ToUpperInvariant().Replace('-', '_'))));
            return new ConfigurationBuilder().AddConfiguration(own).AddInMemoryCollection(variables.Where(pair => pair.Value is { Length: > 0 })).AddInMemoryCollection(given).Build();
        }
        catch (InvalidDataException)
        {
            throw new ServiceSettingsException(Texts.Get("serve.wrong-file", ("file", file)));
        }
    }

    // A list in the file; on the command line and in a variable, values with a semicolon between them.
    private static string[] List(IConfigurationRoot settings, string name) => settings[name] is { } value
        ? value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : [.. settings.GetSection(name).GetChildren().Select(child => child.Value ?? "")];
}

/// <summary>The service cannot start, for a reason that a person can do something about.</summary>
/// <param name="reason">What is wrong and what to do.</param>
internal sealed class ServiceSettingsException(Text reason) : Exception(reason.En)
{
    public Text Reason { get; } = reason;
}
