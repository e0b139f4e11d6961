using Microsoft.EntityFrameworkCore;
using Npgsql;
using PublicationGate.Data;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Data;

/// <summary>How schools name their server, and what they hear when it does not let the gate in.</summary>
public class PostgresGateDatabaseTests
{
    private static int names;

    [TestCase("Host=db;Database=gate;Username=u;Password=p", "db:5432/gate (schema public)")]
    [TestCase("Host=db;Port=6432;Database=gate;Search Path=School, public", "db:6432/gate (schema school)")]
    [TestCase("Host=db;Database=gate;Search Path='\"School 1\"'", "db:5432/gate (schema School 1)")]
    [TestCase("postgres://u:p@db/gate", "db:5432/gate (schema public)")]
    [TestCase("postgresql://u:p%40%3a%2f@db:6432/gate%20one?sslmode=verify-full&search_path=school&connect_timeout=3", "db:6432/gate one (schema school)")]
    [TestCase("postgres:///gate?host=/var/run/postgresql", "/var/run/postgresql:5432/gate (schema public)")]
    [TestCase("postgres://u:p@db/gate?options=-csearch_path%3Dschool", "db:5432/gate (schema school)")]
    public void Reads_keywords_and_addresses(string connection, string place)
    {
        using var database = PostgresGateDatabase.At(connection);
        Assert.That(database.Place, Is.EqualTo(place));
    }

    [TestCase("gate.db")]
    [TestCase("Database=gate")]
    [TestCase("Host=db;Password=geheim;en=meer")]
    [TestCase("Host=db;Port=geheim")]
    [TestCase("postgres://u:geheim@db/gate?sslmode=geheim")]
    [TestCase("postgres://u:geheim@db:99999/gate")]
    [TestCase("mysql://u:geheim@db/gate")]
    public void What_cannot_be_read_is_a_mistake_and_is_not_repeated(string connection)
    {
        var failure = Assert.Throws<GateDatabaseException>(() => PostgresGateDatabase.At(connection))!;
        Assert.That(failure.IsMistake);
        Assert.That(failure.ToString(), Does.Not.Contain("geheim"));
    }

    [Test]
    public void Keeps_names_out_of_what_the_server_says() =>
        Assert.That(PostgresConnection.Parse("Host=db;Include Error Detail=true;Log Parameters=true"), Has.Property("IncludeErrorDetail").False.And.Property("LogParameters").False);

    [Test]
    public async Task Works_by_an_address_with_a_password_that_needs_quoting()
    {
        using var database = PostgresGateDatabase.At(PostgresServer.Shared.Address() + "?search_path=by_address");
        await database.MigrateAsync(default);
        await using var db = database.CreateDbContext();
        Assert.That(await db.Staff.AnyAsync(), Is.False);
    }

    [TestCase("Database=nergens", "does not exist")]
    [TestCase("Password=fout", "Check the user name and the password")]
    [TestCase("Username=niemand", "Check the user name and the password")]
    public async Task Who_is_not_let_in_hears_why(string change, string sentence)
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgresServer.Shared.Connection()) { [change.Split('=')[0]] = change.Split('=')[1] };
        using var database = PostgresGateDatabase.At(connection.ConnectionString);
        var failure = (await Assert.ThrowsAsync<GateDatabaseException>(() => database.MigrateAsync(default)))!;
        Assert.That(failure.Reason.En, Does.Contain(sentence).And.Contain(database.Place));
        Assert.That(failure.ToString(), Does.Not.Contain("fout").And.Not.Contain(PostgresServer.Password));
    }

    [Test]
    public async Task A_user_with_a_schema_of_its_own_needs_no_other_right()
    {
        var name = await MakeUserAsync();
        using var refused = PostgresGateDatabase.At(As(name));
        Assert.That(async () => await refused.MigrateAsync(default), Throws.TypeOf<GateDatabaseException>().With.Message.Contains("Grant its user rights"));

        await AsAdministratorAsync($"CREATE SCHEMA {name} AUTHORIZATION {name}");
        using var database = PostgresGateDatabase.At(As(name));
        await database.MigrateAsync(default);
        await using var db = database.CreateDbContext();
        Assert.That(await db.Staff.AnyAsync(), Is.False);
    }

    [Test]
    public async Task Two_gates_in_two_schemas_of_one_database_are_apart()
    {
        using var one = new TestDatabase(DatabaseKind.Postgres);
        using var other = new TestDatabase(DatabaseKind.Postgres);
        var first = await one.OpenMigratedAsync();
        var second = await other.OpenMigratedAsync();
        await using (var db = first.CreateDbContext())
        {
            db.Staff.Add(new() { Key = "s1", FirstName = "Ines", Prefix = "", Surname = "Test", Role = "leerkracht" });
            await db.SaveChangesAsync();
        }

        await using var apart = second.CreateDbContext();
        Assert.That(await apart.Staff.AnyAsync(), Is.False);
    }

    private static string As(string user) => new NpgsqlConnectionStringBuilder(PostgresServer.Shared.Connection()) { Username = user, SearchPath = user }.ConnectionString;

    private static async Task<string> MakeUserAsync()
    {
        var name = $"school{Interlocked.Increment(ref names)}";
        await AsAdministratorAsync($"CREATE ROLE {name} LOGIN PASSWORD '{PostgresServer.Password.Replace("'", "''", StringComparison.Ordinal)}'");
        return name;
    }

    private static async Task AsAdministratorAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresServer.Shared.Connection());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
