using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PublicationGate.Tests.Support;

/// <summary>
/// A real PostgreSQL server for this run of the tests, in a folder of its own. A shell keeps it, and takes both away when the tests end in
/// whatever way: their end is the end of its input.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    public const string Password = "ge heim;'1%";

    // ICU's Dutch order, so that a query that leaves sorting to the server shows.
    private const string Keeper = """
        trap '' INT TERM HUP
        bin=$1 port=$2 folder=$(mktemp -d "${TMPDIR:-/tmp}/publication-gate-postgres-XXXXXX") && cd "$folder" || exit 1
        start() { "$bin/pg_ctl" -w -D data -l log -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 -c fsync=off -c full_page_writes=off" start; }
        printf %s "$3" >password
        if "$bin/initdb" -D data -U gate --pwfile=password -A scram-sha-256 -N -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=nl >log 2>&1 && start >>log; then
          echo ready
          while read -r command; do
            case $command in
              stop) "$bin/pg_ctl" -m immediate -D data stop ;;
              start) start ;;
            esac >>log 2>&1
            echo "$command"
          done
          "$bin/pg_ctl" -m immediate -D data stop >/dev/null 2>&1
        else
          tail -n 3 log
        fi
        cd / && rm -rf "$folder"
        """;

    private static readonly Lazy<PostgresServer> Running = new(() => new PostgresServer());

    private readonly Process keeper;
    private readonly int port = FreePort();
    private int schemas;

    public PostgresServer()
    {
        var bin = Programs ?? throw new IgnoreException("left out: PostgreSQL is not installed (Debian package 'postgresql')");
        // PostgreSQL refuses to run as root.
        string[] user = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : ["env"];
        var start = new ProcessStartInfo(user[0], [.. user[1..], "sh", "-c", Keeper, "sh", bin, $"{port}", Password]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        keeper = Process.Start(start)!;
        Expect("ready");
    }

    /// <summary>Where PostgreSQL's programs are; null when they are not installed.</summary>
    public static string? Programs { get; } = FindPrograms();

    /// <summary>The server of this run; the test is left out, by name, where PostgreSQL is not installed.</summary>
    public static PostgresServer Shared => Programs is null ? throw new IgnoreException("left out: PostgreSQL is not installed (Debian package 'postgresql')") : Running.Value;

    /// <summary>How to reach a database of it as its administrator.</summary>
    public string Connection(string database = "postgres") => $"Host=127.0.0.1;Port={port};Database={database};Username=gate;Password=\"{Password}\"";

    /// <summary>The same, as a URI.</summary>
    public string Address(string database = "postgres") => $"postgres://gate:{Uri.EscapeDataString(Password)}@127.0.0.1:{port}/{database}";

    /// <summary>How to reach a schema that is not there yet.</summary>
    public string NewSchema() => $"{Connection()};Search Path=s{Interlocked.Increment(ref schemas)}";

    /// <summary>Ends it as a crash does.</summary>
    public void Crash() => Command("stop");

    public void Start() => Command("start");

    public void Dispose()
    {
        keeper.StandardInput.Close();
        keeper.WaitForExit(TimeSpan.FromSeconds(30));
        keeper.Dispose();
    }

    private void Command(string command)
    {
        keeper.StandardInput.WriteLine(command);
        keeper.StandardInput.Flush();
        Expect(command);
    }

    private void Expect(string answer)
    {
        var line = keeper.StandardOutput.ReadLine();
        Assert.That(line, Is.EqualTo(answer), () => line + keeper.StandardOutput.ReadToEnd());
    }

    private static string? FindPrograms() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? null
        : (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : [])
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    private static int FreePort()
    {
        using var any = new TcpListener(IPAddress.Loopback, 0);
        any.Start();
        return ((IPEndPoint)any.LocalEndpoint).Port;
    }
}
