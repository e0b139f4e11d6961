using PublicationGate.Consent;

namespace PublicationGate.App.Pages;

/// <summary>How a group is written in the address of its pages: "groep 3/4" is common, and a stroke would end that part of the address.</summary>
internal static class GroupAddress
{
    private const string WithoutGroup = "-";

    /// <summary>The address of a group's page.</summary>
    public static string Of(string group) => "/register/groups/" + Uri.EscapeDataString(Part(group));

    /// <summary>The address of a group's card.</summary>
    public static string OfCard(string group) => Of(group) + "/card";

    /// <summary>The address of the page with the links of a group's parents.</summary>
    public static string OfLinks(string group) => Of(group) + "/links";

    /// <summary>The group of the register that an address means; null for none.</summary>
    public static string? Find(RegisterCounts counts, string part) => counts.Groups.Select(group => group.Group).FirstOrDefault(group => NameFolding.Fold(Part(group)) == NameFolding.Fold(part));

    private static string Part(string group) => group.Length == 0 ? WithoutGroup : group.Replace('/', '~');
}
