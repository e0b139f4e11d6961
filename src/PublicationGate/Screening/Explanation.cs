using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>A verdict clause by clause: what was asked, what was found, what would change it.</summary>
/// <param name="Clauses">The clauses against which something was found, in the order of the findings.</param>
/// <param name="Met">Ids of the other clauses that were looked at, in the order of the protocol.</param>
/// <param name="ApprovedWhen">The fewest changes that make it approved, each entry one way; empty when approved already, or when none is known.</param>
public sealed record Explanation(IReadOnlyList<ExplainedClause> Clauses, IReadOnlyList<string> Met, IReadOnlyList<IReadOnlyList<Text>> ApprovedWhen)
{
    /// <summary>Explains a verdict under the protocol that it was made under.</summary>
    public static Explanation Of(Verdict verdict, Protocol protocol, RuleList rules)
    {
        var waysOut = new WaysOut(verdict.Facts, protocol, rules);
        var clauses = verdict.Findings.GroupBy(finding => finding.Clause)
            .Select(found => new ExplainedClause(found.Key, AskedBy(found.Key, protocol), [.. found.Select(finding => new ExplainedFinding(finding.Rule, finding.Outcome, finding.Reason, waysOut.Of(finding)))]))
            .ToList();
        var looked = rules.Only(verdict.Rules).Rules.SelectMany(rule => rule.Clauses).ToHashSet();
        var met = Clause.All.Select(clause => clause.Id).Where(id => looked.Contains(id) && clauses.All(clause => clause.Clause != id)).ToList();
        return new Explanation(clauses, met, verdict.Findings.Count == 0 ? [] : waysOut.ToApproval());
    }

    // A verdict that was tampered with, or is of another version of the gate, may name a clause that this one does not know.
    private static Text AskedBy(string clause, Protocol protocol) => Clause.All.Any(known => known.Id == clause) ? protocol.ShortTextOf(clause) : new Text("?", "?");
}

/// <summary>One clause against which something was found.</summary>
/// <param name="Clause">Its id.</param>
/// <param name="Asked">What it asks, in a sentence.</param>
/// <param name="Findings">What was found.</param>
public sealed record ExplainedClause(string Clause, Text Asked, IReadOnlyList<ExplainedFinding> Findings);

/// <summary>One finding, and what would take it away.</summary>
/// <param name="Rule">Code of the rule.</param>
/// <param name="Outcome">Held or rejected.</param>
/// <param name="Found">What was found.</param>
/// <param name="WaysOut">Changes each of which takes this finding away; empty when none is known that the gate could try.</param>
public sealed record ExplainedFinding(string Rule, Outcome Outcome, Text Found, IReadOnlyList<Text> WaysOut);
