using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Rules;

namespace PublicationGate.Review;

// What the audit trail has of an act: who, what, which item followed, and hashes of what was said, so that no act can be changed unseen.
internal static class ActTrail
{
    public static Dictionary<string, string> Of(ReviewAct act, long item, string? seen, IReadOnlyList<FaceMark>? marks) => new()
    {
        ["act"] = Number(act), ["by"] = act.AccountId, ["step"] = Word(act.Kind), ["verdict"] = seen ?? "", ["item"] = $"item-{item}",
        ["said"] = Hash(JsonSerializer.Serialize(new { words = act.Words, marks })), ["before"] = Hash(act.Before),
    };

    // The item that followed from an act; null when the trail does not know the act.
    public static async Task<string?> ItemOfAsync(GateDb db, ReviewAct act, CancellationToken cancellationToken)
    {
        var entries = await db.AuditEntries.AsNoTracking().Where(entry => entry.Subject == act.SubmissionId && entry.Kind == AuditKinds.Reviewed).Select(entry => entry.Details).ToListAsync(cancellationToken);
        return entries.Select(details => JsonSerializer.Deserialize<Dictionary<string, string>>(details)!).LastOrDefault(details => details.GetValueOrDefault("act") == Number(act))?.GetValueOrDefault("item");
    }

    private static string Number(ReviewAct act) => $"act-{act.Id}";

    private static string Hash(string said) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)));

#pragma warning disable CA1308 // Steps are written in lower case everywhere.
    private static string Word(ReviewActKind kind) => kind.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
