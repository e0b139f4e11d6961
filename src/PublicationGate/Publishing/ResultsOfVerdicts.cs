namespace PublicationGate.Publishing;

/// <summary>Results found by their verdicts, for whoever has no inbox at hand.</summary>
public static class ResultsOfVerdicts
{
    /// <summary>Takes the results of some verdicts back, or only counts them; no store is needed for it.</summary>
    /// <param name="folder">Where results go: <see cref="ResultFolderOptions.Folder"/>. One without results counts none.</param>
    /// <param name="verdicts">Ids of the verdicts.</param>
    /// <param name="isDryRun">Only count.</param>
    /// <exception cref="ResultNotPlacedException">The folder could not be written to.</exception>
    public static int TakeBack(string folder, IReadOnlySet<string> verdicts, bool isDryRun)
    {
        var own = Path.Combine(Path.GetFullPath(folder), ".publication-gate");
        if (!Directory.Exists(own))
        {
            return 0;
        }

        return ResultFolders.Guard(() =>
        {
            using var staging = new StagingFolder(Path.Combine(own, "staging"));
            var ledger = new ResultLedger(Path.Combine(own, "results"), new AtomicFiles(staging));
            var found = ledger.All().Where(item => verdicts.Contains(item.Entry.Verdict)).ToList();
            foreach (var (item, entry) in isDryRun ? [] : found)
            {
                ResultFolders.TakeBack(Path.Combine(folder, entry.Folder, entry.Name), item, entry, _ => { });
                ledger.Remove(item);
            }

            return found.Count;
        });
    }
}
