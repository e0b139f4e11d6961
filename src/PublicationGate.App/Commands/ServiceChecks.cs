using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using PublicationGate.App.Service;
using PublicationGate.Imaging;
using PublicationGate.Imaging.Apart;
using PublicationGate.Mailing;

namespace PublicationGate.App.Commands;

/// <summary>What <c>doctor</c> asks of what <c>serve</c> stands on. Each gives what it found, or throws with a sentence.</summary>
internal static class ServiceChecks
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // One pixel.
    private static readonly byte[] SmallestGif = Convert.FromBase64String("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=");

    /// <summary>A process that decodes starts, and decodes.</summary>
    public static string Decoder(string language)
    {
        using var decoder = new ApartDecoder(DecodeCommand.Program(), new ImageLimits(), new ApartOptions { Processes = 1 }, NullLogger<ApartDecoder>.Instance);
        using var picture = decoder.Open(SmallestGif, CancellationToken.None);
        return Texts.Get("doctor.decoder-works", ("format", picture.ReadHeader().Format)).In(language);
    }

    /// <summary>The data folder can be written to, and what others must not read they cannot.</summary>
    public static string DataFolder(DirectoryInfo data, string language)
    {
        if (!data.Exists)
        {
            return Texts.Get("doctor.data-new", ("folder", data.FullName)).In(language);
        }

        var probe = Path.Combine(data.FullName, $".doctor-{Guid.NewGuid():N}");
        File.WriteAllBytes(probe, [0]);
        File.Delete(probe);
        return OperatingSystem.IsWindows() || Open(data) is not { } open
            ? data.FullName
            : throw new IOException(Texts.Get("doctor.data-open", ("path", open)).In(language));
    }

    /// <summary>The settings hold, and their address is free or is this gate's own.</summary>
    public static async Task<string> ServiceAsync(DirectoryInfo data, string language, CancellationToken cancellationToken)
    {
        ServiceOptions options;
        try
        {
            options = ServiceOptions.Read(data, []);
        }
        catch (ServiceSettingsException wrong)
        {
            throw new IOException(wrong.Reason.In(language));
        }

        var url = new Uri(options.Url);
        return IsFree(url)
            ? Texts.Get("doctor.service-free", ("url", options.Url)).In(language)
            : await RunningAsync(url, language, cancellationToken);
    }

    /// <summary>The mail server lets the gate in, where there is one.</summary>
    public static async Task<string> MailAsync(DirectoryInfo data, string language, CancellationToken cancellationToken)
    {
        try
        {
            var settings = MailSettingsReader.Read(data.FullName);
            return !settings.IsSet ? Texts.Get("mailing.check.none", ("file", Path.Combine(data.FullName, PublicationGate.DataFolder.Mail))).In(language)
                : await MailCheck.ConnectAsync(settings, cancellationToken) is not { } failure ? Texts.Get("mailing.check.fine", ("host", settings.Host)).In(language)
                : throw new IOException(Texts.Get("mailing.check.failed", ("host", settings.Host), ("failure", failure), ("what", MailCheck.Explain(failure))).In(language));
        }
        catch (MailSettingsException wrong)
        {
            throw new IOException(wrong.Reason.In(language));
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static string? Open(DirectoryInfo data) =>
        new[] { PublicationGate.DataFolder.ServiceKeys, PublicationGate.DataFolder.RequestKey, PublicationGate.DataFolder.Store, PublicationGate.DataFolder.Database, "checkpoints/audit-key.pem" }.Select(name => Path.Combine(data.FullName, name))
            .FirstOrDefault(path => (File.Exists(path) || Directory.Exists(path)) && (File.GetUnixFileMode(path) & Others) != 0);

    private static bool IsFree(Uri url)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? address : IPAddress.Loopback, url.Port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<string> RunningAsync(Uri url, string language, CancellationToken cancellationToken)
    {
        // An address for all of a machine is no address to ask at.
        var asked = new UriBuilder(url) { Host = url.Host is "0.0.0.0" or "[::]" ? "127.0.0.1" : url.Host, Path = "/healthz/ready" }.Uri;
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var answer = await client.GetAsync(asked, cancellationToken);
            var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))?.AsObject();
            if ((string?)said?["status"] == "ready")
            {
                return Texts.Get("doctor.service-ready", ("url", url)).In(language);
            }

            if (said?["problems"]?.AsArray() is { } problems)
            {
                throw new IOException(string.Join('\n', problems.Select(problem => (string?)problem?[language == "nl" ? "nl" : "en"])));
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or System.Text.Json.JsonException or InvalidOperationException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        throw new IOException(Texts.Get("serve.port-in-use", ("url", url)).In(language));
    }
}
