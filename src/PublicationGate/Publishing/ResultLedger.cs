using System.Text.Json;

namespace PublicationGate.Publishing;

/// <summary>What was, or is being, placed for an item.</summary>
/// <param name="Verdict">Id of the verdict.</param>
/// <param name="Folder">Folder below the results' own.</param>
/// <param name="Name">Name of the photo.</param>
/// <param name="HasPhoto">Whether the photo itself belongs to it.</param>
/// <param name="IsDone">False from before the first file is placed until after the last.</param>
internal sealed record LedgerEntry(string Verdict, string Folder, string Name, bool HasPhoto, bool IsDone);

/// <summary>Remembers by item where its result stands, in small files that are written before what they speak of: after a crash the same call goes on there.</summary>
internal sealed class ResultLedger(string folder, AtomicFiles files)
{
    public LedgerEntry? Find(string item)
    {
        try
        {
            return JsonSerializer.Deserialize<LedgerEntry>(File.ReadAllBytes(PathOf(item)), JsonSerializerOptions.Web);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Every item with its entry, read one after the other.</summary>
    public IEnumerable<(string Item, LedgerEntry Entry)> All() => !Directory.Exists(folder) ? []
        : Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension)
            .Select(item => (Item: item!, Entry: Find(item!))).Where(found => found.Entry is not null).Select(found => (found.Item, found.Entry!));

    public void Write(string item, LedgerEntry entry) => files.Write(PathOf(item), JsonSerializer.SerializeToUtf8Bytes(entry, JsonSerializerOptions.Web), mayReplace: true);

    public void Remove(string item) => AtomicFiles.Remove(PathOf(item));

    private string PathOf(string item) => Path.Combine(folder, item[..2], item + ".json");
}
