using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PublicationGate.Accounts;
using PublicationGate.Audit;
using PublicationGate.Confirmations;
using PublicationGate.Consent;
using PublicationGate.Duties;
using PublicationGate.Duties.Destruction;
using PublicationGate.Duties.Incidents;
using PublicationGate.Erasure;
using PublicationGate.Imaging;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Recordings;
using PublicationGate.Removal;
using PublicationGate.Removal.Addresses;
using PublicationGate.Removal.Requests;
using PublicationGate.Review;
using PublicationGate.Rounds;
using PublicationGate.Screening;
using PublicationGate.Submissions;
using PublicationGate.TakenBack;
using PublicationGate.Watching;

namespace PublicationGate.Data;

/// <summary>The gate's database, the same for every provider; one thin subclass per provider says what differs.</summary>
public abstract class GateDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>Pupils of the register.</summary>
    public DbSet<Pupil> Pupils => Set<Pupil>();

    /// <summary>Who may answer for pupils.</summary>
    public DbSet<Guardian> Guardians => Set<Guardian>();

    /// <summary>Answers of guardians and pupils; the database refuses to change or delete one.</summary>
    public DbSet<Answer> Answers => Set<Answer>();

    /// <summary>The staff list.</summary>
    public DbSet<StaffMember> Staff => Set<StaffMember>();

    /// <summary>Permissions that declarations refer to.</summary>
    public DbSet<PermissionRecord> Permissions => Set<PermissionRecord>();

    /// <summary>Every time a register was taken over.</summary>
    public DbSet<RegisterImport> RegisterImports => Set<RegisterImport>();

    /// <summary>Recordings that are locked to their purpose.</summary>
    public DbSet<Recording> Recordings => Set<Recording>();

    /// <summary>How they were destroyed.</summary>
    public DbSet<RecordedDestruction> Destructions => Set<RecordedDestruction>();

    /// <summary>Incidents that were reported to the head; the database refuses to change or delete one.</summary>
    public DbSet<Incident> Incidents => Set<Incident>();

    /// <summary>What was said of them; the database refuses to change one, or to delete one unless its file was destroyed.</summary>
    public DbSet<IncidentEntry> IncidentEntries => Set<IncidentEntry>();

    /// <summary>Incidents whose file the head destroyed.</summary>
    public DbSet<DestroyedIncident> DestroyedIncidents => Set<DestroyedIncident>();

    /// <summary>Rounds of questions to parents.</summary>
    public DbSet<Round> Rounds => Set<Round>();

    /// <summary>Whom rounds are about.</summary>
    public DbSet<RoundPupil> RoundPupils => Set<RoundPupil>();

    /// <summary>Who was asked in rounds.</summary>
    public DbSet<RoundInvitation> RoundInvitations => Set<RoundInvitation>();

    /// <summary>Answers in rounds; the database refuses to change or delete one.</summary>
    public DbSet<RoundAnswer> RoundAnswers => Set<RoundAnswer>();

    /// <summary>Verdicts.</summary>
    public DbSet<StoredVerdict> Verdicts => Set<StoredVerdict>();

    /// <summary>What was seen in photos.</summary>
    public DbSet<StoredLook> Looks => Set<StoredLook>();

    /// <summary>Protocol files that have judged, or were put in force.</summary>
    public DbSet<StoredProtocol> Protocols => Set<StoredProtocol>();

    /// <summary>When which of them was put in force.</summary>
    public DbSet<ProtocolInForce> ProtocolsInForce => Set<ProtocolInForce>();

    /// <summary>What the gate did, each entry chained to the one before.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>Photos that wait for their verdict, or have it.</summary>
    public DbSet<QueueItem> QueueItems => Set<QueueItem>();

    /// <summary>Files that were taken in from watched folders.</summary>
    public DbSet<TakenFile> TakenFiles => Set<TakenFile>();

    /// <summary>Photos that people and folders submitted.</summary>
    public DbSet<Submission> Submissions => Set<Submission>();

    /// <summary>Uploads that were sent under a key.</summary>
    public DbSet<RememberedUpload> RememberedUploads => Set<RememberedUpload>();

    /// <summary>What people did about them.</summary>
    public DbSet<ReviewAct> ReviewActs => Set<ReviewAct>();

    /// <summary>What was released.</summary>
    public DbSet<Release> Releases => Set<Release>();

    /// <summary>Pictures that were taken back and must stay away.</summary>
    public DbSet<TakenBackPicture> TakenBackPictures => Set<TakenBackPicture>();

    /// <summary>Who is shown by standing releases.</summary>
    public DbSet<ReleasedPupil> ReleasedPupils => Set<ReleasedPupil>();

    /// <summary>What standing releases look like.</summary>
    public DbSet<ReleasedPicture> ReleasedPictures => Set<ReleasedPicture>();

    /// <summary>Releases that were hidden, and must be gone where they were posted.</summary>
    public DbSet<TakeDown> TakeDowns => Set<TakeDown>();

    /// <summary>Requests of families that a picture goes.</summary>
    public DbSet<RemovalRequest> RemovalRequests => Set<RemovalRequest>();

    /// <summary>Which releases those are about.</summary>
    public DbSet<RequestedRelease> RequestedReleases => Set<RequestedRelease>();

    /// <summary>What was sent with them.</summary>
    public DbSet<RequestPicture> RequestPictures => Set<RequestPicture>();

    /// <summary>Where hidden pictures were posted, and whether they are gone there.</summary>
    public DbSet<PostedAddress> PostedAddresses => Set<PostedAddress>();

    /// <summary>What outputs are to be told of releases.</summary>
    public DbSet<OutboxEvent> OutboxEvents => Set<OutboxEvent>();

    /// <summary>Outputs that are told nothing more.</summary>
    public DbSet<SwitchedOffOutput> SwitchedOffOutputs => Set<SwitchedOffOutput>();

    /// <summary>Links for people without an account.</summary>
    public DbSet<AccessLink> AccessLinks => Set<AccessLink>();

    /// <summary>Letters that wait to be sent by e-mail, or were.</summary>
    public DbSet<Letter> Letters => Set<Letter>();

    /// <summary>What people confirmed of the protocol.</summary>
    public DbSet<Confirmation> Confirmations => Set<Confirmation>();

    /// <summary>Certificates of releases.</summary>
    public DbSet<IssuedCertificate> Certificates => Set<IssuedCertificate>();

    /// <summary>Public keys that they were signed with.</summary>
    public DbSet<CertificateKey> CertificateKeys => Set<CertificateKey>();

    /// <summary>The keys of pseudonyms in the audit trail: what stands under one cannot be traced to a person once its row is gone.</summary>
    public DbSet<PersonKey> PersonKeys => Set<PersonKey>();

    /// <summary>Persons whose data was erased, by a pseudonym that leads nowhere.</summary>
    public DbSet<RecordedErasure> Erasures => Set<RecordedErasure>();

    /// <summary>People who may sign in.</summary>
    public DbSet<Account> Accounts => Set<Account>();

    /// <summary>Keys with which programs come in for a person.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>Starts a transaction in which all queries see the database as it was at the first of them; writers are not held up.</summary>
    public abstract Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Starts a transaction that waits until no other one started in this way is under way, in any process: for changes that first look, or
    /// that concern more than their own rows.
    /// </summary>
    public abstract Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken);

    /// <summary>Has the bytes of what is deleted on this context's connection overwritten, where the provider can do that. Within a transaction.</summary>
    public virtual Task OverwriteDeletedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Inserts <paramref name="rows"/>, fast, within the transaction that this context is in; keys that the database gives are left to it.</summary>
    internal abstract Task InsertAllAsync<T>(IEnumerable<T> rows, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Leases items of the queue; two that ask at once get different ones. Takes no transaction of the caller's.</summary>
    internal abstract Task<List<QueueItem>> ClaimAsync(QueueClaim claim, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // Folded names are made by their getters, once; what is read from the database goes straight into the fields.
        modelBuilder.UsePropertyAccessMode(PropertyAccessMode.PreferFieldDuringConstruction);
        modelBuilder.Entity<Pupil>(pupil =>
        {
            pupil.HasKey(p => p.Key);
            pupil.HasIndex(p => p.FoldedGroup);
            pupil.HasIndex(p => new { p.FoldedFirstName, p.FoldedGroup });
            pupil.HasIndex(p => p.FoldedFullName);
            pupil.HasIndex(p => p.FoldedShortName);
        });
        modelBuilder.Entity<Answer>().HasOne<Pupil>().WithMany().HasForeignKey(a => a.PupilKey);
        modelBuilder.Entity<Guardian>(guardian =>
        {
            guardian.HasIndex(g => g.PupilKey);
            guardian.HasOne<Pupil>().WithMany().HasForeignKey(g => g.PupilKey);
        });
        modelBuilder.Entity<StaffMember>(member =>
        {
            member.HasKey(m => m.Key);
            member.HasIndex(m => m.FoldedFirstName);
            member.HasIndex(m => m.FoldedFullName);
            member.HasIndex(m => m.FoldedShortName);
        });
        modelBuilder.Entity<PermissionRecord>().HasKey(p => p.Key);
        DutyTables.Map(modelBuilder);
        modelBuilder.Entity<StoredVerdict>().HasIndex(v => new { v.ContentSha256, v.DeclarationSha256 });
        modelBuilder.Entity<StoredLook>().HasKey(look => new { look.ContentSha256, look.LookedBy });
        modelBuilder.Entity<StoredProtocol>().HasKey(p => p.Version);
        modelBuilder.Entity<AuditEntry>().Property(entry => entry.Id).ValueGeneratedNever();
        modelBuilder.Entity<QueueItem>(item =>
        {
            item.HasIndex(i => new { i.ContentSha256, i.DeclarationSha256, i.ProtocolVersion }).IsUnique();
            item.HasIndex(i => new { i.Store, i.ProtocolVersion, i.DueAt, i.Id });
        });
        modelBuilder.Entity<TakenFile>(file =>
        {
            file.HasIndex(f => new { f.Inbox, f.Name, f.ContentSha256 }).IsUnique();
            file.HasIndex(f => f.IsOpen);
            file.HasOne<QueueItem>().WithMany().HasForeignKey(f => f.QueueItemId);
        });
        modelBuilder.Entity<Submission>(submission =>
        {
            submission.HasIndex(s => new { s.Outcome, s.Turn, s.Id });
            submission.HasIndex(s => new { s.SubmitterId, s.Id });
            submission.HasIndex(s => s.AlbumId);
            submission.HasIndex(s => s.TakenFileId);
            submission.HasOne<QueueItem>().WithMany().HasForeignKey(s => s.QueueItemId);
        });
        modelBuilder.Entity<RememberedUpload>(upload =>
        {
            upload.HasKey(u => new { u.AccountId, u.Key });
            upload.HasIndex(u => u.At);
        });
        modelBuilder.Entity<ReviewAct>().HasIndex(act => act.SubmissionId);
        modelBuilder.Entity<Release>(release =>
        {
            release.HasIndex(r => r.SubmissionId);
            release.HasIndex(r => r.ContentSha256);
            release.HasIndex(r => r.CopySha256);
            release.HasIndex(r => r.CopyName);
            release.HasIndex(r => new { r.WithdrawnAt, r.NextLookAt });
        });
        RemovalTables.Map(modelBuilder);
        RoundTables.Map(modelBuilder);
        modelBuilder.Entity<OutboxEvent>(row =>
        {
            row.HasIndex(e => new { e.ReleaseId, e.Output, e.Kind }).IsUnique();
            row.HasIndex(e => new { e.Output, e.DueAt });
            row.HasIndex(e => e.SubmissionId);
        });
        modelBuilder.Entity<SwitchedOffOutput>().HasKey(output => output.Output);
        modelBuilder.Entity<AccessLink>(link =>
        {
            link.HasIndex(l => l.Sha256).IsUnique();
            link.HasIndex(l => new { l.Purpose, l.Subject });
        });
        modelBuilder.Entity<Letter>(letter =>
        {
            letter.HasIndex(l => l.Key).IsUnique();
            letter.HasIndex(l => l.DueAt);
            letter.HasIndex(l => l.State);
        });
        modelBuilder.Entity<Confirmation>(confirmation =>
        {
            confirmation.HasIndex(c => c.SubmissionId);
            confirmation.HasIndex(c => new { c.Scope, c.AccountId, c.At });
        });
        modelBuilder.Entity<IssuedCertificate>().HasIndex(certificate => certificate.ReleaseId);
        modelBuilder.Entity<PersonKey>().HasKey(key => key.Person);
        AccountTables.Map(modelBuilder);
        modelBuilder.Entity<ProtocolInForce>().HasOne<StoredProtocol>().WithMany().HasForeignKey(act => act.Version);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Words, so that a person can read the table and a reordered enum changes nothing.
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        // A number sorts and compares alike on every provider; SQLite has no instants of its own.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configurationBuilder.Properties<PictureHash>().HaveConversion<PictureHashText>();
    }

    private sealed class PictureHashText() : ValueConverter<PictureHash, string>(hash => hash.ToString(), text => PictureHash.Parse(text));

    private sealed class UnixMilliseconds()
        : ValueConverter<DateTimeOffset, long>(instant => instant.ToUnixTimeMilliseconds(), value => DateTimeOffset.FromUnixTimeMilliseconds(value));
}
