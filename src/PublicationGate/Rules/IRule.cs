namespace PublicationGate.Rules;

/// <summary>One requirement that a good photo meets. A rule is a pure function: no I/O, no clock, no state.</summary>
public interface IRule
{
    /// <summary>The requirement in kebab-case; unique among all rules.</summary>
    string Code { get; }

    /// <summary>Ids of the clauses that it carries out, most telling first: every finding names one of them. See <see cref="Clause.All"/>.</summary>
    IReadOnlyList<string> Clauses { get; }

    /// <summary>What stands against releasing the photo; empty when the requirement is met.</summary>
    IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol);
}
