namespace PublicationGate.Duties.Destruction;

/// <summary>Certificates of destruction as files in the data folder, for whoever keeps or copies them; the database has the same.</summary>
/// <param name="data">The data folder.</param>
internal sealed class DestructionCertificates(string data)
{
    /// <summary>Lays one there; one that is there already is the same and stays.</summary>
    public void Lay(string text)
    {
        var path = Path.Combine(data, DataFolder.Destructions, DestructionCertificate.Read(text)!.FileName);
        if (!File.Exists(path))
        {
            OwnerOnlyFile.CreateFolder(Path.GetDirectoryName(path)!);
            SigningKeyFile.Publish(path, text);
        }
    }
}
