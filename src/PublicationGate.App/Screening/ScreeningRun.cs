using System.Diagnostics;
using System.Runtime.CompilerServices;
using MediatR;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Screening;

namespace PublicationGate.App.Screening;

/// <summary>One photo of a run, screened.</summary>
/// <param name="Path">As the person gave it.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Elapsed">Time from opening the file to the verdict.</param>
internal sealed record ScreenedPhoto(string Path, Verdict Verdict, TimeSpan Elapsed);

/// <summary>Screens a list of photos, several at once, and hands out the verdicts in the order of the list.</summary>
/// <param name="services">The gate.</param>
/// <param name="overlays">Folder for copies with the faces marked; null for none.</param>
internal sealed class ScreeningRun(IServiceProvider services, DirectoryInfo? overlays)
{
    /// <summary>The verdicts, one photo a core at once. Memory does not grow with the list: at most twice as many photos are under way.</summary>
    public async IAsyncEnumerable<ScreenedPhoto> ScreenAsync(IReadOnlyList<FoundPhoto> photos, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var cores = new SemaphoreSlim(Environment.ProcessorCount);
        var underWay = new Queue<Task<ScreenedPhoto>>();
        try
        {
            foreach (var photo in photos)
            {
                if (underWay.Count >= Environment.ProcessorCount * 2)
                {
                    yield return await underWay.Dequeue();
                }

                cancellationToken.ThrowIfCancellationRequested();
                underWay.Enqueue(Task.Run(() => ScreenOneAsync(photo, cores, cancellationToken), cancellationToken));
            }

            while (underWay.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
        finally
        {
            // After a failure or Ctrl-C: the photos under way still use the gate and must end before it is closed.
            await Task.WhenAll(underWay).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<ScreenedPhoto> ScreenOneAsync(FoundPhoto photo, SemaphoreSlim cores, CancellationToken cancellationToken)
    {
        await cores.WaitAsync(cancellationToken);
        try
        {
            var start = Stopwatch.GetTimestamp();
            await using var scope = services.CreateAsyncScope();
            using var file = await MediaFile.ReadAsync(photo.Path, photo.ShownPath, scope.ServiceProvider.GetRequiredService<IntakeOptions>(), cancellationToken);
            var verdict = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ScreenSubmission(file, photo.Declaration), cancellationToken);
            if (overlays is not null && verdict.Facts is { Image: { } header, Faces: { Known: true } faces })
            {
                FaceOverlay.Write(services.GetRequiredService<IImageDecoder>(), file.Content, header, faces, OverlayPath(photo.ShownPath));
            }

            return new ScreenedPhoto(photo.ShownPath, verdict, Stopwatch.GetElapsedTime(start));
        }
        finally
        {
            cores.Release();
        }
    }

    // Below the overlay folder stands the photo's path as given, without what would lead out of it.
    private string OverlayPath(string shownPath)
    {
        var parts = shownPath.Split(['/', '\\', ':'], StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ("." or ".."));
        var path = Path.Combine([overlays!.FullName, .. parts]);
        return Path.GetExtension(path).Equals(".jpg", StringComparison.OrdinalIgnoreCase) ? path : path + ".jpg";
    }
}
