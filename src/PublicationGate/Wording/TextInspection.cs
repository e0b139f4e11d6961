using Microsoft.Extensions.Logging;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Intake;

namespace PublicationGate.Wording;

/// <summary>The texts that go out with a photo, or travel inside it.</summary>
/// <param name="Declaration">What the submitter wrote.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="FolderName">Name of the folder it came from; null when it came from none.</param>
/// <param name="Metadata">What the file carries.</param>
public sealed record PhotoTexts(Declaration Declaration, string FileName, string? FolderName, MetadataFacts Metadata)
{
    /// <summary>Each text with the name of its field.</summary>
    internal IEnumerable<(string Field, string? Text)> All =>
    [
        ("title", Declaration.Title),
        ("caption", Declaration.Caption),
        ("alt", Declaration.Alt),
        ("activity", Declaration.Activity),
        ("file-name", Path.GetFileNameWithoutExtension(FileName)),
        ("folder-name", FolderName),
        .. Metadata.Entries.Where(entry => entry.Kind is MetadataKind.Text or MetadataKind.Person).Select(entry => (entry.Tag, (string?)entry.Value)),
    ];
}

/// <summary>Says what the texts of a photo hold: names of the register, personal details, offences, quotations, confidential facts.</summary>
/// <param name="register">Where the names are.</param>
/// <param name="time">Clock of pauses between tries.</param>
/// <param name="logger">Hears that the texts could not be searched; never what they say.</param>
public sealed partial class TextInspection(ConsentRegister register, TimeProvider time, ILogger<TextInspection> logger)
{
    private readonly RegisterPatience patience = new(new ConsentLookupOptions(), time);
    private Prepared? prepared;

    /// <summary>What the texts say; <see cref="WordingFacts.Known"/> is false when the names could not be had or a text could not be searched to its end.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="declared">The declared pupils.</param>
    /// <param name="cancellationToken">Ends the look into the register.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<WordingFacts> InspectAsync(PhotoTexts texts, IReadOnlyList<PupilConsent> declared, CancellationToken cancellationToken)
    {
        try
        {
            var search = Prepare(await patience.AskAsync(register.NamesAsync, cancellationToken));
            var all = texts.All.ToList();
            var findings = all.Where(text => text.Text is not { Length: > TextSearch.LongestText }).SelectMany(text => search.Search(text.Field, text.Text, declared)).ToList();
            return new WordingFacts { Known = all.TrueForAll(text => text.Text is not { Length: > TextSearch.LongestText }), Findings = findings };
        }
#pragma warning disable CA1031 // Whatever goes wrong, the photo must be held and the run goes on.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotSearched(logger, DatabaseFailure.NameOf(failure));
            return new WordingFacts { Known = false };
        }
    }

    private TextSearch Prepare(IReadOnlyList<RegisteredName> names)
    {
        if (prepared is { } kept && ReferenceEquals(kept.Names, names))
        {
            return kept.Search;
        }

        var search = new TextSearch(names);
        prepared = new Prepared(names, search);
        return search;
    }

    private sealed record Prepared(IReadOnlyList<RegisteredName> Names, TextSearch Search);

    [LoggerMessage(Level = LogLevel.Error, Message = "The texts could not be searched ({Failure}): what is screened now is held.")]
    private static partial void LogNotSearched(ILogger logger, string failure);
}
