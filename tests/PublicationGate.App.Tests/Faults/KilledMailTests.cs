using System.Net;
using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Tests.Support;
using PublicationGate.Data;
using PublicationGate.Mailing;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Faults;

/// <summary>The service, killed after the mail server has a letter and before it said so.</summary>
[NonParallelizable]
public class KilledMailTests
{
    [TestCase(DatabaseKind.Sqlite, TestName = "Killed_while_a_letter_goes_it_arrives_and_is_known_as_the_same_on_SQLite")]
    [TestCase(DatabaseKind.Postgres, TestName = "Killed_while_a_letter_goes_it_arrives_and_is_known_as_the_same_on_PostgreSQL")]
    public async Task Killed_while_a_letter_goes(DatabaseKind kind)
    {
        var connection = kind == DatabaseKind.Postgres ? PostgresServer.Shared.NewSchema() : null;
        using var gate = new Gate { Database = connection };
        using var server = new SmtpServer();
        server.Answer("DATA hang");
        Directory.CreateDirectory(gate.Data);
        await File.WriteAllTextAsync(Path.Combine(gate.Data, "mail.yaml"), server.Settings());
        using GateDatabase database = connection is null ? SqliteGateDatabase.InFile(Path.Combine(gate.Data, "gate.db")) : PostgresGateDatabase.At(connection);
        await database.MigrateAsync(default);
        await WriteAsync(database, "killed");
        using (var running = Start(gate))
        {
            Assert.That(() => server.Messages.Count, Is.EqualTo(1).After(60_000, 50), () => string.Join('\n', running.Said));
            running.Kill();
        }

        Assert.That(await StateAsync(database), Is.EqualTo("Leased"), "nobody knows");
        using var again = Start(gate);
        Assert.That(() => StateAsync(database), Is.EqualTo("Sent").After(60_000, 50), () => string.Join('\n', again.Said));
        Assert.That(server.Messages, Has.Count.EqualTo(2));
        Assert.That(server.Messages.Select(message => message.MessageId).Distinct().Count(), Is.EqualTo(1));

        server.Stop();
        await WriteAsync(database, "away");
        Assert.That(() => FailureAsync(database), Is.EqualTo("connection").After(60_000, 50));
        using var client = new HttpClient { BaseAddress = await again.AddressAsync() };
        using var ready = await client.GetAsync("/healthz/ready");
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK), "photos are screened whether or not mail works");
        again.Terminate();
        Assert.That(again.ToEnd(TimeSpan.FromMinutes(1)).ExitCode, Is.Zero);
    }

    private static RunningGate Start(Gate gate) => gate.Start(gate.Folder, "serve", "--url", "http://127.0.0.1:0", "--language", "en");

    private static async Task WriteAsync(GateDatabase database, string key)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(default);
        await Letters.WriteAsync(db, new LetterDraft(key, "ouder@thuis.example", "nl", "test"), TimeProvider.System.GetUtcNow(), default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static async Task<string> StateAsync(GateDatabase database)
    {
        await using var db = database.CreateDbContext();
        return (await db.Letters.AsNoTracking().SingleAsync(letter => letter.Key == "killed")).State.ToString();
    }

    private static async Task<string?> FailureAsync(GateDatabase database)
    {
        await using var db = database.CreateDbContext();
        return (await db.Letters.AsNoTracking().SingleAsync(letter => letter.Key == "away")).Failure;
    }
}
