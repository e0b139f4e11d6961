using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Submissions;

namespace PublicationGate.App.Uploads;

/// <summary>Takes an upload in once, however often it is sent under the same <c>Idempotency-Key</c> of one account.</summary>
internal sealed class RememberedUploads(GateDatabase database, TimeProvider time) : IDisposable
{
    /// <summary>The header of the key.</summary>
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>The key of a request; null for none.</summary>
    /// <exception cref="UploadRefusedException">It is no key.</exception>
    public static string? KeyOf(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var written))
        {
            return null;
        }

        return written.ToString() is { Length: > 0 and <= LongestKey } key && key.All(sign => sign is > ' ' and <= '~') && written.Count == 1
            ? key : throw UploadRefusedException.Field(Header, "upload.key", ("most", LongestKey));
    }

    /// <summary>Submits what of an upload was not submitted under its key before; two at once go one after the other.</summary>
    /// <param name="accountId">Whose key it is.</param>
    /// <param name="key">The key.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="submit">Submits one photo in an album.</param>
    /// <returns>All submissions, in the order of the photos.</returns>
    /// <exception cref="UploadRefusedException">Something else was sent under the key.</exception>
    public async Task<IReadOnlyList<Submission>> OnceAsync(string accountId, string key, Upload upload, Func<UploadedPhoto, string, Task<Submission>> submit)
    {
        await turn.WaitAsync();
        try
        {
            var (album, known) = await RememberAsync(accountId, key, Sha256Of(upload));
            var submissions = new List<Submission>();
            foreach (var photo in upload.Photos)
            {
                var before = known.Find(one => one.FileName == photo.FileName && one.ContentSha256 == photo.Content.Sha256);
                submissions.Add(before ?? await submit(photo, album));
                known.Remove(submissions[^1]);
            }

            return submissions;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private static string Sha256Of(Upload upload) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        upload.Photos.SelectMany(photo => new[] { photo.FileName, photo.Content.Sha256 }).Append(upload.Declaration.Sha256))));

    private async Task<(string Album, List<Submission> Known)> RememberAsync(string accountId, string key, string sha256)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
        var now = time.GetUtcNow();
        await db.RememberedUploads.Where(one => one.At < now - RememberedUpload.For).ExecuteDeleteAsync();
        if (await db.RememberedUploads.AsNoTracking().SingleOrDefaultAsync(one => one.AccountId == accountId && one.Key == key) is { } before)
        {
            return before.Sha256 == sha256
                ? (before.AlbumId, await db.Submissions.AsNoTracking().Where(one => one.AlbumId == before.AlbumId).ToListAsync())
                : throw new UploadRefusedException(StatusCodes.Status422UnprocessableEntity, "idempotency-other");
        }

        var album = Submission.NewId(now);
        db.RememberedUploads.Add(new RememberedUpload { AccountId = accountId, Key = key, Sha256 = sha256, AlbumId = album, At = now });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return (album, []);
    }
}
