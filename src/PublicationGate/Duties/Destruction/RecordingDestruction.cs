using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Publishing.Certificates;
using PublicationGate.Recordings;

namespace PublicationGate.Duties.Destruction;

/// <summary>
/// Destroys recordings. First it is on record that somebody wants it; then the file is known by its hash, overwritten, deleted and looked for; only then there is a certificate. Broken off
/// anywhere, <see cref="GoOnAsync(CancellationToken)"/> does the rest. Safe for concurrent use.
/// </summary>
/// <param name="database">Where the register is.</param>
/// <param name="data">The data folder.</param>
/// <param name="signer">Signs certificates.</param>
/// <param name="audit">What is told of.</param>
/// <param name="time">Clock.</param>
public sealed class RecordingDestruction(GateDatabase database, string data, CertificateSigner signer, AuditTrail audit, TimeProvider time)
{
    /// <summary>What stands in the place of somebody's words where the gate itself deleted the file.</summary>
    public const string ByGate = "publication-gate";

    private static readonly SemaphoreSlim OneAtATime = new(1);

    private readonly RecordingFiles files = new(data);
    private readonly DestructionCertificates certificates = new(data);

    /// <summary>The destruction of recordings in a data folder.</summary>
    public static RecordingDestruction In(string data, GateDatabase database, AuditTrail audit, TimeProvider time) => new(database, data, CertificateSigner.In(data, new(), audit, time), audit, time);

    /// <summary>Destroys a recording: where the gate can reach the file, it deletes that; else it takes somebody's word.</summary>
    /// <param name="id">Number of the recording.</param>
    /// <param name="said">Who destroyed it and how, in a person's words. It is needed where the gate cannot reach the file, or does not find it; a file that is there is never taken for destroyed.</param>
    /// <param name="by">Id of the account, or where it is done.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>Null when there is no recording of that number that is still to be destroyed; else the destruction, which ended or has a problem.</returns>
    /// <exception cref="DestructionRefusedException">A person's words are needed, or too long; nothing was begun.</exception>
    /// <exception cref="CryptographicException">The key for certificates is no key. The file is gone by then; the certificate follows once there is a key.</exception>
    public async Task<RecordedDestruction?> DestroyAsync(long id, string? said, string by, CancellationToken cancellationToken)
    {
        said = DestructionRefusedException.WordsOf(said);
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (await BeginAsync(id, said, by, cancellationToken) is not { } begun)
            {
                return null;
            }

            return await GoOnAsync(begun, said, by, cancellationToken);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>Goes on with what was begun and has not ended, and lays certificates into the data folder that are not there.</summary>
    /// <returns>How many came to their end.</returns>
    public async Task<int> GoOnAsync(CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            var ended = 0;
            foreach (var destruction in await OpenAsync(cancellationToken))
            {
                ended += (await GoOnAsync(destruction, "", destruction.By, cancellationToken)).EndedAt is null ? 0 : 1;
            }

            return ended;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>Lays those certificates into the data folder that are not there; the database has them all.</summary>
    public async Task LayCertificatesAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        foreach (var text in await db.Destructions.AsNoTracking().Where(row => row.Certificate != null).OrderBy(row => row.RecordingId).Select(row => row.Certificate!).ToListAsync(cancellationToken))
        {
            certificates.Lay(text);
        }
    }

    private async Task<List<RecordedDestruction>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        return await db.Destructions.AsNoTracking().Where(row => row.EndedAt == null).OrderBy(row => row.RecordingId).ToListAsync(cancellationToken);
    }

    private async Task<RecordedDestruction?> BeginAsync(long id, string said, string by, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await db.Recordings.AsNoTracking().SingleOrDefaultAsync(recording => recording.Id == id && recording.DestroyedOn == null, cancellationToken) is not { } recording)
        {
            return null;
        }

        if (!recording.IsReachable && said.Length == 0)
        {
            throw new DestructionRefusedException(Texts.Get("recording.proof-missing"));
        }

        if (await db.Destructions.AsNoTracking().SingleOrDefaultAsync(row => row.RecordingId == id, cancellationToken) is { } begun)
        {
            return begun;
        }

        var destruction = new RecordedDestruction { RecordingId = id, BegunAt = time.GetUtcNow(), By = by, Mark = $"{RecordingRegister.SubjectOf(id)}-{Guid.NewGuid():N}" };
        db.Destructions.Add(destruction);
        await audit.AppendAsync(db, AuditKinds.RecordingDestructionBegun, RecordingRegister.SubjectOf(id), new Dictionary<string, string> { ["by"] = by }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return destruction;
    }

