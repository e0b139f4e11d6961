namespace PublicationGate.Intake;

/// <summary>Hears from the system that something changed in a folder. It may miss things, and says nothing of what: the next look tells.</summary>
internal sealed class InboxEvents : IDisposable
{
    private readonly FileSystemWatcher watcher;

    private InboxEvents(string folder, Action onChange)
    {
        watcher = new(folder)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        watcher.Created += (_, _) => onChange();
        watcher.Changed += (_, _) => onChange();
        watcher.Deleted += (_, _) => onChange();
        watcher.Renamed += (_, _) => onChange();
        watcher.Error += (_, _) =>
        {
            // Too many at once, or the folder is gone: it may hear nothing from now on.
            IsBroken = true;
            onChange();
        };
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>True when it must be made anew.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Begins to listen; null where that cannot be had, as when the system's watches are used up.</summary>
    public static InboxEvents? Of(string folder, Action onChange)
    {
        try
        {
            return new(folder, onChange);
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose() => watcher.Dispose();
}
