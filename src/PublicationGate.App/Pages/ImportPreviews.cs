using System.Collections.Concurrent;
using System.Security.Cryptography;
using PublicationGate.Consent;

namespace PublicationGate.App.Pages;

/// <summary>Registers that somebody sent and has not confirmed yet: in memory only, one a person, for half an hour.</summary>
internal sealed class ImportPreviews(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, ImportPreview> previews = [];

    /// <summary>Keeps one in the place of the person's last.</summary>
    /// <returns>The token by which it is confirmed.</returns>
    public string Keep(string account, RegisterContent content, string fingerprint)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in previews.Where(preview => preview.Value.Until < now))
        {
            previews.TryRemove(old, out _);
        }

        var preview = new ImportPreview(RandomNumberGenerator.GetHexString(32), content, fingerprint, now + Kept);
        previews[account] = preview;
        return preview.Token;
    }

    /// <summary>The one that a person saw; null when it is too old, or was followed by another.</summary>
    public ImportPreview? Find(string account, string? token) =>
        previews.TryGetValue(account, out var preview) && preview.Token == token && preview.Until >= time.GetUtcNow() ? preview : null;

    /// <summary>Forgets a person's.</summary>
    public void Forget(string account) => previews.TryRemove(account, out _);
}

/// <summary>A register that was sent.</summary>
/// <param name="Token">By which it is confirmed.</param>
/// <param name="Content">The register.</param>
/// <param name="Fingerprint">Of the changes that were shown.</param>
/// <param name="Until">When it is forgotten.</param>
internal sealed record ImportPreview(string Token, RegisterContent Content, string Fingerprint, DateTimeOffset Until);
