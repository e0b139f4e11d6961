namespace PublicationGate.Audit;

/// <summary>What the audit trail tells of, past tense.</summary>
public static class AuditKinds
{
    /// <summary>An item was taken in: its content is in the store and it waits to be screened.</summary>
    public const string ItemTaken = "item-taken";

    /// <summary>An item was decided: verdict, outcome and protocol stand in the details.</summary>
    public const string ItemDecided = "item-decided";

    /// <summary>An item could not be screened after several attempts and is held for that.</summary>
    public const string ItemGivenUp = "item-given-up";

    /// <summary>The result of an item was laid where people find it.</summary>
    public const string ResultPlaced = "result-placed";

    /// <summary>What was over its period was removed: how much of each class stands in the details.</summary>
    public const string RetentionDone = "retention-done";
}
