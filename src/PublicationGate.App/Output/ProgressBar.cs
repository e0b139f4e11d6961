using Spectre.Console;

namespace PublicationGate.App.Output;

/// <summary>A progress bar on standard error, so that standard output holds answers only; nothing where that is no terminal.</summary>
internal sealed class ProgressBar : IProgress<long>, IDisposable
{
    private readonly TaskCompletionSource finished = new();
    private readonly Task? drawing;
    private ProgressTask? task;

    public ProgressBar(long total, string label)
    {
        if (Console.IsErrorRedirected || total == 0)
        {
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var ready = new TaskCompletionSource();
        drawing = console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                task = context.AddTask(label, maxValue: total);
                ready.SetResult();
                await finished.Task;
            });
        ready.Task.Wait();
    }

    /// <summary>One more is done.</summary>
    public void Advance() => task?.Increment(1);

    /// <summary>So much of the total is done.</summary>
    public void Report(long value)
    {
        if (task is not null)
        {
            task.Value = value;
        }
    }

    /// <summary>Clears the bar; may be called twice.</summary>
    public void Dispose()
    {
        finished.TrySetResult();
        drawing?.Wait();
    }
}
