using System.Runtime.CompilerServices;

namespace PublicationGate.Publishing.Outputs;

/// <summary>What kind of place an output is.</summary>
public enum OutputKind
{
    /// <summary>A folder of this machine, or one that it can write to.</summary>
    Folder,

    /// <summary>A program that is told by HTTP, in the Standard Webhooks form.</summary>
    Webhook,

    /// <summary>A WordPress site, by its REST API.</summary>
    Wordpress,
}

/// <summary>One output of <c>outputs.yaml</c> in the data folder.</summary>
public sealed record OutputSettings
{
    /// <summary>What it is called: small letters, digits and hyphens, at most 40. It stays with what was published there.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it is.</summary>
    public OutputKind? Kind { get; set; }

    /// <summary>Channels whose releases go there; <c>*</c> for all.</summary>
    public IList<string> Channels { get; set; } = [];

    /// <summary>The folder, for <see cref="OutputKind.Folder"/>. It must be there.</summary>
    public string? Folder { get; set; }

    /// <summary>The receiver, or the front page of the site: https, or http on this machine.</summary>
    public string? Address { get; set; }

    /// <summary>Name of the WordPress account.</summary>
    public string? User { get; set; }

    /// <summary>File with the secret, its owner's alone; a relative path is below the data folder. The webhook's signing secret, or the application password.</summary>
    public string? SecretFile { get; set; }

    /// <summary>Variable of the environment with the secret.</summary>
    public string? SecretVariable { get; set; }

    /// <summary>Whether a draft post is made around each photo, on WordPress; default no.</summary>
    public bool Draft { get; set; }

    /// <summary>Whether a webhook carries the copy itself, as base64; default yes.</summary>
    public bool Copy { get; set; } = true;

    /// <summary>Seconds that one call may take; default 30, range 1 to 300.</summary>
    public int Timeout { get; set; } = 30;

    /// <summary>Whether releases for a channel go there.</summary>
    public bool Takes(string channel) => Channels.Contains("*") || Channels.Contains(channel);
}

/// <summary>The outputs of a gate, as it knows them.</summary>
/// <param name="Outputs">Their settings; none for a gate that publishes nowhere by itself.</param>
/// <param name="Secrets">Secrets by name of output.</param>
public sealed record OutputList(IReadOnlyList<OutputSettings> Outputs, IReadOnlyDictionary<string, string> Secrets)
{
    /// <summary>No output.</summary>
    public static OutputList None { get; } = new([], new Dictionary<string, string>());

    /// <summary>The outputs that releases for a channel go to.</summary>
    internal IEnumerable<OutputSettings> Of(string channel) => Outputs.Where(output => output.Takes(channel));

    /// <summary>Tries each output; nothing is left there.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Names, with what failed; null where nothing did.</returns>
    public async IAsyncEnumerable<(string Output, string? Failure)> CheckAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var output in Open(time))
        {
            string? failure = null;
            try
            {
                await output.CheckAsync(cancellationToken);
            }
            catch (OutputException failed)
            {
                failure = failed.Code;
            }

            (output as IDisposable)?.Dispose();
            yield return (output.Name, failure);
        }
    }

    /// <summary>The outputs, ready to be used.</summary>
    internal IReadOnlyList<IOutput> Open(TimeProvider time) => [.. Outputs.Select(output => Open(output, time))];

    private IOutput Open(OutputSettings output, TimeProvider time) => output.Kind switch
    {
        OutputKind.Folder => new FolderOutput(output),
        OutputKind.Webhook => new WebhookOutput(output, Secrets[output.Name], time),
        _ => new WordPressOutput(output, Secrets[output.Name]),
    };
}

/// <summary>The outputs cannot be used as they are set.</summary>
/// <param name="reason">What is wrong and what to do.</param>
public sealed class OutputSettingsException(Text reason) : Exception(reason.En)
{
    /// <summary>What is wrong and what to do.</summary>
    public Text Reason { get; } = reason;
}
