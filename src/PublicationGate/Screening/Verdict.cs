using System.Security.Cryptography;
using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>What the gate decided of one photo, with everything that the decision was made from.</summary>
public sealed record Verdict : ILogged
{
    LogIds ILogged.LogIds => new() { ["verdict"] = Id, ["outcome"] = Outcome };

    /// <summary>
    /// The first 16 hexadecimal digits of the SHA-256 of facts, protocol version, rules and findings: the same decision from the same
    /// evidence has the same id.
    /// </summary>
    public required string Id { get; init; }

    /// <summary><see cref="OutcomeOf"/> the findings.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Everything that was found against releasing the photo, in the order of the rules.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The facts that were judged.</summary>
    public required PhotoFacts Facts { get; init; }

    /// <summary>Version of the protocol file.</summary>
    public required string ProtocolVersion { get; init; }

    /// <summary>Codes of the rules that ran.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Judges facts under a protocol.</summary>
    public static Verdict Of(PhotoFacts facts, Protocol protocol, RuleList rules)
    {
        var findings = rules.Judge(facts, protocol);
        var verdict = new Verdict
        {
            Id = "",
            Outcome = OutcomeOf(facts, findings),
            Findings = findings,
            Facts = facts,
            ProtocolVersion = protocol.Version,
            Rules = rules.Codes,
        };
        return verdict with { Id = verdict.ComputeId() };
    }

    /// <summary>The worst of the findings that no reviewer settled.</summary>
    public static Outcome OutcomeOf(PhotoFacts facts, IEnumerable<Finding> findings) =>
        RuleList.Worst(facts is { Review: { } review, IsLookedUp: true } ? findings.Where(finding => !review.Settles(finding)) : findings);

    /// <summary>The id that this verdict must have; another one than <see cref="Id"/> when something of it was changed since.</summary>
    public string ComputeId() => Convert.ToHexStringLower(SHA256.HashData(Evidence.Write(this with { Id = "" })))[..16];
}
