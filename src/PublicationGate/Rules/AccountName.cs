using PublicationGate.Consent;

namespace PublicationGate.Rules;

/// <summary>Names of accounts, so that spellings of one name are equal.</summary>
public static class AccountName
{
    /// <summary>The name as names are compared, without the @ that people put before it.</summary>
    public static string Fold(string name) => NameFolding.Fold(name).Trim().TrimStart('@');
}
