using Microsoft.EntityFrameworkCore;
using PublicationGate.App.Tests.Support;

namespace PublicationGate.App.Tests.Api;

/// <summary>What uploads left behind.</summary>
internal static class StoredFiles
{
    /// <summary>Files in the store of originals, unfinished ones too, by path below it.</summary>
    public static IReadOnlyList<string> Of(RunningService service)
    {
        var store = Path.Combine(service.Data, "store");
        return [.. Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(store, file)).Where(file => file != "id" && !file.EndsWith(".lock", StringComparison.Ordinal))];
    }

    /// <summary>Nothing is stored, and nothing waits.</summary>
    public static async Task AreNoneAsync(RunningService service)
    {
        Assert.That(() => Of(service), Is.Empty.After(5_000, 50));
        await using var db = service.Database.CreateDbContext();
        Assert.That((await db.Submissions.CountAsync(), await db.QueueItems.CountAsync()), Is.EqualTo((0, 0)));
    }
}
