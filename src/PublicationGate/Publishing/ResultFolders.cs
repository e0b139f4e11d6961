using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.Publishing;

/// <summary>
/// Lays results where people find them: <c>approved/CHANNEL</c> with clean copies, <c>held</c> and <c>rejected</c> with the originals, each below the folders it came
/// from and with its reasons in a <c>.json</c> and a Dutch <c>.txt</c>. A name that is taken gets a number; nothing is overwritten.
/// </summary>
/// <remarks>
/// The same call twice, or again after a crash at any point, leaves one result. A later verdict of the same item takes the earlier result back first.
/// What belongs to an item has its <c>.json</c>: it comes first and goes last.
/// </remarks>
public sealed class ResultFolders : IDisposable
{
    private const int MostOfOneName = 10_000;

    private readonly ResultFolderOptions options;
    private readonly IContentStore store;
    private readonly ReleaseCopies copies;
    private readonly string root;
    private readonly StagingFolder staging;
    private readonly AtomicFiles files;
    private readonly ResultLedger ledger;
    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>Opens the folder, and removes what dead runs left unfinished.</summary>
    /// <param name="options">Where results go.</param>
    /// <param name="store">Where the originals are.</param>
    /// <param name="copies">Makes clean copies of them.</param>
    /// <exception cref="ResultNotPlacedException">The folder cannot be made or written to.</exception>
    public ResultFolders(ResultFolderOptions options, IContentStore store, ReleaseCopies copies)
    {
        (this.options, this.store, this.copies, root) = (options, store, copies, Path.GetFullPath(options.Folder));
        var own = Path.Combine(root, ".publication-gate");
        staging = Guard(() => new StagingFolder(Path.Combine(own, "staging")));
        files = new(staging);
        ledger = new(Path.Combine(own, "results"), files);
    }

    /// <summary>Full path of the folder that results go to.</summary>
    public string Folder => root;

    /// <summary>For tests of what a crash leaves: called after each step.</summary>
    internal Action<string> Step { get; set; } = _ => { };

