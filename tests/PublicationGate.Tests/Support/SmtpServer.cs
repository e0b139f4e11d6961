using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using PublicationGate.Tests.Intake;

namespace PublicationGate.Tests.Support;

/// <summary>A real mail server on the loopback interface, in a folder of its own. It ends with the tests in whatever way: their end is the end of its input.</summary>
internal sealed class SmtpServer : IDisposable
{
    public const string User = "gate";
    public const string Password = "heel-geheim-7313";

    private const string Python = "/usr/bin/python3";

    private readonly TemporaryFolder folder = new();
    private readonly string security;
    private readonly bool signsIn;
    private Process? process;

    /// <summary>Starts it; the test is left out, by name, where it is not installed.</summary>
    /// <param name="security">As in <c>mail.yaml</c>.</param>
    /// <param name="signsIn">It wants a name and a password.</param>
    public SmtpServer(string security = "none", bool signsIn = false)
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd"))
        {
            throw new IgnoreException("left out: aiosmtpd is not installed (Debian package 'python3-aiosmtpd')");
        }

        (this.security, this.signsIn) = (security, signsIn);
        if (security != "none")
        {
            using var certificate = LocalServer.Certificate("CN=mail.test");
            File.WriteAllText(Certificate, certificate.ExportCertificatePem());
            File.WriteAllText(folder["key.pem"], certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        }

        Start();
    }

    /// <summary>Its port, the same after each start.</summary>
    public int Port { get; private set; }

    /// <summary>File with its certificate, signed by nobody else.</summary>
    public string Certificate => folder["certificate.pem"];

    /// <summary>What arrived, oldest first.</summary>
    public IReadOnlyList<MimeMessage> Messages => !Directory.Exists(folder["mail/new"]) ? []
        : [.. new DirectoryInfo(folder["mail/new"]).GetFiles().OrderBy(file => file.LastWriteTimeUtc).Select(file => MimeMessage.Load(file.FullName))];

    /// <summary>How sign-ins came: <c>TLS</c> or <c>clear</c>.</summary>
    public string[] SignIns => File.Exists(folder["sign-ins"]) ? File.ReadAllLines(folder["sign-ins"]) : [];

    /// <summary>Says what it answers next, each once: <c>RCPT 450 4.2.0 Later</c>, <c>DATA hang</c>.</summary>
    public void Answer(params string[] answers) => File.WriteAllLines(folder["answers"], answers);

    /// <summary>Text of a <c>mail.yaml</c> for it.</summary>
    public string Settings(params string[] more) => string.Join('\n', [$"host: 127.0.0.1", $"port: {Port}", $"security: {security}", "from: De Regenboog <gate@school.example>", .. more]);

    public void Start()
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "smtp_server.py"), folder[""], $"{Port}", security];
        string[] tls = security == "none" ? [] : [Certificate, folder["key.pem"]];
        process = Process.Start(new ProcessStartInfo(Python, [.. arguments, .. tls, .. signsIn ? [User, Password] : Array.Empty<string>()]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Port = int.Parse(process.StandardOutput.ReadLine() ?? throw new AssertionException("the mail server did not start"), null);
    }

    public void Stop()
    {
        if (process is { } running)
        {
            running.Kill();
            running.WaitForExit();
            running.Dispose();
            process = null;
        }
    }

    public void Dispose()
    {
        Stop();
        folder.Dispose();
    }
}
