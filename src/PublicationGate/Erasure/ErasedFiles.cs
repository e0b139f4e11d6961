using PublicationGate.Intake;
using PublicationGate.Publishing;

namespace PublicationGate.Erasure;

/// <summary>What of a person lies in files: originals in the store, and results that were laid beside inboxes.</summary>
/// <param name="data">The gate's data folder; the store is its <c>store</c>, where there is one.</param>
/// <param name="results">Folders of results; all of them are there.</param>
internal sealed class ErasedFiles(string data, IReadOnlyCollection<string> results)
{
    /// <summary>Removes originals, their copies and results, or counts them.</summary>
    public (int Originals, int Copies, int Results) Erase(ErasedVerdicts verdicts, ErasedReleases releases, bool isDryRun) =>
        (InStore(verdicts.Contents, isDryRun), InStore(releases.Copies, isDryRun), results.Sum(folder => ResultsOfVerdicts.TakeBack(folder, verdicts.Ids, isDryRun)));

    private int InStore(IReadOnlySet<string> contents, bool isDryRun)
    {
        var folder = Path.Combine(data, DataFolder.Store);
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        using var store = new ContentStore(folder, new IntakeOptions());
        var present = contents.Where(store.Contains).ToList();
        if (!isDryRun)
        {
            present.ForEach(store.Remove);
        }

        return present.Count;
    }
}
