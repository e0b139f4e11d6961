using MediatR;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>Judges the evidence of a stored verdict once more, under the protocol and the rules it was made under.</summary>
/// <param name="Id">Id of the verdict.</param>
public sealed record ReplayVerdict(string Id) : IRequest<ReplayResult?>;

/// <summary>A stored verdict and what the gate decides from its evidence now.</summary>
/// <param name="Stored">As it was kept.</param>
/// <param name="Replayed">As it comes out now.</param>
/// <param name="IsIntact">As in <see cref="FoundVerdict.IsIntact"/>.</param>
public sealed record ReplayResult(Verdict Stored, Verdict Replayed, bool IsIntact)
{
    /// <summary>
    /// True when evidence, rules and findings give the id under which the verdict was kept, and its row agrees. Anything else means that the
    /// rules, or what is stored, have changed.
    /// </summary>
    public bool IsSame => IsIntact && Stored.Id == Replayed.Id;
}

internal sealed class ReplayVerdictHandler(VerdictStore store, RuleList rules) : IRequestHandler<ReplayVerdict, ReplayResult?>
{
    public async Task<ReplayResult?> Handle(ReplayVerdict request, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(request.Id, cancellationToken) is not { Verdict: var stored, IsIntact: var isIntact })
        {
            return null;
        }

        var protocol = await store.ProtocolOfAsync(stored, cancellationToken);
        return new ReplayResult(stored, Verdict.Of(stored.Facts, protocol, rules.Only(stored.Rules)), isIntact);
    }
}
