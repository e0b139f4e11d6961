using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Submissions;

namespace PublicationGate.Publishing;

/// <summary>The released photos of an album as one zip file: the copies that their certificates cover, each with its texts to paste.</summary>
public sealed class AlbumZip
{
    private readonly GateDatabase database;
    private readonly PublishedCopies copies;
    private readonly TimeProvider time;

    internal AlbumZip(GateDatabase database, PublishedCopies copies, TimeProvider time) => (this.database, this.copies, this.time) = (database, copies, time);

    /// <summary>Writes it.</summary>
    /// <param name="destination">Where to; it stays open.</param>
    /// <param name="albumId">The album.</param>
    /// <param name="viewer">Who asks; null for who may see all.</param>
    /// <param name="cancellationToken">Ends it in the middle.</param>
    /// <returns>How many photos are in it; 0 for an album of which nothing is released, or has its copy, or that this one may not see.</returns>
    /// <exception cref="Intake.ContentStoreException">The store does not give a photo.</exception>
    public async Task<int> WriteAsync(Stream destination, string albumId, Viewer? viewer, CancellationToken cancellationToken)
    {
        await using var db = database.CreateDbContext();
        var submissions = db.Submissions.Where(submission => submission.AlbumId == albumId && submission.Outcome == Outcome.Approved);
        var releases = await (
            from submission in viewer?.Of(submissions) ?? submissions
            join release in db.Releases on submission.Id equals release.SubmissionId
            where release.WithdrawnAt == null && release.VerdictId == submission.VerdictId && release.CopySha256 != null
            orderby submission.Id
            select release).AsNoTracking().ToListAsync(cancellationToken);
        await using var zip = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true);
        var count = 0;
        foreach (var release in releases)
        {
            if (await new VerdictStore(db, time).FindAsync(release.VerdictId, cancellationToken) is { IsIntact: true, Verdict: { Outcome: Outcome.Approved } verdict }
                && await copies.FindAsync(release, cancellationToken) is { } copy)
            {
                await AddAsync(zip, release, verdict, copy, cancellationToken);
                count++;
            }
        }

        return count;
    }

    private static async Task AddAsync(ZipArchive zip, Release release, Verdict verdict, ReleasedCopy copy, CancellationToken cancellationToken)
    {
        var (name, declared) = ($"{release.Channel}/{Publication.NameOf(release.Id, release.ReleasedAt)}", verdict.Facts.Declaration);
        // Compressed already.
        await AddAsync(zip, name + copy.Extension, copy.Bytes, CompressionLevel.NoCompression, release, cancellationToken);
        await AddAsync(zip, name + ".txt", Encoding.UTF8.GetBytes(Paste.Of(new(declared.Title, declared.Caption, declared.Alt))), CompressionLevel.Optimal, release, cancellationToken);
    }

    private static async Task AddAsync(ZipArchive zip, string name, ReadOnlyMemory<byte> bytes, CompressionLevel level, Release release, CancellationToken cancellationToken)
    {
        var entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = release.ReleasedAt;
        await using var content = await entry.OpenAsync(cancellationToken);
        await content.WriteAsync(bytes, cancellationToken);
    }
}
