using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;
using PublicationGate.Data;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>Finds names of the register in the texts that go out with a photo.</summary>
/// <param name="register">Where the names are.</param>
/// <param name="time">Clock of pauses between tries.</param>
/// <param name="logger">Hears that the names could not be had.</param>
public sealed partial class RegisterNames(ConsentRegister register, TimeProvider time, ILogger<RegisterNames> logger)
{
    private readonly ResiliencePipeline pipeline = ConsentLookup.Patience(new ConsentLookupOptions(), time);
    private Prepared? prepared;

    /// <summary>The names in caption, alt text, activity and file name; null when the register could not be asked.</summary>
    public async Task<IReadOnlyList<NameInText>?> FindAsync(Declaration declaration, string fileName, CancellationToken cancellationToken)
    {
        try
        {
            var finder = Prepare(await pipeline.ExecuteAsync(async token => await register.NamesAsync(token), cancellationToken));
            return [
                .. finder.Find("caption", declaration.Caption),
                .. finder.Find("alt", declaration.Alt),
                .. finder.Find("activity", declaration.Activity),
                .. finder.Find("file-name", Path.GetFileNameWithoutExtension(fileName)),
            ];
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException or InvalidOperationException or TimeoutRejectedException || DatabaseFailure.IsPassing(failure))
        {
            LogNotHad(logger, DatabaseFailure.NameOf(failure));
            return null;
        }
    }

    private NameFinder Prepare(IReadOnlyList<RegisteredName> names)
    {
        if (prepared is { } kept && ReferenceEquals(kept.Names, names))
        {
            return kept.Finder;
        }

        var finder = new NameFinder(names);
        prepared = new Prepared(names, finder);
        return finder;
    }

    private sealed record Prepared(IReadOnlyList<RegisteredName> Names, NameFinder Finder);

    [LoggerMessage(Level = LogLevel.Error, Message = "The names of the register could not be had ({Failure}): what is screened now is held.")]
    private static partial void LogNotHad(ILogger logger, string failure);
}
