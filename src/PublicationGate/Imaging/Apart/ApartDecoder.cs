using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using PublicationGate.Intake;

namespace PublicationGate.Imaging.Apart;

/// <summary>
/// Decodes in processes of their own, a few that are used again and again. Each has a limit of memory, processor time and time; one that is
/// ended, by a limit or by itself, costs its own photo and is replaced when the next one comes. Safe for concurrent use.
/// </summary>
public sealed partial class ApartDecoder : IImageDecoder, IDisposable
{
    private readonly DecoderProgram program;
    private readonly ImageLimits limits;
    private readonly ApartOptions options;
    private readonly ILogger logger;
    private readonly SemaphoreSlim room;
    private readonly ConcurrentStack<DecoderProcess> idle = [];
    private readonly ConcurrentDictionary<DecoderProcess, bool> all = [];
    private volatile bool isClosed;

    /// <summary>Nothing is started yet.</summary>
    /// <param name="program">What to start.</param>
    /// <param name="limits">How large a picture may be.</param>
    /// <param name="options">What decoding it may cost.</param>
    /// <param name="logger">Hears of processes that ended.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public ApartDecoder(DecoderProgram program, ImageLimits limits, ApartOptions options, ILogger<ApartDecoder> logger)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (this.program, this.limits, this.options, this.logger, room) = (program, limits, options, logger, new SemaphoreSlim(options.Processes));
    }

    /// <summary>The processes that are there now, busy or not.</summary>
    internal IReadOnlyCollection<int> ProcessIds => [.. all.Keys.Where(child => child.IsAlive).Select(child => child.Id)];

    /// <inheritdoc/>
    public IOpenImage Open(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => OpenApart(content, cancellationToken);

    /// <inheritdoc/>
    public MetadataFacts ReadSidecar(Sidecar sidecar, CancellationToken cancellationToken)
    {
        try
        {
            using var opened = sidecar.Content is { } content ? OpenApart(content, cancellationToken) : null;
            return opened?.ReadSidecar() ?? new MetadataFacts { Known = false };
        }
        catch (UnreadableImageException)
        {
            return new MetadataFacts { Known = false };
        }
    }

    /// <summary>Ends all processes; whatever is being decoded fails.</summary>
    public void Dispose()
    {
        isClosed = true;
        foreach (var child in all.Keys)
        {
            child.Kill(DecoderEnd.Unneeded);
        }

        while (idle.TryPop(out var child))
        {
            Forget(child);
        }
    }

    private ImageApart OpenApart(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (child, isNew) = Take(cancellationToken);
            var image = new ImageApart(child, limits, options, GiveBack, cancellationToken);
            try
            {
                image.Send(content);
                return image;
            }
            catch (UnreadableImageException) when (!isNew)
            {
                // It had ended while nobody used it, and has seen nothing of this photo.
            }
        }
    }

    private (DecoderProcess Child, bool IsNew) Take(CancellationToken cancellationToken)
    {
        room.Wait(cancellationToken);
        try
        {
            while (idle.TryPop(out var child))
            {
                if (child.IsAlive)
                {
                    return (child, false);
                }

                Ended(child);
            }

            var started = DecoderProcess.Start(program, limits, options);
            all[started] = true;
            if (isClosed)
            {
                started.Kill(DecoderEnd.Unneeded);
            }

            return (started, true);
        }
        catch
        {
            room.Release();
            throw;
        }
    }

    private DecoderEnd GiveBack(DecoderProcess child, bool hasEnded)
    {
        try
        {
            if (!hasEnded && child.IsAlive && !isClosed)
            {
                idle.Push(child);
                return DecoderEnd.Unneeded;
            }

            return Ended(child);
        }
        finally
        {
            room.Release();
        }
    }

    private DecoderEnd Ended(DecoderProcess child)
    {
        var why = child.WhyEnded();
        Forget(child);
        if (why != DecoderEnd.Unneeded)
        {
            var reason = why.ToString().ToLowerInvariant();
            GateMetrics.DecoderKills.Add(1, new KeyValuePair<string, object?>("reason", reason));
            LogEnded(logger, reason);
        }

        return why;
    }

    private void Forget(DecoderProcess child)
    {
        all.TryRemove(child, out _);
        child.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A process that decodes was ended ({Reason}); its photo is held or tried again")]
    private static partial void LogEnded(ILogger logger, string reason);
}
