using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Consent;

/// <summary>What the audit trail tells of the register: numbers and pseudonyms, no keys and no names.</summary>
internal static class RegisterAudit
{
    public static Task RecordAsync(GateDb db, AuditTrail trail, RegisterChanges changes, string? by, CancellationToken cancellationToken) => SaveAsync(
        db, trail, AuditKinds.RegisterImported, "register",
        new(Account(by))
        {
            ["new"] = $"{changes.New.Count}",
            ["changed"] = $"{changes.Changed.Count}",
            ["left"] = $"{changes.Left.Count}",
            ["answers"] = $"{changes.Answers.Count}",
            ["staff"] = Numbers(changes.Staff),
            ["permissions"] = Numbers(changes.Permissions),
            ["guardians"] = Numbers(changes.Guardians),
        },
        cancellationToken);

    public static async Task RecordAsync(GateDb db, AuditTrail trail, Answer answer, string? by, CancellationToken cancellationToken) => await SaveAsync(
        db, trail, AuditKinds.AnswerRecorded, await PersonKey.PseudonymAsync(db, PersonKey.OfPupil(answer.PupilKey), cancellationToken),
        new(answer.How == LinkedAnswers.How ? new() { ["way"] = LinkedAnswers.How } : Account(by))
        {
            ["channel"] = answer.Channel,
            ["media"] = Word(answer.Kind),
            ["scope"] = Word(answer.Scope),
            ["answer"] = answer.IsYes ? "yes" : "no",
            ["by"] = Word(answer.By),
        },
        cancellationToken);

    public static async Task RecordAsync(GateDb db, AuditTrail trail, string kind, string pupilKey, long guardian, string? by, string? way, CancellationToken cancellationToken)
    {
        var details = new Dictionary<string, string>(Account(by)) { ["guardian"] = $"{guardian}" };
        if (way is not null)
        {
            details["way"] = way;
        }

        await SaveAsync(db, trail, kind, await PersonKey.PseudonymAsync(db, PersonKey.OfPupil(pupilKey), cancellationToken), details, cancellationToken);
    }

    public static async Task RecordAsync(GateDb db, AuditTrail trail, PermissionRecord permission, CancellationToken cancellationToken) => await SaveAsync(
        db, trail, AuditKinds.PermissionAdded, await PersonKey.PseudonymAsync(db, PersonKey.OfPermission(permission.Key), cancellationToken),
        new() { ["permission"] = Word(permission.Subject) },
        cancellationToken);

    private static async Task SaveAsync(GateDb db, AuditTrail trail, string kind, string subject, Dictionary<string, string> details, CancellationToken cancellationToken)
    {
        await trail.AppendAsync(db, kind, subject, details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    // Who did it on a page; a command line has no accounts.
    private static Dictionary<string, string> Account(string? by) => by is null ? [] : new() { ["account"] = by };

    private static string Numbers<T>(ListChanges<T> changes) => $"+{changes.New.Count} ~{changes.Changed.Count} -{changes.Removed.Count}";

#pragma warning disable CA1308 // Words of the command line are lower case.
    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
