using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>A detector that fails one photo at a time.</summary>
public class RecoveringDetectorTests
{
    private static readonly FaceBox Face = new(0, 0, 9, 9, 0.9f);
    private readonly List<FakeDetector> opened = [];
    private PixelImage picture = null!;

    [SetUp]
    public void MakePicture()
    {
        picture = Pictures.Plain(32, 32);
        opened.Clear();
    }

    [TearDown]
    public void DisposePicture() => picture.Dispose();

    [Test]
    public void Opens_its_detector_at_once_and_keeps_it()
    {
        using var detector = Recovering((_, _) => [Face]);
        Assert.That(opened, Has.Count.EqualTo(1), "before anything is looked at");
        detector.Detect(picture, default);
        Assert.That(detector.Detect(picture, default), Is.EqualTo(new[] { Face }));
        Assert.That(opened, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_model_that_cannot_be_opened_is_known_at_start() =>
        Assert.That(() => new RecoveringDetector(() => throw new InvalidDataException()), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void After_a_failure_the_next_photo_meets_a_fresh_one()
    {
        using var detector = Recovering((_, number) => number == 1 ? throw new InvalidOperationException("broken") : [Face]);
        Assert.That(() => detector.Detect(picture, default), Throws.InvalidOperationException.With.Message.EqualTo("broken"));
        Assert.That(detector.Detect(picture, default), Is.EqualTo(new[] { Face }));
        Assert.That(opened.Select(each => each.Seen.Count), Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public void Where_no_fresh_one_can_be_opened_each_photo_fails_and_a_later_one_is_seen()
    {
        var opens = 0;
        using var detector = new RecoveringDetector(() => ++opens switch
        {
            1 => new FakeDetector(_ => throw new InvalidOperationException("broken")),
            2 => throw new IOException("gone"),
            _ => FakeDetector.Sees(Face),
        });
        Assert.That(() => detector.Detect(picture, default), Throws.InvalidOperationException);
        Assert.That(() => detector.Detect(picture, default), Throws.InstanceOf<IOException>());
        Assert.That(detector.Detect(picture, default), Is.EqualTo(new[] { Face }));
    }

    [Test]
    public void A_run_that_takes_too_long_is_ended_and_the_next_photo_meets_a_fresh_one()
    {
        using var detector = Recovering((token, number) => number == 1 ? Stuck(token) : [Face], TimeSpan.FromMilliseconds(50));
        Assert.That(() => detector.Detect(picture, default), Throws.Exception);
        Assert.That(detector.Detect(picture, default), Is.EqualTo(new[] { Face }));
        Assert.That(opened, Has.Count.EqualTo(2));
    }

    [Test]
    public void Ten_seconds_is_the_longest_run() => Assert.That(RecoveringDetector.RunTimeout, Is.EqualTo(TimeSpan.FromSeconds(10)));

    [Test]
    public void Who_cancels_hears_of_a_cancellation_and_the_detector_is_kept([Values] bool inTheMiddle)
    {
        using var caller = new CancellationTokenSource();
        var isFirst = true;
        // As ONNX Runtime does: an ended run is an exception of its own.
        using var detector = Recovering((token, _) =>
        {
            if (isFirst)
            {
                isFirst = false;
                caller.Cancel();
                token.WaitHandle.WaitOne();
                throw new InvalidOperationException("terminated");
            }

            return [Face];
        });
        if (!inTheMiddle)
        {
            caller.Cancel();
        }

        Assert.That(() => detector.Detect(picture, caller.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(detector.Detect(picture, default), Is.EqualTo(new[] { Face }));
        Assert.That(opened, Has.Count.EqualTo(1));
    }

    [Test]
    public void Photos_side_by_side_share_one_fresh_detector()
    {
        using var detector = Recovering((_, number) => number == 1 ? throw new InvalidOperationException("broken") : [Face]);
        Assert.That(() => detector.Detect(picture, default), Throws.InvalidOperationException);

        Parallel.For(0, 64, new() { MaxDegreeOfParallelism = 8 }, _ => Assert.That(detector.Detect(picture, default), Has.Count.EqualTo(1)));

        var inUse = opened.Skip(1).Where(each => !each.IsDisposed).ToList();
        Assert.That(inUse, Has.Count.EqualTo(1), "whichever was opened beside it is given back");
        Assert.That(inUse[0].Seen, Has.Count.EqualTo(64));
    }

    [Test]
    public void One_failure_among_photos_side_by_side_drops_only_the_detector_that_failed()
    {
        using var bothRun = new Barrier(2);
        using var freshIsUsed = new ManualResetEventSlim();
        // Both photos run on the first one. It fails the first at once, and the second only when a fresh one is in use.
        var arrived = 0;
        using var detector = Recovering((_, number) =>
        {
            if (number > 1)
            {
                return [Face];
            }

            var isLate = Interlocked.Increment(ref arrived) == 2;
            bothRun.SignalAndWait();
            if (isLate)
            {
                freshIsUsed.Wait();
            }

            throw new InvalidOperationException("broken");
        });
        var photos = Enumerable.Range(0, 2).Select(_ => Task.Run(() => detector.Detect(picture, default))).ToArray();
        Assert.That(async () => await await Task.WhenAny(photos), Throws.InvalidOperationException);
        Assert.That(detector.Detect(picture, default), Has.Count.EqualTo(1));
        freshIsUsed.Set();
        Assert.That(async () => await Task.WhenAll(photos), Throws.InvalidOperationException);
        Assert.That(detector.Detect(picture, default), Has.Count.EqualTo(1));
        Assert.That(opened, Has.Count.EqualTo(2), "the late failure is not the fresh one's");
    }

    [Test]
    public void Disposes_the_detector_in_use()
    {
        Recovering((_, _) => []).Dispose();
        Assert.That(opened.Single().IsDisposed);
    }

    private RecoveringDetector Recovering(Func<CancellationToken, int, IReadOnlyList<FaceBox>> see, TimeSpan? timeout = null) => new(() =>
    {
        lock (opened)
        {
            var number = opened.Count + 1;
            opened.Add(new FakeDetector((_, token) => see(token, number)));
            return opened[^1];
        }
    }, timeout);

    private static IReadOnlyList<FaceBox> Stuck(CancellationToken token)
    {
        Assert.That(token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)), "the run is not ended");
        throw new InvalidOperationException("terminated");
    }
}
