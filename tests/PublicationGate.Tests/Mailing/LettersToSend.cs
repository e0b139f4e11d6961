using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Mailing;

/// <summary>A database with letters, and workers that send them.</summary>
internal sealed class LettersToSend(DatabaseKind kind) : IDisposable
{
    private readonly TestDatabase place = new(kind);
    private readonly TemporaryFolder data = new();

    /// <summary>Sentences of two letters, with and without a link.</summary>
    public static IReadOnlyDictionary<string, Text> Sentences { get; } = new Dictionary<string, Text>
    {
        ["mail.round.subject"] = new("Vraag over {child}: mag dit?", "Question about {child}: is this fine?"),
        ["mail.round.body"] = new("Beste {name},\n\nHier kunt u antwoorden:\n{link}\n\nMet groet – de school", "Dear {name},\n\nAnswer here:\n{link}\n\nKind regards – the school"),
        ["mail.plain.subject"] = new("Klaar", "Done"),
        ["mail.plain.body"] = new("Dag,\nHet is geregeld, café {name}.", "Hello,\nIt is done, café {name}."),
    };

    public FixedTime Time { get; } = new(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

    public GateDatabase Database { get; private set; } = null!;

    public PublicAddress Address { get; set; } = new(new Uri("https://gate.school.example"));

    public MailOptions Options { get; set; } = new() { QuickTries = 0, FirstPause = TimeSpan.FromMinutes(1), LongestPause = TimeSpan.FromMinutes(8), MostAttempts = 3, BreaksAfter = 1000 };

    public async Task OpenAsync() => Database = await place.OpenMigratedAsync();

    public LetterQueue Queue() => new(Database, new AuditTrail(Time), Address, Options, Time);

    /// <summary>A worker for a server, as its settings are read from a file.</summary>
    public LetterDelivery Delivery(SmtpServer server, params string[] more)
    {
        File.WriteAllText(data["mail.yaml"], server.Settings(more));
        return new(MailSettingsReader.Read(data[""]), Queue(), Database, Address, Time, Sentences);
    }

    /// <summary>A file in the data folder that is its owner's alone.</summary>
    public string Secret(string text)
    {
        File.WriteAllText(data["mail-password"], text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(data["mail-password"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return "mail-password";
    }

    public async Task WriteAsync(string key, string kind = "plain", string language = "nl", string to = "ouder@thuis.example", long? guardian = null)
    {
        await using var db = Database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(default);
        await Letters.WriteAsync(db, new LetterDraft(key, to, language, kind)
        {
            Values = new Dictionary<string, string> { ["name"] = "Aïsha", ["child"] = "Noor {link}" },
            Link = kind == "round" ? new LinkDraft(LinkPurpose.Round, "7", guardian, Time.Now.AddDays(14)) : null,
        }, Time.Now, default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Sends what is due.</summary>
    public static async Task SendAllAsync(LetterDelivery delivery)
    {
        while (await delivery.SendNextAsync("p/1", default))
        {
        }
    }

    /// <summary>All letters, as "key state attempts failure".</summary>
    public async Task<string[]> StatesAsync() => [.. (await Queue().ListAsync(all: true, default)).Select(letter => $"{letter.Key} {letter.State} {letter.Attempts} {letter.Failure}".Trim())];

    public async Task<List<AccessLink>> LinksAsync()
    {
        await using var db = Database.CreateDbContext();
        return await db.AccessLinks.AsNoTracking().OrderBy(link => link.Id).ToListAsync();
    }

    public async Task<List<string>> AuditKindsAsync()
    {
        await using var db = Database.CreateDbContext();
        return await db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Kind).ToListAsync();
    }

    public void Dispose()
    {
        place.Dispose();
        data.Dispose();
    }
}
