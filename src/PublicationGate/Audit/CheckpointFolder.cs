using System.Globalization;
using System.Security.Cryptography;

namespace PublicationGate.Audit;

/// <summary>Where checkpoints lie, a file each, named by the number of the entry; with the public key that they are signed with.</summary>
/// <param name="folder">The folder; better on another disk or machine than the database, where who can change the one cannot change the other.</param>
/// <param name="keyFile">The private key, made at first use, readable by its owner alone.</param>
public sealed class CheckpointFolder(string folder, string keyFile)
{
    private const string PublicKeyName = "public-key.pem";
    private const int Digits = 12;

    /// <summary>Where they lie.</summary>
    public string Folder => folder;

    /// <summary>True when there is a key, so that checkpoints were made once.</summary>
    public bool HasKey => File.Exists(keyFile);

    /// <summary>The checkpoints of a data folder, wherever they were put.</summary>
    /// <param name="data">The data folder, which holds the key.</param>
    /// <param name="elsewhere">Another folder for them; null or empty for <c>checkpoints</c> in the data folder.</param>
    public static CheckpointFolder In(string data, string? elsewhere) =>
        new(string.IsNullOrWhiteSpace(elsewhere) ? Path.Combine(data, "checkpoints") : Path.GetFullPath(elsewhere), Path.Combine(data, "audit-key.pem"));

    /// <summary>The files, by number of entry; none where there is no folder.</summary>
    public IEnumerable<(long Entry, string Path)> Files() => !Directory.Exists(folder) ? []
        : Directory.EnumerateFiles(folder, "*.json")
            .Select(path => (Entry: long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var entry) ? entry : -1, path))
            .Where(file => file.Entry > 0).OrderBy(file => file.Entry);

    /// <summary>The newest that can be read; null for none.</summary>
    public Checkpoint? Newest() => Files().Reverse().Select(file => Checkpoint.Read(File.ReadAllText(file.Path))).FirstOrDefault(checkpoint => checkpoint is not null);

    /// <summary>Adds one for an entry, unless there is one for it. It is written through, and has its name only when it is whole.</summary>
    public void Add(AuditEntry entry, DateTimeOffset at, long? after)
    {
        OwnerOnlyFile.CreateFolder(folder);
        using var key = SigningKeyFile.OpenOrMake(keyFile);
        var publicKey = Path.Combine(folder, PublicKeyName);
        if (!File.Exists(publicKey))
        {
            SigningKeyFile.Publish(publicKey, key.ExportSubjectPublicKeyInfoPem() + "\n");
        }

        SigningKeyFile.Publish(Path.Combine(folder, entry.Id.ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0') + ".json"), Checkpoint.Of(entry, at, after, key).Write());
    }

    /// <summary>The key that checkpoints must be signed with: from the private key, else the one beside them; null where there is neither.</summary>
    /// <exception cref="CryptographicException">A key file is no key.</exception>
    public ECDsa? PublicKey()
    {
        var file = HasKey ? keyFile : Path.Combine(folder, PublicKeyName);
        return File.Exists(file) ? SigningKeyFile.Read(file) : null;
    }
}
