using System.Security.Cryptography;
using System.Text;

namespace PublicationGate;

/// <summary>A private key of the gate: ECDSA over P-256 in a PEM file that its owner alone may read, made at first use.</summary>
internal static class SigningKeyFile
{
    /// <summary>The key in a file; it is made where there is none.</summary>
    /// <exception cref="CryptographicException">The file is no key.</exception>
    public static ECDsa OpenOrMake(string path)
    {
        if (!File.Exists(path))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            OwnerOnlyFile.CreateFolder(Path.GetDirectoryName(path)!);
            Publish(path, made.ExportPkcs8PrivateKeyPem() + "\n");
        }

        // Read again: another process may have made it at the same moment, and then its key counts.
        return Read(path);
    }

    /// <summary>The key in a file, private or public.</summary>
    /// <exception cref="CryptographicException">The file is no key.</exception>
    public static ECDsa Read(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new CryptographicException(path, e);
        }
    }

    /// <summary>Writes a file of this text, unless there is one: written through, and with its name only when it is whole.</summary>
    public static void Publish(string path, string text)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = OwnerOnlyFile.Open(temporary, FileMode.CreateNew))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: false);
            FolderSync.Flush(Path.GetDirectoryName(path)!);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first.
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
