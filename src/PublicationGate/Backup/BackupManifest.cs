using System.Text.Json;
using PublicationGate.Data;

namespace PublicationGate.Backup;

/// <summary>What a backup holds; the last file in it, since a hash is known when its file has been read.</summary>
/// <param name="Format">Number of the form of the file: 1.</param>
/// <param name="Program">Version of the gate that wrote it.</param>
/// <param name="Tables">Version of the database's tables.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="Files">Every file, the database among them.</param>
public sealed record BackupManifest(int Format, string Program, int Tables, DateTimeOffset CreatedAt, IReadOnlyList<BackedUpFile> Files)
{
    /// <summary>The form that this gate writes, and the newest that it reads.</summary>
    public const int Newest = 1;

    /// <summary>Name within the backup.</summary>
    internal const string Name = "manifest.json";

    /// <summary>What the names of all other files begin with.</summary>
    internal const string Folder = "data/";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="JsonException">It is none.</exception>
    internal static BackupManifest Read(Stream json) => JsonSerializer.Deserialize<BackupManifest>(json, Options) ?? throw new JsonException();

    /// <exception cref="BackupException">A newer gate wrote the backup.</exception>
    internal void RefuseNewer(string file)
    {
        if (Format > Newest || Tables > GateMigrations.Newest)
        {
            throw new BackupException(Texts.Get("backup.newer", ("file", file), ("program", Printable.Of(Program))));
        }
    }
}

/// <summary>One file in a backup.</summary>
/// <param name="Path">Path below the data folder, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hexadecimal.</param>
public sealed record BackedUpFile(string Path, long Bytes, string Sha256);
