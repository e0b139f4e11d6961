namespace PublicationGate.Intake;

/// <summary>What the looks found of folders: declarations that come, change and settle, and troubles.</summary>
internal sealed class InboxFolders(InboxOptions options, TimeProvider time)
{
    private readonly Dictionary<string, (string Inbox, string Declared)> known = [];
    private readonly Dictionary<string, long> unsettled = [];
    private readonly HashSet<string> started = [];
    private readonly List<DeclarationsChanged> news = [];

    public IReadOnlyList<InboxTrouble> Troubles { get; private set; } = [];

    public void Observe(IReadOnlyList<(string Inbox, InboxListing Listing)> listings)
    {
        var now = time.GetTimestamp();
        foreach (var (inbox, listing) in listings)
        {
            foreach (var (folder, declared) in listing.Declarations)
            {
                if (known.GetValueOrDefault(folder, ("", "")).Item2 != declared)
                {
                    unsettled[folder] = now;
                }

                known[folder] = (inbox, declared);
            }

            // With its folder gone, so are its declarations; where the folder could not be looked into nothing is known.
            foreach (var gone in known.Where(folder => folder.Value.Inbox == inbox && !listing.Declarations.ContainsKey(folder.Key) && listing.Unseen.Count == 0).Select(folder => folder.Key).ToList())
            {
                known.Remove(gone);
                unsettled.Remove(gone);
            }

            if (listing.Unseen.Count == 0 && started.Add(inbox))
            {
                news.Add(new(inbox, inbox));
            }
        }

        foreach (var (folder, since) in unsettled.Where(folder => time.GetElapsedTime(folder.Value, now) >= options.StillFor).ToList())
        {
            unsettled.Remove(folder);
            news.Add(new(known[folder].Inbox, folder));
        }

        Troubles = [.. listings.SelectMany(listing => listing.Listing.Troubles)];
    }

    /// <summary>Whether the declarations that hold for a file stand still: one that is half written would be believed.</summary>
    public bool IsSettled(string path) =>
        unsettled.Count == 0 || !unsettled.Keys.Any(folder => path.StartsWith(folder, StringComparison.Ordinal) && path[folder.Length] == Path.DirectorySeparatorChar);

    /// <summary>Time until the first of the changed declarations may be believed; long when there is none.</summary>
    public TimeSpan UntilSettled()
    {
        var left = unsettled.Count == 0 ? TimeSpan.MaxValue : options.StillFor - time.GetElapsedTime(unsettled.Values.Min());
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public IReadOnlyList<DeclarationsChanged> TakeNews()
    {
        DeclarationsChanged[] taken = [.. news.Distinct()];
        news.Clear();
        return taken;
    }
}
