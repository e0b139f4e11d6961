using MediatR;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Judges the evidence of a stored verdict once more, under the protocol and the rules it was made under.</summary>
/// <param name="Id">Id of the verdict.</param>
public sealed record ReplayVerdict(string Id) : IRequest<ReplayResult?>;

/// <summary>A stored verdict and what the gate decides from its evidence now.</summary>
/// <param name="Stored">As it was kept.</param>
/// <param name="Replayed">As it comes out now.</param>
public sealed record ReplayResult(Verdict Stored, Verdict Replayed)
{
    /// <summary>
    /// True when evidence, rules and findings give the id under which the verdict was kept. Anything else means that the rules, or the
    /// stored evidence, have changed.
    /// </summary>
    public bool IsSame => Stored.Id == Replayed.Id && Stored.Id == Stored.ComputeId();
}

internal sealed class ReplayVerdictHandler(VerdictStore store, RuleList rules) : IRequestHandler<ReplayVerdict, ReplayResult?>
{
    public async Task<ReplayResult?> Handle(ReplayVerdict request, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(request.Id, cancellationToken) is not { Verdict: var stored })
        {
            return null;
        }

        var protocol = await store.ProtocolAsync(stored.ProtocolVersion, cancellationToken);
        return new ReplayResult(stored, Verdict.Of(stored.Facts, protocol, rules.Only(stored.Rules)));
    }
}
