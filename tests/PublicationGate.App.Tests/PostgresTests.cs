using System.Diagnostics;
using PublicationGate.App.Tests.Support;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests;

/// <summary>The program with its data on a real PostgreSQL server.</summary>
public class PostgresTests
{
    private Gate gate = null!;

    [SetUp]
    public void Open() => gate = new Gate { Database = PostgresServer.Shared.NewSchema() }.Photo(Photos.Nobody, "a.jpg").Text("a.yaml", "people: none");

    [TearDown]
    public void DeleteFolder() => gate?.Dispose();

    [Test]
    public void Keeps_register_and_verdicts_on_the_server()
    {
        Assert.That(gate.Run("register", "import", Repository.Register).ExitCode, Is.Zero);
        var screened = gate.Run("screen", "a.jpg", "--json", "--verbose");
        Assert.That((screened.ExitCode, screened.Verdict.Outcome()), Is.EqualTo((0, "approved")), screened.Error);
        var again = gate.Run("replay", screened.Verdict["id"]!.ToString(), "--database", gate.Database!.Replace("Host=", "Server=", StringComparison.Ordinal), "--verbose");
        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(screened.Out + screened.Error + again.Error, Does.Not.Contain(PostgresServer.Password));
        Assert.That(Directory.GetFileSystemEntries(gate.Data).Select(Path.GetFileName), Is.EquivalentTo(new[] { "audit-key.pem", "checkpoints" }), "nothing else lies in the data folder");
    }

    [Test]
    public void Doctor_names_the_server_and_never_the_password()
    {
        var sound = gate.Run("doctor", "--language", "en");
        Assert.That((sound.ExitCode, sound.Out), Is.EqualTo((0, sound.Out)), sound.Out);
        Assert.That(sound.Out, Does.Match(@"127\.0\.0\.1:\d+/postgres \(schema s\d+\)").And.Match(@"PostgreSQL \d+\.\d+, tables version \d+"));

        var refused = gate.Run("doctor", "--language", "en", "--verbose", "--database", gate.Database! + ";Password=vergeten");
        Assert.That((refused.ExitCode, refused.Out), Is.EqualTo((3, refused.Out)));
        Assert.That(string.Join(' ', refused.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), Does.Contain("does not let the gate in"));
        Assert.That(sound.Out + refused.Out + refused.Error, Does.Not.Contain(PostgresServer.Password).And.Not.Contain("vergeten"));
    }

    [Test]
    public void A_database_setting_that_cannot_be_read_is_wrong_usage()
    {
        var run = gate.Run("screen", "a.jpg", "--database", "gate.db", "--register", Repository.Register, "--language", "en");
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((2, "")));
        Assert.That(run.ErrorLines.Single(), Does.StartWith("The database setting cannot be read."));
    }

    [Test]
    public async Task Waits_for_a_server_that_is_not_there_yet_and_says_so()
    {
        using var server = new PostgresServer();
        server.Crash();
        using var early = new Gate { Database = server.NewSchema() };
        using var running = early.Start(early.Folder, "register", "import", Repository.Register, "--language", "en");
        await Task.Delay(2000);
        server.Start();
        var run = running.ToEnd(TimeSpan.FromMinutes(1));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.ErrorLines, Is.Not.Empty.And.All.Contains("the gate waits for it"));

        server.Crash();
        var given = early.Run("register", "show", "--database-wait", "1", "--language", "en");
        Assert.That((given.ExitCode, given.Out), Is.EqualTo((3, "")));
        Assert.That(given.ErrorLines[^1], Does.Contain("cannot be reached").And.Contain("Start the database server"));
    }

    // The way of docs/operations.md.
    [Test]
    public void What_is_dumped_and_restored_into_an_empty_database_is_all_there()
    {
        gate.Run("register", "import", Repository.Register);
        var id = gate.Run("screen", "a.jpg", "--json").Verdict["id"]!.ToString();
        var schema = gate.Database!.Split('=')[^1];

        Administer("pg_dump", "--format=custom", "--schema=" + schema, "--file=" + gate["gate.dump"], PostgresServer.Shared.Address());
        Administer("psql", PostgresServer.Shared.Address(), "-c", $"CREATE DATABASE restored_{schema}");
        Administer("pg_restore", "--exit-on-error", "--single-transaction", "--dbname=" + PostgresServer.Shared.Address($"restored_{schema}"), gate["gate.dump"]);

        var restored = PostgresServer.Shared.Connection($"restored_{schema}") + ";Search Path=" + schema;
        Assert.That(gate.Run("register", "show", "--database", restored).Out, Is.EqualTo(gate.Run("register", "show").Out));
        Assert.That(gate.Run("explain", id, "--database", restored).Out, Is.EqualTo(gate.Run("explain", id).Out).And.Contains(id));
        Assert.That(gate.Run("replay", id, "--database", restored).ExitCode, Is.Zero);
        Assert.That(gate.Run("register", "import", Repository.Register, "--database", restored).ExitCode, Is.Zero, "and it can be written");
    }

    [Test]
    public void Its_driver_is_not_even_loaded_where_sqlite_is_used()
    {
        using var without = new Gate { Program = Repository.CopyProgram(gate["program"]) }.Photo(Photos.Nobody, "a.jpg").Text("a.yaml", "people: none");
        var drivers = Directory.GetFiles(gate["program"], "Npgsql*.dll");
        Array.ForEach(drivers, driver => File.WriteAllText(driver, "no library"));

        var run = without.Run("screen", "a.jpg", "--json");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Verdict.Outcome(), Is.EqualTo("approved"));
        Assert.That(drivers, Is.Not.Empty);
    }

    private static void Administer(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(PostgresServer.Programs!, program), arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.Result);
    }
}
