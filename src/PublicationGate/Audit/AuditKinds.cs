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

    /// <summary>The result of an item was taken back, since it must be screened anew.</summary>
    public const string ResultTakenBack = "result-taken-back";

    /// <summary>Somebody submitted a photo; the account's id stands in the details.</summary>
    public const string PhotoSubmitted = "photo-submitted";

    /// <summary>Somebody took a step of a review: who, what and of which verdict stands in the details.</summary>
    public const string Reviewed = "reviewed";

    /// <summary>A photo was released for a channel.</summary>
    public const string Released = "released";

    /// <summary>A release was withdrawn, since a later verdict does not approve it.</summary>
    public const string ReleaseWithdrawn = "release-withdrawn";

    /// <summary>Other things are declared of a file than before: it is screened anew.</summary>
    public const string ItemDeclaredAnew = "item-declared-anew";

    /// <summary>A register was taken over: numbers of what changed.</summary>
    public const string RegisterImported = "register-imported";

    /// <summary>One answer about a pupil was recorded; the subject is the pupil's pseudonym.</summary>
    public const string AnswerRecorded = "answer-recorded";

    /// <summary>A permission was put on file; the subject is its pseudonym, since its key may hold a name.</summary>
    public const string PermissionAdded = "permission-added";

    /// <summary>A protocol came into force.</summary>
    public const string ProtocolInForce = "protocol-in-force";

    /// <summary>A recording with a purpose was registered.</summary>
    public const string RecordingAdded = "recording-added";

    /// <summary>A recording with a purpose was destroyed.</summary>
    public const string RecordingDestroyed = "recording-destroyed";

    /// <summary>A photo was judged and the verdict is kept.</summary>
    public const string VerdictKept = "verdict-kept";

    /// <summary>What the gate held of a person was erased; the subject is the pseudonym that no key leads to any more.</summary>
    public const string PersonErased = "person-erased";

    /// <summary>What was over its period was removed: how much of each class stands in the details.</summary>
    public const string RetentionDone = "retention-done";
}
