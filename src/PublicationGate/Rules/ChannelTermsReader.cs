using System.Globalization;
using System.Text.RegularExpressions;
using PublicationGate.Consent;
using PublicationGate.Imaging;

namespace PublicationGate.Rules;

/// <summary>Reads the terms of one channel of a protocol file.</summary>
public static partial class ChannelTermsReader
{
    /// <summary>Platforms of others, on which a school shares pictures under their conditions: they ship shut, and opening takes a recorded agreement.</summary>
    public static IReadOnlyList<string> SocialMedia { get; } = ["facebook", "instagram", "x", "youtube", "linkedin", "whatsapp"];

    /// <summary>The keys that every channel has.</summary>
    public static IReadOnlyList<string> Required { get; } = ["audience", "open"];

    /// <summary>The keys that a channel may have.</summary>
    public static IReadOnlyList<string> Optional { get; } = ["kinds", "minimum-group", "portrait", "names", "accounts", "consent", "reminder", "agreement", "copy"];

    /// <summary>The keys of an agreement, all of them needed.</summary>
    public static IReadOnlyList<string> OfAgreement { get; } = ["by", "on", "text"];

    /// <summary>The keys of a copy, none of them needed.</summary>
    public static IReadOnlyList<string> OfCopy { get; } = ["long-side", "quality"];

    // Smaller than a phone's screen nobody posts, and larger than a poster nobody needs; below half the quality faces turn into blocks.
    private const int ShortestLongSide = 320;
    private const int LongestLongSide = 8192;
    private const int LowestQuality = 50;
    private const int HighestQuality = 100;

    /// <summary>The words for media that a channel may take, in the order of <see cref="MediaKind"/>.</summary>
    public static IReadOnlyDictionary<string, MediaKind> Kinds { get; } =
        new Dictionary<string, MediaKind> { ["photo"] = MediaKind.Photo, ["film"] = MediaKind.Film, ["sound"] = MediaKind.Sound };

    /// <summary>The words for names allowed, strictest first.</summary>
    public static IReadOnlyDictionary<string, NamesAllowed> Names { get; } = new Dictionary<string, NamesAllowed>
    {
        ["none"] = NamesAllowed.None, ["with-permission"] = NamesAllowed.WithPermission, ["first-names"] = NamesAllowed.FirstNames,
    };

    /// <summary>The terms in <paramref name="section"/>.</summary>
    /// <param name="section">The keys of the channel.</param>
    /// <param name="needsAgreement">Open is a mistake without an agreement.</param>
    internal static ChannelTerms Read(ProtocolSection section, bool needsAgreement)
    {
        section.Expect(Required, Optional);
        var isOpen = section.Choice("open", ["yes", "no"]) == "yes";
        if (isOpen && needsAgreement && !section.Has("agreement"))
        {
            section.Refuse("open", "protocol.agreement-needed");
        }

        var (lifetime, accounts) = (ReadLifetime(section), section.Texts("accounts").Select(AccountName.Fold).Distinct().ToList());
        if (accounts.Contains(""))
        {
            section.Refuse("accounts", "protocol.text");
        }

        return new ChannelTerms
        {
            IsPublic = section.Choice("audience", ["public", "closed"]) != "closed",
            IsOpen = isOpen,
            Kinds = section.Has("kinds") ? [.. section.Choices("kinds", [.. Kinds.Keys]).Select(kind => Kinds[kind]).Order()] : [.. Kinds.Values],
            MinimumGroup = section.Has("minimum-group") ? section.WholeNumber("minimum-group", ProtocolReader.SmallestGroup, ProtocolReader.LargestGroup) : null,
            AllowsPortraits = section.Choice("portrait", ["with-permission", "never"]) != "never",
            Names = section.Has("names") ? Names.GetValueOrDefault(section.Choice("names", [.. Names.Keys])) : NamesAllowed.FirstNames,
            Accounts = accounts,
            ConsentLifetime = lifetime ?? ConsentLifetime.Unlimited,
            Reminder = ReadReminder(section, lifetime),
            Copy = section.Has("copy") ? ReadCopy(section.Section("copy")) : new(),
            Agreement = section.Has("agreement") ? ReadAgreement(section.Section("agreement")) : null,
        };
    }

    // Null where it holds a mistake.
    private static ConsentLifetime? ReadLifetime(ProtocolSection section)
    {
        switch (section.OptionalText("consent"))
        {
            case "unlimited":
            case null when !section.Has("consent"):
                return ConsentLifetime.Unlimited;
            case null or "":
                return null;
            case "school-year":
                return new ConsentLifetime(ConsentLifetimeKind.SchoolYear);
            case var text when Period(text, Months(), 120) is { } months:
                return new ConsentLifetime(ConsentLifetimeKind.Months, months);
            default:
                section.Refuse("consent", "protocol.lifetime");
                return null;
        }
    }

    private static int? ReadReminder(ProtocolSection section, ConsentLifetime? lifetime)
    {
        if (section.OptionalText("reminder") is not { Length: > 0 } text)
        {
            return null;
        }

        if (Period(text, Days(), 365) is not { } days)
        {
            section.Refuse("reminder", "protocol.reminder");
            return null;
        }

        if (lifetime?.Kind == ConsentLifetimeKind.Unlimited)
        {
            section.Refuse("reminder", "protocol.reminder-without-end");
        }

        return days;
    }

    private static CleanCopyOptions ReadCopy(ProtocolSection section)
    {
        section.Expect([], OfCopy);
        var copy = new CleanCopyOptions();
        return copy with
        {
            LongSide = section.Has("long-side") ? section.WholeNumber("long-side", ShortestLongSide, LongestLongSide) : copy.LongSide,
            Quality = section.Has("quality") ? section.WholeNumber("quality", LowestQuality, HighestQuality) : copy.Quality,
        };
    }

    private static PlatformAgreement ReadAgreement(ProtocolSection section)
    {
        section.Expect(OfAgreement);
        return new PlatformAgreement(section.Text("by"), section.Date("on"), section.Text("text"));
    }

    private static int? Period(string text, Regex pattern, int most) =>
        pattern.Match(text) is { Success: true } match && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1 && number <= most ? number : null;

    [GeneratedRegex(@"^(\d{1,4}) months?$", RegexOptions.CultureInvariant)]
    private static partial Regex Months();

    [GeneratedRegex(@"^(\d{1,4}) days?$", RegexOptions.CultureInvariant)]
    private static partial Regex Days();
}
