using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>A stored verdict, judged once more.</summary>
/// <param name="Kept">The row as it is kept.</param>
/// <param name="Before">What was decided; null when the row cannot be read as a verdict of this gate.</param>
/// <param name="After">What comes out now; null together with <paramref name="Before"/>.</param>
public sealed record ReplayedVerdict(StoredVerdict Kept, Verdict? Before, Verdict? After)
{
    /// <summary>Everything comes out as it was kept, to the last bit: id, evidence, findings, and the columns beside them.</summary>
    public bool IsSame => After is not null && After.Id == Kept.Id && Kept.AgreesWith(After) && Evidence.Write(After).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(Kept.Evidence));

    /// <summary>The outcome, or what was found and by which rule, is another.</summary>
    public bool IsDecidedOtherwise => Before is null || After is null || Before.Outcome != After.Outcome || !Decisive(Before).SetEquals(Decisive(After));

    private static HashSet<(string Rule, string Clause, Outcome Outcome)> Decisive(Verdict verdict) => [.. verdict.Findings.Select(found => (found.Rule, found.Clause, found.Outcome))];
}

/// <summary>Judges stored verdicts again, one after the other, so that memory does not grow with their number.</summary>
public sealed class VerdictReplay(GateDb db, VerdictStore store, RuleList rules)
{
    /// <summary>Every stored verdict, oldest first, under the protocol and the rules that it names itself.</summary>
    public async IAsyncEnumerable<ReplayedVerdict> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var kept = await db.Protocols.AsNoTracking().ToDictionaryAsync(protocol => protocol.Version, cancellationToken);
        var protocols = new Dictionary<string, Protocol>();
        await foreach (var stored in Stored.WithCancellation(cancellationToken))
        {
            yield return Replay(stored, verdict =>
            {
                if (!protocols.TryGetValue(verdict.ProtocolVersion, out var protocol))
                {
                    protocols[verdict.ProtocolVersion] = protocol = ProtocolReader.ParseKept(kept[verdict.ProtocolVersion].Yaml, verdict.ProtocolVersion);
                }

                return Verdict.Of(verdict.Facts, protocol, rules.Only(verdict.Rules));
            });
        }
    }

    /// <summary>
    /// Every stored verdict, oldest first, under another protocol and the rules of today. The facts stay those that were kept: the answers
    /// of that day, as they were looked up then.
    /// </summary>
    public async IAsyncEnumerable<ReplayedVerdict> UnderAsync(Protocol protocol, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var stored in Stored.WithCancellation(cancellationToken))
        {
            yield return Replay(stored, verdict => Verdict.Of(verdict.Facts, protocol, rules));
        }
    }

    /// <summary>The one stored verdict whose id begins so, under another protocol; null when there is none, or more than one.</summary>
    public async Task<ReplayedVerdict?> UnderAsync(string id, Protocol protocol, CancellationToken cancellationToken) =>
        await store.FindStoredAsync(id, cancellationToken) is { ErasedAt: null } stored ? Replay(stored, verdict => Verdict.Of(verdict.Facts, protocol, rules)) : null;

    /// <summary>How many verdicts cannot be judged again, since their evidence was erased with the data of a person.</summary>
    public Task<int> ErasedAsync(CancellationToken cancellationToken) => db.Verdicts.CountAsync(verdict => verdict.Evidence.StartsWith(StoredVerdict.ErasedMark), cancellationToken);

    private IAsyncEnumerable<StoredVerdict> Stored => db.Verdicts.AsNoTracking().Where(verdict => !verdict.Evidence.StartsWith(StoredVerdict.ErasedMark)).OrderBy(verdict => verdict.DecidedAt).ThenBy(verdict => verdict.Id).AsAsyncEnumerable();

    private static ReplayedVerdict Replay(StoredVerdict stored, Func<Verdict, Verdict> judge)
    {
        try
        {
            var before = Evidence.Read(stored.Evidence) with { Id = stored.Id };
            return new ReplayedVerdict(stored, before, judge(before));
        }
#pragma warning disable CA1031 // Evidence that somebody tampered with may break anything; it must be told of, and must not hide the others.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new ReplayedVerdict(stored, null, null);
        }
    }
}
