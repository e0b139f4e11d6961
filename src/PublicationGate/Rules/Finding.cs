using System.Security.Cryptography;
using System.Text;

namespace PublicationGate.Rules;

/// <summary>The three outcomes, mildest first: the worst of all findings decides.</summary>
public enum Outcome
{
    /// <summary>May be released.</summary>
    Approved,

    /// <summary>A person must look.</summary>
    Held,

    /// <summary>May not be released on this channel as it is.</summary>
    Rejected,
}

/// <summary>One thing that a rule found against releasing a photo.</summary>
/// <param name="Rule">Code of the rule.</param>
/// <param name="Clause">Id of the clause of the protocol, such as P4.</param>
/// <param name="Outcome">Held or rejected.</param>
/// <param name="Reason">A sentence for the person who uploaded: what was found and what to do.</param>
public sealed record Finding(string Rule, string Clause, Outcome Outcome, Text Reason)
{
    /// <summary>Tells this finding from others on the same photo: its rule, and the first 16 hexadecimal digits of the SHA-256 of its reason in Dutch.</summary>
    public string Key => $"{Rule}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Reason.Nl)))[..16]}";
}
