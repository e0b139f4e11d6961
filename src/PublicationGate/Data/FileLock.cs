namespace PublicationGate.Data;

/// <summary>A lock between processes that the operating system releases when its holder dies: an open file that nobody shares.</summary>
internal static class FileLock
{
    // A migration of a school's database takes seconds; who waits longer than this should hear of it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the lock; disposing what is returned releases it. The file stays: deleting it would let two in.</summary>
    /// <exception cref="IOException">Another process held it for a minute, or the file cannot be made.</exception>
    public static async Task<FileStream> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return OwnerOnlyFile.Open(path, FileMode.OpenOrCreate);
            }
            catch (IOException failure) when (IsHeld(failure) && waited < LongestWait)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    // EAGAIN on Linux and on macOS, a sharing violation on Windows. A full or read-only disk does not get better by waiting.
    private static bool IsHeld(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x80070020);
}
