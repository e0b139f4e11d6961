namespace PublicationGate.Intake;

public sealed partial class ContentStore
{
    /// <inheritdoc/>
    public IReadOnlyList<(string Sha256, DateTimeOffset At)> List()
    {
        try
        {
            return
            [
                .. from folder in new DirectoryInfo(root).EnumerateDirectories("??")
                   from file in folder.EnumerateFiles()
                   where file.Name.Length == HashDigits && file.Name.All(char.IsAsciiHexDigitLower) && file.Name.StartsWith(folder.Name, StringComparison.Ordinal)
                   select (file.Name, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero)),
            ];
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            throw ContentStoreException.Of(e);
        }
    }
}
