namespace PublicationGate.Faces;

/// <summary>
/// How many photos this process is counting faces in. Several share the cores, one each; a photo alone may use them all. Counted for the
/// process, because the cores are.
/// </summary>
internal static class PhotosUnderWay
{
    private static int count;

    /// <summary>Whether one photo is under way, and no other.</summary>
    public static bool IsOne => Volatile.Read(ref count) == 1;

    /// <summary>Begins a photo; it ends when the result is disposed.</summary>
    public static IDisposable Begin()
    {
        Interlocked.Increment(ref count);
        return new Photo();
    }

    private sealed class Photo : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                Interlocked.Decrement(ref count);
            }
        }
    }
}
