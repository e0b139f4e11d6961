using PublicationGate.Imaging;

namespace PublicationGate.Faces;

/// <summary>
/// A detector that fails one photo at a time: a run that takes too long is ended, and after any failure the next photo meets a fresh one.
/// </summary>
public sealed class RecoveringDetector : IFaceDetector, IDisposable
{
    /// <summary>Longest time for one run. A run takes a tenth of a second; one of seconds is stuck.</summary>
    public static readonly TimeSpan RunTimeout = TimeSpan.FromSeconds(10);

    private readonly Func<IFaceDetector> open;
    private readonly TimeSpan timeout;
    private IFaceDetector? detector;

    /// <summary>Opens the first detector at once, so that a model that cannot be used is known at start.</summary>
    /// <param name="open">Opens a fresh detector.</param>
    /// <param name="timeout">Longest time for one run; default <see cref="RunTimeout"/>.</param>
    public RecoveringDetector(Func<IFaceDetector> open, TimeSpan? timeout = null)
    {
        this.open = open;
        this.timeout = timeout ?? RunTimeout;
        detector = open();
    }

    /// <inheritdoc/>
    public IReadOnlyList<FaceBox> Detect(PixelImage image, CancellationToken cancellationToken)
    {
        var current = Current();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return current.Detect(image, limit.Token);
        }
        catch
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Others may be in the middle of a run with it: it is left to the finalizer, not disposed under their feet.
            Interlocked.CompareExchange(ref detector, null, current);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => (detector as IDisposable)?.Dispose();

    private IFaceDetector Current()
    {
        if (Volatile.Read(ref detector) is { } present)
        {
            return present;
        }

        var fresh = open();
        if (Interlocked.CompareExchange(ref detector, fresh, null) is not { } others)
        {
            return fresh;
        }

        (fresh as IDisposable)?.Dispose();
        return others;
    }
}
