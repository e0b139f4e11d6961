using System.Globalization;
using PublicationGate.Consent;
using PublicationGate.Intake;

namespace PublicationGate.Rules;

/// <summary>One setting that differs between two protocols.</summary>
/// <param name="Key">As the file writes it, with dots: <c>channels.app.open</c>.</param>
/// <param name="Before">Value before; null when there was none.</param>
/// <param name="After">Value after; null when there is none.</param>
public sealed record SettingChange(string Key, string? Before, string? After);

/// <summary>What a protocol decides, one line a setting, in the words of the file: for people to read and to compare.</summary>
public static class ProtocolSettings
{
    /// <summary>Every setting with its value, in the order of the file; those that the file leaves out too.</summary>
    public static IReadOnlyList<(string Key, string Value)> Of(Protocol protocol) =>
    [
        ("school", protocol.School),
        ("consent-text", protocol.ConsentText ?? ""),
        ("minimum-group", Number(protocol.MinimumGroup)),
        ("dominant-face.times-next", Number(protocol.DominantFaceTimesNext)),
        ("dominant-face.share", Number(protocol.DominantFaceShare)),
        ("dominant-face.times-sharper", Number(protocol.DominantFaceTimesSharper)),
        .. Channels.All.SelectMany(channel => Of(protocol.TermsOf(channel)).Select(setting => ($"channels.{channel}.{setting.Key}", setting.Value))),
        .. Clause.All.Where(clause => protocol.Clauses.ContainsKey(clause.Id))
            .SelectMany(clause => new[] { ($"clauses.{clause.Id}.nl", protocol.Clauses[clause.Id].Nl), ($"clauses.{clause.Id}.en", protocol.Clauses[clause.Id].En) }),
        ("cameras", string.Join(", ", protocol.Cameras.Select(camera => camera.Folder ?? $"{camera.Make} {camera.Model} {camera.Serial}".TrimEnd()))),
        ("makers", string.Join(", ", protocol.Makers)),
        ("own-contacts", string.Join(", ", protocol.OwnContacts)),
        ("folder-names", string.Join(", ", protocol.FolderNames.Patterns)),
        ("round-channels", string.Join(", ", Channels.All.Where(protocol.WorksByRounds))),
        .. protocol.Retention.All.Select(term => ($"retention.{term.Key}", $"{term.Period}")),
    ];

    /// <summary>The settings of one channel.</summary>
    public static IReadOnlyList<(string Key, string Value)> Of(ChannelTerms terms) =>
    [
        ("audience", terms.IsPublic ? "public" : "closed"),
        ("open", terms.IsOpen ? "yes" : "no"),
        ("kinds", string.Join(", ", ChannelTermsReader.Kinds.Where(kind => terms.Kinds.Contains(kind.Value)).Select(kind => kind.Key))),
        ("minimum-group", terms.MinimumGroup is { } minimum ? Number(minimum) : ""),
        ("portrait", terms.AllowsPortraits ? "with-permission" : "never"),
        ("names", ChannelTermsReader.Names.First(names => names.Value == terms.Names).Key),
        ("accounts", string.Join(", ", terms.Accounts)),
        ("consent", Lifetime(terms.ConsentLifetime)),
        ("reminder", terms.Reminder is { } days ? $"{Number(days)} days" : ""),
        ("copy.long-side", Number(terms.Copy.LongSide)),
        ("copy.quality", Number(terms.Copy.Quality)),
        ("agreement", terms.Agreement is { } agreement ? $"{agreement.By}, {agreement.On:yyyy-MM-dd}: {agreement.Text}" : ""),
    ];

    /// <summary>What differs, in the order of the file.</summary>
    public static IReadOnlyList<SettingChange> Changes(Protocol from, Protocol to)
    {
        var (before, after) = (Of(from).ToDictionary(), Of(to).ToDictionary());
        return
        [
            .. Of(to).Select(setting => setting.Key).Concat(before.Keys.Where(key => !after.ContainsKey(key)))
                .Select(key => new SettingChange(key, before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
                .Where(change => change.Before != change.After),
        ];
    }

    private static string Lifetime(ConsentLifetime lifetime) => lifetime.Kind switch
    {
        ConsentLifetimeKind.SchoolYear => "school-year",
        ConsentLifetimeKind.Months => $"{Number(lifetime.Months)} months",
        _ => "unlimited",
    };

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