    private async Task<RecordedDestruction> GoOnAsync(RecordedDestruction begun, string said, string by, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var recording = await db.Recordings.AsNoTracking().SingleAsync(row => row.Id == begun.RecordingId, cancellationToken);
        var (problem, how) = await DeleteAsync(db, recording, begun, cancellationToken);
        // A person's word stands where there is no file to be seen, never beside one that is there.
        if (problem is null || (said.Length > 0 && problem != DestructionProblem.Refused))
        {
            return await EndAsync(db, recording.Id, problem is null ? how : DestructionHow.ByHand, said, problem is null ? begun.By : by, cancellationToken);
        }

        await db.Destructions.Where(row => row.RecordingId == recording.Id && row.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.Problem, problem), cancellationToken);
        return await db.Destructions.AsNoTracking().SingleAsync(row => row.RecordingId == recording.Id, cancellationToken);
    }

    private async Task<(DestructionProblem? Problem, DestructionHow How)> DeleteAsync(GateDb db, Recording recording, RecordedDestruction begun, CancellationToken cancellationToken)
    {
        if (PathOf(recording) is not { } path)
        {
            return (null, DestructionHow.ByHand);
        }

        try
        {
            return await DeleteAsync(db, new DoomedFile(path, begun.Mark), recording, begun.SeenAt is not null, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (DestructionProblem.Refused, default);
        }
    }

    private async Task<(DestructionProblem? Problem, DestructionHow How)> DeleteAsync(GateDb db, DoomedFile file, Recording recording, bool wasSeen, CancellationToken cancellationToken)
    {
        var isKnown = wasSeen && file.IsAside;
        if (file.SetAside() is { } problem)
        {
            // It was known before a crash, and is gone from where it was set aside: it was deleted then.
            return wasSeen && problem is (DestructionProblem.Missing or DestructionProblem.OtherFile) ? (null, DestructionHow.Deleted) : (problem, default);
        }

        if (!isKnown)
        {
            if (!await file.IsAsync(recording.ContentSha256, cancellationToken))
            {
                file.PutBack();
                return wasSeen ? (null, DestructionHow.Deleted) : (DestructionProblem.OtherFile, default);
            }

            await db.Destructions.Where(row => row.RecordingId == recording.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, time.GetUtcNow()), cancellationToken);
        }

        var how = file.Delete() ? DestructionHow.Overwritten : DestructionHow.Deleted;
        // A program that keeps folders alike may have brought it back.
        return file.IsThere ? (DestructionProblem.Refused, default) : (null, how);
    }

    private string? PathOf(Recording recording) => recording.Place switch
    {
        RecordingPlace.Gate => files.PathOf(recording.ContentSha256),
        RecordingPlace.File => recording.Location,
        _ => null,
    };

    private async Task<RecordedDestruction> EndAsync(GateDb db, long id, DestructionHow how, string said, string by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var row = await db.Destructions.SingleAsync(destruction => destruction.RecordingId == id, cancellationToken);
        if (row.EndedAt is not null)
        {
            return row;
        }

        var recording = await db.Recordings.SingleAsync(one => one.Id == id, cancellationToken);
        var (purpose, now) = (RecordingRegister.ChannelOf(recording.Purpose), time.GetUtcNow().ToSecond());
        var certificate = new DestructionCertificate(id, purpose, recording.ContentSha256, recording.RegisteredAt.ToSecond(), now, by, how, DestructionCertificate.HashOf(said), "");
        certificate = certificate with { Jws = await signer.SignAsync(db, DestructionCertificate.Type, certificate.Payload(), cancellationToken) };
        recording.Destroy(now.Day(), said.Length > 0 ? said : ByGate);
        (row.EndedAt, row.Problem, row.Certificate) = (now, null, certificate.Write());
        var details = new Dictionary<string, string> { ["by"] = by, ["content"] = recording.ContentSha256, ["how"] = how.ToString(), ["purpose"] = purpose, ["said"] = certificate.Said };
        await audit.AppendAsync(db, AuditKinds.RecordingDestroyed, RecordingRegister.SubjectOf(id), details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        certificates.Lay(row.Certificate);
        return row;
    }
}
