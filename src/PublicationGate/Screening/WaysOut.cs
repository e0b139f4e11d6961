using PublicationGate.Rules;

namespace PublicationGate.Screening;

/// <summary>
/// What would change a verdict, found by trying: each possible change is made to the facts, and the rules judge again. Pure: it asks no
/// register, so that what it says of another channel names the consent that must be on record there.
/// </summary>
public sealed class WaysOut
{
    // Whoever must do more than three things at once takes another photo.
    private const int MostAtOnce = 3;
    private const int MostWays = 4;

    private readonly PhotoFacts photo;
    private readonly Protocol protocol;
    private readonly RuleList rules;
    private readonly IReadOnlyList<PossibleChange> changes;

    /// <summary>Tries what can be tried on these facts.</summary>
    public WaysOut(PhotoFacts photo, Protocol protocol, RuleList rules)
    {
        (this.photo, this.protocol, this.rules) = (photo, protocol, rules);
        changes = [.. PossibleChanges.Of(photo, protocol, rules)];
    }

    /// <summary>Changes each of which takes this finding away, whatever else is found; empty when none is known.</summary>
    public IReadOnlyList<Text> Of(Finding finding)
    {
        var before = rules.Judge(photo, protocol).Count(other => IsLike(other, finding));
        return Told(changes.Where(change => After([change]).All(found => !found.Contains(finding) && found.Count(other => IsLike(other, finding)) < before)).Select(change => new[] { change }))
            .Select(way => way[0]).ToList();
    }

    /// <summary>
    /// The fewest changes that make the photo approved: each entry is one way, of things to be done together. A way that depends on whose
    /// face is whose says so at its end. Empty when none is known.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<Text>> ToApproval()
    {
        for (var size = 1; size <= MostAtOnce; size++)
        {
            var approved = Sets(size, 0).ToLookup(way => HowOften(After(way).Select(found => found.Count == 0)));
            if (approved[Certainty.Always].Any() || approved[Certainty.Perhaps].Any())
            {
                return [.. Told(approved[Certainty.Always]).Take(MostWays), .. Told(approved[Certainty.Perhaps]).Take(MostWays).Select(Perhaps)];
            }
        }

        return [];
    }

    private enum Certainty
    {
        Never,
        Perhaps,
        Always,
    }

    private static Certainty HowOften(IEnumerable<bool> approved) =>
        approved.ToList() is var all && all.TrueForAll(isApproved => isApproved) ? Certainty.Always : all.Contains(true) ? Certainty.Perhaps : Certainty.Never;

    // Which face goes is not known, and with another one gone somebody may stand out.
    private static IReadOnlyList<Text> Perhaps(IReadOnlyList<Text> way) => [.. way, Texts.Get("way-out.perhaps")];

    private static bool IsLike(Finding one, Finding other) => one.Rule == other.Rule && one.Clause == other.Clause;

    private IEnumerable<IReadOnlyList<Finding>> After(IReadOnlyCollection<PossibleChange> made)
    {
        var after = made.Aggregate(protocol, (before, change) => change.OfProtocol(before));
        var photos = made.Aggregate<PossibleChange, IEnumerable<PhotoFacts>>([photo], (before, change) => before.SelectMany(change.OfPhoto));
        return photos.Select(changed => rules.Judge(changed, after));
    }

    private IEnumerable<PossibleChange[]> Sets(int size, int from)
    {
        if (size == 0)
        {
            return [[]];
        }

        return Enumerable.Range(from, changes.Count - from)
            .SelectMany(first => Sets(size - 1, first + 1).Where(rest => rest.All(other => other.Topic != changes[first].Topic)).Select(rest => (PossibleChange[])[changes[first], .. rest]));
    }

    // Ways that differ in nothing but the channel are one way with a choice of channels.
    private IEnumerable<IReadOnlyList<Text>> Told(IEnumerable<PossibleChange[]> ways) =>
        from way in ways
        let others = way.Where(change => change.Channel is null).Select(change => change.What).ToList()
        let channel = way.FirstOrDefault(change => change.Channel is not null)?.Channel
        let isAlone = channel is not null && PossibleChanges.NeedsPermissionAlone(photo, protocol, channel)
        group (others, channel) by (channel is not null, isAlone, string.Join('\n', others)) into alike
        let channels = alike.Select(way => way.channel).OfType<string>().ToList()
        select (IReadOnlyList<Text>)[.. channels.Count == 0 ? [] : new[] { PossibleChanges.ToChannels(channels, photo, protocol) }, .. alike.First().others];
}