    /// <summary>Lays the result of a verdict, instead of an earlier one of the same item. Then the original leaves the inbox, unless it is to stay or is another by now.</summary>
    /// <exception cref="ResultNotPlacedException">The folder could not be written to.</exception>
    /// <exception cref="ContentStoreException">The original could not be had from the store.</exception>
    /// <exception cref="Imaging.UnreadableImageException">The approved original does not decode: there is no copy of it.</exception>
    /// <exception cref="Imaging.Apart.DecoderUnavailableException">Nothing could be decoded.</exception>
    public async Task<PlacedResult> PlaceAsync(ScreenedFile file, CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var entry = ledger.Find(file.Item);
            if (entry is null || entry.Verdict != file.Verdict.Id || !entry.IsDone)
            {
                // Made before anything is taken back or laid, so that a photo that has no copy changes nothing.
                var photo = await PhotoOfAsync(file, cancellationToken);
                entry = Guard(() => Place(file, photo, entry));
            }

            return new(Path.Combine(root, entry.Folder), entry.Name, entry.HasPhoto, !Guard(() => RemoveOriginal(file)));
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Takes the result of an item back, when there is one.</summary>
    /// <exception cref="ResultNotPlacedException">The folder could not be written to.</exception>
    public async Task TakeBackAsync(string item, CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            Guard(() =>
            {
                if (ledger.Find(item) is { } entry)
                {
                    TakeBack(item, entry);
                    ledger.Remove(item);
                }

                return true;
            });
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        staging.Dispose();
        oneAtATime.Dispose();
    }

    // The bytes that stand with the reasons, and their name; no bytes where only the reasons do.
    private async Task<(string Name, ReadOnlyMemory<byte>? Bytes)> PhotoOfAsync(ScreenedFile file, CancellationToken cancellationToken)
    {
        var name = SafeName.Of(Path.GetFileName(file.Name));
        var isApproved = file.Verdict.Outcome == Outcome.Approved;
        if (!isApproved && (options.LeaveOriginals || file.Verdict.Facts.ContentSha256 is not { } kept || !store.Contains(kept)))
        {
            return (name, null);
        }

        if (isApproved && file.CopySha256 is { } released)
        {
            using var stored = await store.ReadAsync(released, file.Name, cancellationToken);
            return (Path.GetFileNameWithoutExtension(name) + ReleasedCopy.ExtensionOf(stored.Content.Span), stored.Content.ToArray());
        }

        using var original = await store.ReadAsync(file.Verdict.Facts.ContentSha256!, file.Name, cancellationToken);
        if (!isApproved)
        {
            return (name, original.Content.ToArray());
        }

        var copy = copies.Of(original.Content, file.Verdict, file.Copy ?? options.Copy, cancellationToken);
        return (Path.GetFileNameWithoutExtension(name) + copy.Extension, copy.Bytes);
    }

    private LedgerEntry Place(ScreenedFile file, (string Name, ReadOnlyMemory<byte>? Bytes) photo, LedgerEntry? earlier)
    {
        if (earlier is not null && earlier.Verdict != file.Verdict.Id)
        {
            TakeBack(file.Item, earlier);
            earlier = null;
        }

        var folder = Path.Combine(FolderOf(file.Verdict), SafeName.OfPath(Path.GetDirectoryName(file.Name) ?? ""));
        for (var number = 1; number <= MostOfOneName; number++)
        {
            var entry = earlier ?? new(file.Verdict.Id, folder, SafeName.Numbered(photo.Name, number), photo.Bytes is not null, IsDone: false);
            earlier = null;
            if (IsFree(file.Item, entry) && Lay(file, entry, photo.Bytes))
            {
                entry = entry with { IsDone = true };
                ledger.Write(file.Item, entry);
                Step("done");
                return entry;
            }
        }

        throw new IOException($"{MostOfOneName} photos of one name");
    }

    // Ours when its .json names the item; else nothing of this name may be there.
    private bool IsFree(string item, LedgerEntry entry)
    {
        var path = Path.Combine(root, entry.Folder, entry.Name);
        return IsOf(item, path) || (!Path.Exists(path) && !Path.Exists(path + ".json") && !Path.Exists(path + ".txt"));
    }

    // False when somebody else took the name at this moment.
    private bool Lay(ScreenedFile file, LedgerEntry entry, ReadOnlyMemory<byte>? photo)
    {
        var path = Path.Combine(root, entry.Folder, entry.Name);
        ledger.Write(file.Item, entry);
        Step("intended");
        if (!IsOf(file.Item, path) && !files.Write(path + ".json", Encoding.UTF8.GetBytes(VerdictJson.Line(file.Verdict, file.Name, file.Elapsed, file.Item) + "\n"), mayReplace: false))
        {
            return false;
        }

        Step("json");
        files.Write(path + ".txt", Encoding.UTF8.GetBytes(ResultText.Of(file, entry.HasPhoto)), mayReplace: true);
        Step("txt");
        if (photo is { } bytes)
        {
            files.Write(path, bytes.Span, mayReplace: true);
            Step("photo");
        }

        return true;
    }

    private void TakeBack(string item, LedgerEntry entry) => TakeBack(Path.Combine(root, entry.Folder, entry.Name), item, entry, Step);

    internal static void TakeBack(string path, string item, LedgerEntry entry, Action<string> step)
    {
        if (!IsOf(item, path))
        {
            return;
        }

        // The photo first: it must not be seen for longer than its reasons.
        if (entry.HasPhoto)
        {
            AtomicFiles.Remove(path);
            step("photo gone");
        }

        AtomicFiles.Remove(path + ".txt");
        step("txt gone");
        AtomicFiles.Remove(path + ".json");
        step("json gone");
    }

    private static bool IsOf(string item, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path + ".json"));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("item", out var written) && written.ValueEquals(item);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return false;
        }
    }

    // Only the very content that the store has: what came under this name since is screened first.
    private bool RemoveOriginal(ScreenedFile file)
    {
        if (!File.Exists(file.Path))
        {
            return true;
        }

        if (options.LeaveOriginals || file.Verdict.Facts.ContentSha256 is not { } sha256 || !store.Contains(sha256))
        {
            return false;
        }

        try
        {
            if (FileKinds.Of(file.Path) != FileKind.Regular || HashOf(file.Path) != sha256)
            {
                return false;
            }

            AtomicFiles.Remove(file.Path);
            Step("original gone");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An inbox that may only be read: the result stands all the same.
            return false;
        }
    }

    private static string HashOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string FolderOf(Verdict verdict) => verdict.Outcome switch
    {
        Outcome.Approved => Path.Combine("approved", SafeName.Of(verdict.Facts.Declaration.Channel)),
        Outcome.Rejected => "rejected",
        _ => "held",
    };

    internal static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = ContentStoreException.Of(e).Problem;
            throw new ResultNotPlacedException(Texts.Get(problem switch
            {
                ContentStoreProblem.DiskFull => "result.disk-full",
                ContentStoreProblem.ReadOnly => "result.read-only",
                _ => "result.unavailable",
            }), e);
        }
    }
}
