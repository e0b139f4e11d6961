using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PublicationGate.Data;
using PublicationGate.Imaging.Apart;
using PublicationGate.Intake;
using PublicationGate.Publishing;

namespace PublicationGate.Watching;

/// <summary>Tells failures of the machine, which pass and are no photo's fault, from others.</summary>
internal static partial class WatchFailure
{
    public const string Store = "store";
    public const string Database = "database";
    public const string Results = "results";
    public const string Decoder = "decoder";
    public const string Copies = "copies";

    /// <summary>Which part of the gate failed, and what to say of it; null when it was the photo.</summary>
    public static (string Part, Text Problem)? Of(Exception failure) => failure switch
    {
        ContentStoreException { Problem: ContentStoreProblem.Missing or ContentStoreProblem.Damaged } => null,
        ContentStoreException store => (Store, store.Reason),
        ResultNotPlacedException result => (Results, result.Reason),
        GateDatabaseException database => (Database, database.Reason),
        DecoderUnavailableException => (Decoder, Texts.Get("watch.decoder")),
        DbException or DbUpdateException => (Database, Texts.Get("watch.database", ("detail", DatabaseFailure.NameOf(failure)))),
        _ when DatabaseFailure.IsPassing(failure) => (Database, Texts.Get("watch.database", ("detail", DatabaseFailure.NameOf(failure)))),
        _ => null,
    };

    // Where it happened is enough to find the fault.
    [LoggerMessage(Level = LogLevel.Error, Message = "The part {Part} {Name} failed by {Failure} and tries again {Where}")]
    public static partial void LogFailed(ILogger log, string part, string name, string failure, string? where);
}
