using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Intake;

namespace PublicationGate.Recordings;

/// <summary>The register of recordings with a purpose (V3, V4), in the gate's database. Safe for concurrent use.</summary>
/// <param name="databases">Where the register is.</param>
/// <param name="time">Clock, for the day of registration and destruction.</param>
public sealed class RecordingRegister(IDbContextFactory<GateDb> databases, TimeProvider time)
{
    private KnownPictures known = new(0, [], new PictureHashIndex([]));

    private DateOnly Today => time.Today();

    /// <summary>Locks a recording to its purpose.</summary>
    /// <param name="draft">What a person says of it.</param>
    /// <param name="file">The file; of film and of what is too large to be taken in only the hash counts.</param>
    /// <param name="hash">What it looks like; null when that cannot be told.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <exception cref="InputErrorsException">
    /// The parents were not told beforehand, the day of destruction is past, the pupil is missing or unknown, the file cannot be read, or it
    /// is registered already; all mistakes are listed and nothing was registered.
    /// </exception>
    public Task<Recording> AddAsync(RecordingDraft draft, MediaFile file, PictureHash? hash, CancellationToken cancellationToken) =>
        AddAsync(draft, file.Path, file.FileName, file.Sha256, file.Sha256 is null || file.Problem == IntakeProblem.Empty ? file.Problem : IntakeProblem.None, hash, cancellationToken);

    /// <summary>Keeps track of a recording whose file nobody gives, since it is on a camera card, say: it must be destroyed all the same, but no copy of it is known.</summary>
    /// <param name="draft">What a person says of it.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <exception cref="InputErrorsException">As with a file.</exception>
    public Task<Recording> AddWithoutFileAsync(RecordingDraft draft, string name, CancellationToken cancellationToken) =>
        AddAsync(draft with { Place = RecordingPlace.Elsewhere }, name, name, "", IntakeProblem.None, null, cancellationToken);

    /// <summary>All recordings: those that must be destroyed first come first, destroyed ones last.</summary>
    public async Task<IReadOnlyList<Recording>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Recordings.AsNoTracking().OrderBy(r => r.DestroyedOn != null).ThenBy(r => r.DestroyBy).ThenBy(r => r.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The recordings that a photo is, or may be a copy of.</summary>
    /// <param name="sha256">SHA-256 of its bytes; null when they could not be read.</param>
    /// <param name="hash">What it looks like; null when that is not known.</param>
    /// <param name="asOf">The day of looking.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <exception cref="FormatException">The register holds a picture hash of another version.</exception>
    public async Task<RecordingFacts> FindAsync(string? sha256, PictureHash? hash, DateOnly asOf, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var pictures = await PicturesAsync(db, cancellationToken);
        if (pictures.Recordings == 0)
        {
            return new RecordingFacts();
        }

        var alike = (hash is null ? [] : pictures.Index.Find(hash)).ToDictionary(found => pictures.Ids[found.Picture], found => found.Likeness);
        var ids = alike.Keys.ToList();
        var recordings = await db.Recordings.AsNoTracking().Where(r => (r.ContentSha256 == sha256 && r.ContentSha256 != "") || ids.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        return new RecordingFacts { Matches = [.. recordings.Select(r => Match(r, sha256, alike, asOf))] };
    }

    /// <summary>The one channel that a recording may be used for.</summary>
    public static string ChannelOf(RecordingPurpose purpose) => purpose == RecordingPurpose.Training ? "training" : "pupil-help";

    /// <summary>What the audit trail calls a recording.</summary>
    public static string SubjectOf(long id) => $"recording-{id}";

    private async Task<Recording> AddAsync(RecordingDraft draft, string path, string name, string? sha256, IntakeProblem problem, PictureHash? hash, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (await MistakesAsync(db, draft, path, sha256, problem, cancellationToken) is { Count: > 0 } mistakes)
        {
            throw new InputErrorsException(mistakes);
        }

        var recording = new Recording
        {
            Purpose = draft.Purpose, PupilKey = draft.PupilKey, MadeBy = draft.MadeBy, FileName = name, NoticeOn = draft.NoticeOn, NoticeHow = draft.NoticeHow, Place = draft.Place,
            DestroyBy = draft.DestroyBy, ContentSha256 = sha256!, PictureHash = hash, RegisteredAt = time.GetUtcNow(),
        }.At(draft.Location);
        db.Recordings.Add(recording);
        // Its number is given by the database, and the trail tells of it by that.
        await db.SaveChangesAsync(cancellationToken);
        await new AuditTrail(time).AppendAsync(db, AuditKinds.RecordingAdded, SubjectOf(recording.Id), new Dictionary<string, string> { ["purpose"] = ChannelOf(recording.Purpose) }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return recording;
    }

    private async Task<List<InputError>> MistakesAsync(GateDb db, RecordingDraft draft, string path, string? sha256, IntakeProblem problem, CancellationToken cancellationToken)
    {
        List<InputError> mistakes = [.. draft.Mistakes(path, Today)];
        if (problem != IntakeProblem.None)
        {
            mistakes.Add(new InputError(path, 0, null, Texts.Get("intake." + problem)));
        }
        else if (sha256 != "" && await db.Recordings.AsNoTracking().SingleOrDefaultAsync(r => r.ContentSha256 == sha256, cancellationToken) is { } present)
        {
            mistakes.Add(new InputError(path, 0, null, Texts.Get("recording.present", ("id", present.Id), ("purpose", Texts.ChannelName(ChannelOf(present.Purpose))))));
        }

        if (draft is { Purpose: RecordingPurpose.PupilHelp, PupilKey: { } key } && !await db.Pupils.AnyAsync(pupil => pupil.Key == key, cancellationToken))
        {
            mistakes.Add(new InputError(path, 0, "--pupil", Texts.Get("recording.pupil-unknown", ("key", key))));
        }

        return mistakes;
    }

    private static RecordingMatch Match(Recording recording, string? sha256, Dictionary<long, PictureLikeness> alike, DateOnly asOf)
    {
        var isContent = recording.ContentSha256 == sha256;
        return new RecordingMatch
        {
            Id = recording.Id,
            Purpose = recording.Purpose,
            By = isContent ? MatchedBy.Content : alike[recording.Id].IsSame ? MatchedBy.Picture : MatchedBy.DoubtfulPicture,
            Likeness = isContent ? null : alike[recording.Id],
            ParentsWereTold = recording.NoticeOn <= asOf,
            IsOverdue = recording.DestroyBy < asOf,
            IsDestroyed = recording.DestroyedOn is not null,
        };
    }

    // Recordings are added, never removed, and their hashes never change: as many as before are the same as before.
    private async Task<KnownPictures> PicturesAsync(GateDb db, CancellationToken cancellationToken)
    {
        var count = await db.Recordings.CountAsync(cancellationToken);
        var kept = known;
        if (kept.Recordings == count)
        {
            return kept;
        }

        var rows = await db.Recordings.Select(r => new { r.Id, r.PictureHash }).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var seen = rows.Where(row => row.PictureHash is not null).ToList();
        return known = new KnownPictures(rows.Count, [.. seen.Select(row => row.Id)], new PictureHashIndex([.. seen.Select(row => row.PictureHash!)]));
    }

    private sealed record KnownPictures(int Recordings, IReadOnlyList<long> Ids, PictureHashIndex Index);
}
