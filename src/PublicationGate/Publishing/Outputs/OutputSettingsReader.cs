using PublicationGate.Intake;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace PublicationGate.Publishing.Outputs;

/// <summary>Reads <c>outputs.yaml</c> and the secrets that it names, and refuses what could not work.</summary>
public static class OutputSettingsReader
{
    private const int LongestName = 40;

    // 24 to 64 bytes, says the Standard Webhooks specification.
    private const int ShortestSecret = 24;
    private const int LongestSecret = 64;

    /// <summary>The outputs of a data folder; none where it has no such file.</summary>
    /// <exception cref="OutputSettingsException">Something is wrong.</exception>
    public static OutputList Read(string data)
    {
        var path = Path.Combine(data, DataFolder.Outputs);
        if (!File.Exists(path))
        {
            return OutputList.None;
        }

        var outputs = Parse(path).Outputs;
        var secrets = new Dictionary<string, string>();
        foreach (var output in outputs)
        {
            Check(output, outputs);
            if (output.Kind != OutputKind.Folder)
            {
                secrets.Add(output.Name, SecretOf(output, data));
            }
        }

        return new([.. outputs], secrets);
    }

    private static OutputFile Parse(string path)
    {
        try
        {
            // Null where the file holds nothing but comments.
            return new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<OutputFile?>(File.ReadAllText(path)) ?? new();
        }
        catch (YamlException wrong)
        {
            throw new OutputSettingsException(Texts.Get("output.wrong-file", ("file", path), ("line", wrong.Start.Line), ("detail", wrong.InnerException?.Message ?? wrong.Message)));
        }
    }

    private static void Check(OutputSettings output, IList<OutputSettings> all)
    {
        Demand(output.Name.Length is > 0 and <= LongestName && output.Name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'), "output.wrong-name", output, ("most", LongestName));
        Demand(all.Count(other => other.Name == output.Name) == 1, "output.same-name", output);
        Demand(output.Kind is not null, "output.no-kind", output);
        Demand(output.Channels.Count > 0, "output.no-channels", output);
        if (output.Channels.FirstOrDefault(channel => channel != "*" && !Channels.All.Contains(channel)) is { } unknown)
        {
            Demand(false, "output.wrong-channel", output, ("channel", unknown));
        }

        Demand(output.Timeout is >= 1 and <= 300, "output.wrong-timeout", output);
        if (output.Kind == OutputKind.Folder)
        {
            Demand(Path.IsPathFullyQualified(output.Folder ?? ""), "output.no-folder", output);
            return;
        }

        Demand(Uri.TryCreate(output.Address, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)), "output.wrong-address", output);
        Demand(output.Kind != OutputKind.Wordpress || !string.IsNullOrWhiteSpace(output.User), "output.no-user", output);
    }

    private static string SecretOf(OutputSettings output, string data)
    {
        Demand((output.SecretFile is null) != (output.SecretVariable is null), "output.no-secret", output);
        var secret = (output.SecretVariable is { } variable ? Environment.GetEnvironmentVariable(variable) : ReadSecret(output, Path.Combine(data, output.SecretFile!)))?.Trim();
        Demand(!string.IsNullOrEmpty(secret), "output.empty-secret", output);
        Demand(output.Kind != OutputKind.Webhook || IsSigningSecret(secret!), "output.wrong-secret", output);
        return secret!;
    }

    private static bool IsSigningSecret(string secret)
    {
        var bytes = new byte[secret.Length];
        return secret.StartsWith(WebhookOutput.SecretPrefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[WebhookOutput.SecretPrefix.Length..], bytes, out var length)
            && length is >= ShortestSecret and <= LongestSecret;
    }

    private static string ReadSecret(OutputSettings output, string path)
    {
        try
        {
            Demand(!OwnerOnlyFile.IsOpenToOthers(path), "output.open-secret", output, ("file", path));
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OutputSettingsException(Texts.Get("output.unreadable-secret", ("output", output.Name), ("file", path)));
        }
    }

    private static void Demand(bool isSo, string key, OutputSettings output, params (string, object)[] values)
    {
        if (!isSo)
        {
            throw new OutputSettingsException(Texts.Get(key, [("output", Printable.Of(output.Name)), .. values]));
        }
    }

    /// <summary>The file as a whole.</summary>
    internal sealed class OutputFile
    {
        public IList<OutputSettings> Outputs { get; set; } = [];
    }
}
