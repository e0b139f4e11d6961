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

    /// <summary>A picture was taken back and must stay away; how many releases were hidden stands in the details.</summary>
    public const string PictureTakenBack = "picture-taken-back";

    /// <summary>A picture that was taken back may come again.</summary>
    public const string PictureLifted = "picture-lifted";

    /// <summary>Somebody says that a hidden picture is gone where it was posted; the subject is the release.</summary>
    public const string TakeDownEnded = "take-down-ended";

    /// <summary>Somebody named an address at which a hidden picture can be seen; the subject is the release.</summary>
    public const string AddressAdded = "address-added";

    /// <summary>An output was told of a release; which one stands in the details.</summary>
    public const string OutputPublished = "output-published";

    /// <summary>An output took a release down.</summary>
    public const string OutputTakenDown = "output-taken-down";

    /// <summary>What an output was to be told is given up; why stands in the details.</summary>
    public const string OutputGivenUp = "output-given-up";

    /// <summary>A person has an event tried again that was given up.</summary>
    public const string OutboxRetried = "outbox-retried";

    /// <summary>A person decided that an event need not be delivered.</summary>
    public const string OutboxDropped = "outbox-dropped";

    /// <summary>The mail server took a letter; the subject is its key.</summary>
    public const string LetterSent = "letter-sent";

    /// <summary>A letter is given up; why stands in the details.</summary>
    public const string LetterGivenUp = "letter-given-up";

    /// <summary>A person has a letter tried again.</summary>
    public const string LetterRetried = "letter-retried";

    /// <summary>A person decided that a letter need not be sent.</summary>
    public const string LetterDropped = "letter-dropped";

    /// <summary>The copy of a withdrawn release left the store; the subject is the release.</summary>
    public const string CopyRemoved = "copy-removed";

    /// <summary>A release got a certificate, whose id is the subject.</summary>
    public const string CertificateIssued = "certificate-issued";

    /// <summary>A key came into use that certificates are signed with; the subject is its thumbprint.</summary>
    public const string CertificateKeyMade = "certificate-key-made";

    /// <summary>Other things are declared of a file than before: it is screened anew.</summary>
    public const string ItemDeclaredAnew = "item-declared-anew";

    /// <summary>A register was taken over: numbers of what changed.</summary>
    public const string RegisterImported = "register-imported";

    /// <summary>One answer about a pupil was recorded; the subject is the pupil's pseudonym.</summary>
    public const string AnswerRecorded = "answer-recorded";

    /// <summary>A guardian of a pupil was added; the subject is the pupil's pseudonym, the guardian a number in the details.</summary>
    public const string GuardianAdded = "guardian-added";

    /// <summary>Name, address or language of a guardian was changed.</summary>
    public const string GuardianChanged = "guardian-changed";

    /// <summary>A guardian was removed, with their links.</summary>
    public const string GuardianRemoved = "guardian-removed";

    /// <summary>A guardian was given a link to a pupil's answers, by mail or on paper.</summary>
    public const string GuardianLinkMade = "guardian-link-made";

    /// <summary>The links of a guardian were ended.</summary>
    public const string GuardianLinksEnded = "guardian-links-ended";

    /// <summary>What became of the photos that a no hid was decided, and people were told; how many stands in the details.</summary>
    public const string WithdrawalTold = "withdrawal-told";

    /// <summary>A permission was put on file; the subject is its pseudonym, since its key may hold a name.</summary>
    public const string PermissionAdded = "permission-added";

    /// <summary>A protocol came into force.</summary>
    public const string ProtocolInForce = "protocol-in-force";

    /// <summary>A round of questions to parents was made or changed.</summary>
    public const string RoundSaved = "round-saved";

    /// <summary>A round that nobody was asked in was removed.</summary>
    public const string RoundDropped = "round-dropped";

    /// <summary>A round was opened: how many pupils, people asked and letters stands in the details.</summary>
    public const string RoundOpened = "round-opened";

    /// <summary>Who had not answered in a round was written to again.</summary>
    public const string RoundReminded = "round-reminded";

    /// <summary>Links of a round were made to be printed.</summary>
    public const string RoundPrinted = "round-printed";

    /// <summary>Somebody answered in a round; the subject is the pupil's pseudonym.</summary>
    public const string RoundAnswered = "round-answered";

    /// <summary>A round was closed; what the answers come to stands in the details.</summary>
    public const string RoundClosed = "round-closed";

    /// <summary>Somebody confirmed clauses of the protocol; the subject is the submission, or the account where it is about none.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>A recording with a purpose was registered.</summary>
    public const string RecordingAdded = "recording-added";

    /// <summary>Somebody wants a recording with a purpose destroyed; what comes of it follows.</summary>
    public const string RecordingDestructionBegun = "recording-destruction-begun";

    /// <summary>An incident was reported. Who did that stands in the incident alone.</summary>
    public const string IncidentReported = "incident-reported";

    /// <summary>Somebody looked at an incident; who stands in the details.</summary>
    public const string IncidentOpened = "incident-opened";

    /// <summary>Somebody added to an incident. What it was stands in the incident alone.</summary>
    public const string IncidentContinued = "incident-continued";

    /// <summary>Somebody destroyed the file of an incident.</summary>
    public const string IncidentDestroyed = "incident-destroyed";

    /// <summary>A recording with a purpose was destroyed, by whom and how: by the gate, or by a person who says so.</summary>
    public const string RecordingDestroyed = "recording-destroyed";

    /// <summary>A photo was judged and the verdict is kept.</summary>
    public const string VerdictKept = "verdict-kept";

    /// <summary>What the gate held of a person was erased; the subject is the pseudonym that no key leads to any more.</summary>
    public const string PersonErased = "person-erased";

    /// <summary>What was over its period was removed: how much of each class stands in the details.</summary>
    public const string RetentionDone = "retention-done";

    /// <summary>Photos that belonged to nothing were removed from the store; how many stands in the details.</summary>
    public const string ContentCleared = "content-cleared";

    /// <summary>Somebody looked at all that is kept of a pupil; the subject is its pseudonym. One entry an hour.</summary>
    public const string PupilViewed = "pupil-viewed";

    /// <summary>Somebody downloaded copies; the subject is the release, or the album.</summary>
    public const string CopyDownloaded = "copy-downloaded";

    /// <summary>An account was made; the subject is its id, the roles stand in the details.</summary>
    public const string AccountMade = "account-made";

    /// <summary>Somebody signed in.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Somebody signed out.</summary>
    public const string SignedOut = "signed-out";

    /// <summary>A sign-in to an account was refused: wrong password or code, or it is locked.</summary>
    public const string SignInRefused = "sign-in-refused";

    /// <summary>The password of an account was set or changed.</summary>
    public const string PasswordSet = "password-set";

    /// <summary>An administrator made a new link to set the password of an account; the old password holds no longer.</summary>
    public const string AccountReset = "account-reset";

    /// <summary>The second factor of an account was switched on or off.</summary>
    public const string SecondFactorChanged = "second-factor-changed";

    /// <summary>A recovery code took the place of the second factor, once; how many are left stands in the details.</summary>
    public const string RecoveryCodeUsed = "recovery-code-used";

    /// <summary>The roles of an account were changed.</summary>
    public const string RolesChanged = "roles-changed";

    /// <summary>The e-mail address of an account was changed.</summary>
    public const string AccountEmailChanged = "account-email-changed";

    /// <summary>An account was locked by an administrator.</summary>
    public const string AccountLocked = "account-locked";

    /// <summary>An account was unlocked by an administrator.</summary>
    public const string AccountUnlocked = "account-unlocked";

    /// <summary>An API key was made; its prefix and scopes stand in the details.</summary>
    public const string ApiKeyMade = "api-key-made";

    /// <summary>An API key was revoked.</summary>
    public const string ApiKeyRevoked = "api-key-revoked";

    /// <summary>A family asked that a picture goes; the subject is the request, how many pictures matched stands in the details.</summary>
    public const string RequestReceived = "request-received";

    /// <summary>What a request is about was hidden.</summary>
    public const string RequestHidden = "request-hidden";

    /// <summary>Who asked added something.</summary>
    public const string RequestAddedTo = "request-added-to";

    /// <summary>A request was closed; how stands in the details.</summary>
    public const string RequestClosed = "request-closed";

    /// <summary>A family that left a telephone number was called about what became of its request; who called stands in the details.</summary>
    public const string RequestCalled = "request-called";
}
