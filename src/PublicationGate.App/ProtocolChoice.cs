using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App;

/// <summary>The protocol that a run goes by.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Refused">Mistakes in the school's own file, which made the last good one stay in force; empty when there are none.</param>
/// <param name="LastGood">When the one in force was put there, where mistakes kept it.</param>
internal sealed record ProtocolChoice(Protocol Protocol, IReadOnlyList<InputError> Refused, DateTimeOffset? LastGood)
{
    /// <summary>The school's own file in a data folder.</summary>
    public static string FileIn(DirectoryInfo data) => Path.Combine(data.FullName, "protocol.yaml");

    /// <summary>Chooses: the file of this run, else the school's own when it is good, else what is in force, else what the folder brings, else the built-in one.</summary>
    /// <exception cref="InputErrorsException">The file of this run holds mistakes, or the school's own does and none was ever in force.</exception>
    public static async Task<ProtocolChoice> MakeAsync(DirectoryInfo data, RunChoice choice, ProtocolHistory history, CancellationToken cancellationToken)
    {
        if (choice.ProtocolFile is { } file)
        {
            return Sound(ProtocolReader.Read(file));
        }

        try
        {
            if (File.Exists(FileIn(data)))
            {
                return Sound(await history.FollowAsync(FileIn(data), cancellationToken));
            }
        }
        catch (InputErrorsException mistakes)
        {
            if (await history.InForceAsync(cancellationToken) is not { } last)
            {
                throw;
            }

            return new ProtocolChoice(last.Protocol, mistakes.Errors, last.Act.Since);
        }

        return Sound((await history.InForceAsync(cancellationToken))?.Protocol ?? (choice.BroughtProtocol is { } brought ? ProtocolReader.Read(brought) : ProtocolReader.BuiltIn()));
    }

    /// <summary>What a person must hear of mistakes in the school's own file.</summary>
    public IEnumerable<string> Warnings(string language)
    {
        if (LastGood is { } since)
        {
            var sentence = Texts.Get("cli.protocol.last-good", ("file", Refused[0].File), ("version", Protocol.Version[..VerdictStore.ShortestId]), ("since", $"{since:yyyy-MM-dd HH:mm} UTC"));
            return [.. Refused.Select(mistake => mistake.In(language)), sentence.In(language)];
        }

        return [];
    }

    private static ProtocolChoice Sound(Protocol protocol) => new(protocol, [], null);
}
