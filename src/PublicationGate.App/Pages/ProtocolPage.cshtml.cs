using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Watching;

namespace PublicationGate.App.Pages;

/// <summary>The protocol in force in plain language: channels, clauses with what each decides, and what was in force before.</summary>
internal sealed class ProtocolPageModel(GateDb db, ProtocolHistory history, ProtocolInUse inUse, RuleList rules, FolderWatchOptions folders) : GatePage
{
    private const int MostVersions = 50;

    public Protocol Protocol { get; private set; } = inUse.Current;

    /// <summary>What was put in force, newest first, and by whom where that is known.</summary>
    public IReadOnlyList<(ProtocolInForce Act, string? By)> Acts { get; private set; } = [];

    /// <summary>The file of the data folder says something else than what is in force.</summary>
    public bool FolderDiffers { get; private set; }

    public async Task OnGetAsync()
    {
        Protocol = (await history.InForceAsync(Gone))?.Protocol ?? Protocol;
        var acts = await db.ProtocolsInForce.AsNoTracking().OrderByDescending(act => act.Id).Take(MostVersions).ToListAsync(Gone);
        Acts = acts.Count == 0 ? [] : await WithPeopleAsync(acts);
        FolderDiffers = acts.Count > 0 && IsOther(Path.Combine(folders.DataFolder, "protocol.yaml"));
    }

    /// <summary>The text of a version, as a file.</summary>
    public async Task<IActionResult> OnGetFileAsync(string? version)
    {
        var stored = await db.Protocols.AsNoTracking().SingleOrDefaultAsync(protocol => protocol.Version == version, Gone);
        var yaml = stored?.Yaml ?? (version == inUse.Current.Version ? inUse.Current.Yaml : null);
        return yaml is null ? NotFound() : File(Encoding.UTF8.GetBytes(yaml), "application/yaml", "protocol.yaml");
    }

    /// <summary>The clauses that are carried out in a way, in the order of the protocol; each stands under the first of its ways.</summary>
    public static IEnumerable<Clause> Of(ClauseKind kind) => Clause.All.Where(clause => clause.Kinds.Min() == kind);

    /// <summary>The rules that carry a clause out.</summary>
    public IEnumerable<IRule> RulesOf(Clause clause) => rules.Rules.Where(rule => rule.Clauses.Contains(clause.Id));

    /// <summary>A sentence of the protocol document, which is Markdown, without its emphasis.</summary>
    public static string Plain(string sentence) => sentence.Replace("*", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);

    // The trail says who did it on a page; entries and rows were written together, in the same order.
    private async Task<List<(ProtocolInForce Act, string? By)>> WithPeopleAsync(List<ProtocolInForce> acts)
    {
        var entries = await db.AuditEntries.AsNoTracking().Where(entry => entry.Kind == AuditKinds.ProtocolInForce).OrderByDescending(entry => entry.Id).Take(acts.Count).Select(entry => new { entry.Subject, entry.Details }).ToListAsync(Gone);
        var accounts = entries.ConvertAll(entry => (entry.Subject, By: (string?)JsonNode.Parse(entry.Details)?["by"]));
        var ids = accounts.Select(account => account.By).OfType<string>().Distinct().ToList();
        var names = await db.Accounts.AsNoTracking().Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.UserName, Gone);
        return [.. acts.Select((act, at) => (act, at < accounts.Count && accounts[at].Subject == act.Version && accounts[at].By is { } by ? names.GetValueOrDefault(by) : null))];
    }

    private bool IsOther(string file)
    {
        try
        {
            return System.IO.File.Exists(file) && ProtocolReader.Read(file).Version != Protocol.Version;
        }
        catch (InputErrorsException)
        {
            return true;
        }
    }
}
