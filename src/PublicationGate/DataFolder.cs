using System.Security.Cryptography;

namespace PublicationGate;

/// <summary>What has a fixed place in the gate's data folder. Whoever keeps, backs up, ages or erases data finds it by these names.</summary>
public static class DataFolder
{
    /// <summary>The SQLite database.</summary>
    public const string Database = "gate.db";

    /// <summary>The store of originals; a link where it lies on another disk.</summary>
    public const string Store = "store";

    /// <summary>Keys that cookies and links of the service are sealed with. Without them everybody signs in anew.</summary>
    public const string ServiceKeys = "keys";

    /// <summary>The private key that certificates of releases are signed with.</summary>
    public const string CertificateKey = "certificate-key.pem";

    /// <summary>The secret by which senders of removal requests are told apart. Without it the limits of a day begin anew.</summary>
    public const string RequestKey = "request-sources.key";

    /// <summary>Recordings with a purpose that the gate keeps until they are destroyed. No backup holds them: it would outlive the day of destruction.</summary>
    public const string Recordings = "recordings";

    /// <summary>Certificates that recordings were destroyed.</summary>
    public const string Destructions = "destructions";

    /// <summary>Settings of the service, where there are any.</summary>
    public const string ServiceSettings = "service.json";

    /// <summary>Where releases go by themselves.</summary>
    public const string Outputs = "outputs.yaml";

    /// <summary>The mail server that letters go through.</summary>
    public const string Mail = "mail.yaml";

    /// <summary>Makes a folder in the data folder that only its owner may enter.</summary>
    /// <param name="data">The data folder; made when it is not there.</param>
    /// <param name="name">One of the names above.</param>
    public static DirectoryInfo Private(DirectoryInfo data, string name)
    {
        var folder = Path.Combine(data.FullName, name);
        OwnerOnlyFile.CreateFolder(folder);
        return new DirectoryInfo(folder);
    }

    /// <summary>A secret of 32 bytes, made from a file in the data folder that its owner alone may read; the file is made where there is none.</summary>
    /// <param name="data">The data folder; made when it is not there.</param>
    /// <param name="name">One of the names above.</param>
    public static byte[] Secret(DirectoryInfo data, string name)
    {
        var path = Path.Combine(data.FullName, name);
        if (!File.Exists(path))
        {
            OwnerOnlyFile.CreateFolder(data.FullName);
            SigningKeyFile.Publish(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n");
        }

        return SHA256.HashData(File.ReadAllBytes(path));
    }
}
