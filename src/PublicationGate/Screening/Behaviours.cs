using System.Data.Common;
using System.Diagnostics;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PublicationGate.Audit;
using PublicationGate.Data;

namespace PublicationGate.Screening;

/// <summary>Logs what was asked and how it ended, by kind of request only: contents hold names.</summary>
internal sealed partial class LoggingBehaviour<TRequest, TResponse>(ILogger<TRequest> logger) : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        using var about = logger.BeginScope((request as ILogged)?.LogIds ?? []);
        try
        {
            var response = await next();
            using var answer = logger.BeginScope((response as ILogged)?.LogIds ?? []);
            LogDone(logger, response is ILogged ? LogLevel.Information : LogLevel.Debug, typeof(TRequest).Name);
            return response;
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not IRefusal)
        {
            // A full disk fails every photo under way; the entrance says so once, with what to do.
            if (DiskFailure.ReasonOf(failure) is null)
            {
                // Messages of other exceptions may hold what they are about: paths, and so names of files and pupils, or pieces of evidence.
                LogFailed(logger, typeof(TRequest).Name, failure.GetType().Name, failure.GetBaseException() is DbException database ? database.Message : failure.GetBaseException().GetType().Name);
            }

            LogDetails(logger, failure.StackTrace ?? "");
            throw;
        }
    }

    [LoggerMessage(Message = "{Request} done")]
    private static partial void LogDone(ILogger logger, LogLevel level, string request);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Request} failed: {Failure} ({Detail})")]
    private static partial void LogFailed(ILogger logger, string request, string failure, string detail);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Where it failed: {Trace}")]
    private static partial void LogDetails(ILogger logger, string trace);
}

/// <summary>Measures how long each kind of request takes.</summary>
internal sealed class TimingBehaviour<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await next();
        }
        finally
        {
            GateMetrics.RequestSeconds.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("request", typeof(TRequest).Name));
        }
    }
}

/// <summary>Saves what a request changed, all of it or nothing. Where the database is away meanwhile, it waits and handles the request anew.</summary>
internal sealed class UnitOfWorkBehaviour<TRequest, TResponse>(GateDb db, DatabaseWait wait, AuditTrail trail) : IPipelineBehavior<TRequest, TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) => wait.OutliveAsync(
        async () =>
        {
            db.ChangeTracker.Clear();
            var response = await next();
            await SaveAsync(cancellationToken);
            return response;
        },
        cancellationToken);

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await SaveOnceAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException) when (db.ChangeTracker.HasChanges())
            {
                // Numbered anew at the next try.
                db.ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).ToList().ForEach(entry => entry.State = EntityState.Detached);
                // Keys come from content: two threads that look at the same photo, or first use a protocol, add the same row at once.
                if (await DropWhatOthersAddedAsync(cancellationToken) == 0)
                {
                    throw;
                }
            }
        }
    }

    // With the audit entries of new verdicts, for which writers stand in line; so the line is joined last, when nothing but rows is to be written.
    private async Task SaveOnceAsync(CancellationToken cancellationToken)
    {
        var verdicts = db.ChangeTracker.Entries<StoredVerdict>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).ToList();
        await using var transaction = verdicts.Count > 0 && db.Database.CurrentTransaction is null ? await db.BeginWriteAsync(cancellationToken) : null;
        foreach (var verdict in verdicts)
        {
            await trail.AppendAsync(db, AuditKinds.VerdictKept, verdict.Id, DetailsOf(verdict), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }
    }

#pragma warning disable CA1308 // Outcomes are written in lower case everywhere.
    private static Dictionary<string, string> DetailsOf(StoredVerdict verdict) => new() { ["outcome"] = verdict.Outcome.ToString().ToLowerInvariant(), ["protocol"] = verdict.ProtocolVersion };
#pragma warning restore CA1308

    private async Task<int> DropWhatOthersAddedAsync(CancellationToken cancellationToken)
    {
        var dropped = 0;
        foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.State == EntityState.Added).ToList())
        {
            if (await entry.GetDatabaseValuesAsync(cancellationToken) is not null)
            {
                entry.State = EntityState.Detached;
                dropped++;
            }
        }

        return dropped;
    }
}
