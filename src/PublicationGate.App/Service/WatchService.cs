using PublicationGate.Watching;

namespace PublicationGate.App.Service;

/// <summary>Has the folder watch work beside the pages: it screens what comes in by every way, and looks into folders where there are any.</summary>
internal sealed class WatchService(IServiceProvider services, FolderWatchOptions options, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private volatile WatchState? state;
    private Task running = Task.CompletedTask;

    /// <summary>How the watch stood a second ago; null when it has not said so yet, or works no longer.</summary>
    public WatchState? State => running.IsCompleted ? null : state;

    /// <summary>What ended the watch before it was asked to; null for nothing.</summary>
    public Exception? Failure => running.IsFaulted ? running.Exception.InnerException : null;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        running = new FolderWatch(services, options) { Told = told => state = told }.RunAsync(stop.Token);
        // Whoever is refused the data folder is refused at once.
        if (running.IsCompleted)
        {
            await running;
        }

        // By half is worse than not at all: a service manager starts it anew.
        _ = running.ContinueWith(_ => lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();
}
