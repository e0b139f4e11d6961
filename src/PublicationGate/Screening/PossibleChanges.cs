using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Rounds;
using PublicationGate.Rules;
using PublicationGate.Wording;

namespace PublicationGate.Screening;

/// <summary>
/// What people could do about a verdict, as far as it can be tried on the facts at hand. A recorded <em>no</em> stays a no: nobody is told
/// to ask again.
/// </summary>
internal static class PossibleChanges
{
    // Not places to post to but purposes of their own: nobody is told to move a photo there.
    private static readonly string[] Purposes = ["external-pr", "press", "tv", "information-evening", "class-photo", "training", "pupil-help", "research"];

    private static readonly string[] OriginsOfOthers = ["parent", "third-party", "repost"];

    public static IEnumerable<PossibleChange> Of(PhotoFacts photo, Protocol protocol, RuleList rules) =>
        ToOtherChannels(photo, protocol)
            .Concat(OfPeople(photo, protocol))
            .Concat(OfRounds(photo, protocol))
            .Concat(OfDeclaration(photo, protocol))
            .Concat(OfTexts(photo, protocol, rules))
            .Concat(OfPermissions(photo));

    /// <summary>The photo goes to one of these channels instead.</summary>
    public static Text ToChannels(IEnumerable<string> channels, PhotoFacts photo, Protocol protocol)
    {
        var ids = channels.ToList();
        var names = ids.Select(Texts.ChannelName).ToList();
        var key = photo.Consent.Pupils.Count == 0 ? "way-out.channel" : NeedsPermissionAlone(photo, protocol, ids[0]) ? "way-out.channel-alone" : "way-out.channel-group";
        var all = new Text(string.Join(" / ", names.Select(name => name.Nl)), string.Join(" / ", names.Select(name => name.En)));
        return Texts.Get(key, ("channels", all), ("names", FirstNames(photo.Consent.Pupils)));
    }

    /// <summary>On that channel each pupil would need permission to be shown alone.</summary>
    public static bool NeedsPermissionAlone(PhotoFacts photo, Protocol protocol, string channel) =>
        IndividualShot.Is(photo, protocol) || photo.PupilFaces < protocol.MinimumGroupOn(channel);

    // Where there is no yes here, the facts name the channels that have one. Where there is, nothing was asked of the others: the sentence
    // says what must be on record there.
    private static IEnumerable<PossibleChange> ToOtherChannels(PhotoFacts photo, Protocol protocol) =>
        from channel in Channels.All.Except(Purposes)
        where channel != photo.Declaration.Channel && protocol.TermsOf(channel).IsOpen
        let needsAlone = NeedsPermissionAlone(photo, protocol, channel)
        where photo.Consent.Pupils.All(pupil => needsAlone
            ? pupil.Individually == ConsentState.Yes || pupil.OtherChannelsAlone.Contains(channel)
            : pupil.InGroupPhoto == ConsentState.Yes || pupil.OtherChannels.Contains(channel))
        let alone = needsAlone ? ConsentState.Yes : ConsentState.Silent
        select new PossibleChange(ToChannels([channel], photo, protocol), "channel")
        {
            Channel = channel,
            OfPhoto = before => [before.WithPupils(pupil => pupil with { InGroupPhoto = ConsentState.Yes, Individually = alone }) with { Declaration = before.Declaration with { Channel = channel } }],
        };

    private static IEnumerable<PossibleChange> OfPeople(PhotoFacts photo, Protocol protocol)
    {
        var (pupils, channel) = (photo.Consent.Pupils, Texts.ChannelName(photo.Declaration.Channel));
        var isByRounds = photo.Rounds is not null && protocol.WorksByRounds(photo.Declaration.Channel);
        var blocked = pupils.Where(pupil => isByRounds ? pupil.InGroupPhoto == ConsentState.No || photo.Rounds!.AnswerOf(pupil.Key) == ConsentState.No : pupil.InGroupPhoto != ConsentState.Yes).ToList();
        if (blocked.Count > 0 && blocked.Count < pupils.Count)
        {
            yield return new(Texts.Get("way-out.leave-out", ("names", FirstNames(blocked))), "pupils") { OfPhoto = before => WithoutPupils(before, [.. blocked.Select(pupil => pupil.Key)]) };
        }

        var silent = pupils.Where(pupil => !isByRounds && pupil.InGroupPhoto == ConsentState.Silent).ToList();
        if (silent.Count > 0)
        {
            yield return new(Texts.Get("way-out.ask", ("names", FirstNames(silent)), ("channel", channel)), "pupils")
            {
                OfPhoto = before => [before.WithPupils(pupil => pupil.InGroupPhoto == ConsentState.Silent ? pupil with { InGroupPhoto = ConsentState.Yes } : pupil)],
            };
        }

        var silentAlone = pupils.Where(pupil => !isByRounds && pupil.Individually == ConsentState.Silent).ToList();
        if (silentAlone.Count > 0 && NeedsPermissionAlone(photo, protocol, photo.Declaration.Channel) && protocol.TermsOf(photo.Declaration.Channel).AllowsPortraits)
        {
            yield return new(Texts.Get("way-out.ask-alone", ("names", FirstNames(silentAlone)), ("channel", channel)), "alone")
            {
                OfPhoto = before => [before.WithPupils(pupil => pupil.Individually == ConsentState.Silent ? pupil with { Individually = ConsentState.Yes } : pupil)],
            };
        }

        var adults = photo.Consent.Adults.Where(adult => adult.Permission == ConsentState.Silent).ToList();
        if (adults.Count > 0)
        {
            yield return new(Texts.Get("way-out.ask-adults", ("names", string.Join(", ", adults.Select(adult => adult.FirstName)))), "adults")
            {
                OfPhoto = before => [before with { Consent = before.Consent with { Adults = [.. before.Consent.Adults.Select(adult => adult.Permission == ConsentState.Silent ? adult with { Permission = ConsentState.Yes } : adult)] } }],
            };
        }

        if (photo.Faces.Known && photo.Faces.Sure.Count - photo.DeclaredPeople is > 0 and var others)
        {
            yield return new(Texts.Get("way-out.name-adults", ("count", others)), "others")
            {
                OfPhoto = before => [before with { Declaration = before.Declaration with { AdultCount = before.Declaration.AdultCount + others } }],
            };
        }

        if (photo.Faces.Doubtful.Count > 0)
        {
            yield return new(Texts.Get("way-out.no-doubt", ("count", photo.Faces.Doubtful.Count)), "doubt") { OfPhoto = before => [before with { Faces = before.Faces with { Doubtful = [] } }] };
        }
    }

    private static IEnumerable<PossibleChange> OfRounds(PhotoFacts photo, Protocol protocol)
    {
        var (channel, seen) = (photo.Declaration.Channel, photo.Rounds);
        if (seen is not { Known: true } || !(protocol.WorksByRounds(channel) || photo.Declaration.Round is not null) || seen.Pupils.Any(pupil => pupil.Answer == ConsentState.No))
        {
            yield break;
        }

        var round = (seen.Round ?? new SeenRound(0, "", channel, RoundKind.Ask, ConsentScope.Group, RoundState.Closed, default)) with { State = RoundState.Closed, Channel = channel };
        yield return new(Texts.Get("way-out.round"), "round")
        {
            OfPhoto = before => [before with { Declaration = before.Declaration with { Round = round.Id }, Rounds = new() { Round = round, Pupils = [.. before.Consent.Pupils.Select(pupil => new PupilInRound(pupil.Key, ConsentState.Yes))] } }],
        };
    }

    private static IEnumerable<PossibleChange> OfDeclaration(PhotoFacts photo, Protocol protocol)
    {
        var (channel, terms) = (photo.Declaration.Channel, protocol.TermsOf(photo.Declaration.Channel));
        if (!terms.IsOpen)
        {
            yield return new(Texts.Get(ChannelTermsReader.SocialMedia.Contains(channel) ? "way-out.open-platform" : "way-out.open", ("channel", Texts.ChannelName(channel))), "channel")
            {
                OfProtocol = before => before with { Channels = new Dictionary<string, ChannelTerms>(before.Channels) { [channel] = terms with { IsOpen = true } } },
            };
        }

        if (photo.Declaration.Account is not null && terms.Accounts.Count > 0)
        {
            yield return new(Texts.Get("way-out.account", ("accounts", string.Join(" / ", terms.Accounts))), "account")
            {
                OfPhoto = before => [before with { Declaration = before.Declaration with { Account = terms.Accounts[0] } }],
            };
        }

        if (OriginsOfOthers.Contains(photo.Declaration.Origin))
        {
            yield return new(Texts.Get("way-out.own-photo"), "origin") { OfPhoto = before => [before with { Declaration = before.Declaration with { Origin = "school-camera" } }] };
        }
    }

    private static IEnumerable<PossibleChange> OfTexts(PhotoFacts photo, Protocol protocol, RuleList rules)
    {
        // Most of what a text says is nothing against it, a first name for example: only what a rule minds is worth taking out.
        var withoutTexts = CountWith([]);
        var minded = photo.Wording.Findings.Where(finding => CountWith([finding]) > withoutTexts).ToList();
        if (minded.Count > 0)
        {
            yield return new(Texts.Get("way-out.names", ("spans", string.Join(", ", minded.Select(finding => $"'{finding.Span}'").Distinct()))), "texts")
            {
                OfPhoto = facts => [facts with { Wording = facts.Wording with { Findings = [.. facts.Wording.Findings.Except(minded)] } }],
            };
        }

        if (photo.Metadata.Entries.Any(entry => entry.Kind is MetadataKind.Person or MetadataKind.Location or MetadataKind.Hidden))
        {
            yield return new(Texts.Get("way-out.metadata"), "metadata") { OfPhoto = facts => [facts with { Metadata = facts.Metadata with { Entries = [] } }] };
        }

        int CountWith(IReadOnlyList<TextFinding> findings) => rules.Judge(photo with { Wording = photo.Wording with { Findings = findings } }, protocol).Count;
    }

    private static IEnumerable<PossibleChange> OfPermissions(PhotoFacts photo) =>
        from subject in Enum.GetValues<PermissionSubject>()
        where photo.Consent.Permission?.Subject != subject
        select new PossibleChange(Texts.Get("way-out.permission." + subject), "permission")
        {
            OfPhoto = facts => [facts with { Consent = facts.Consent with { Permission = new PermissionOnFile("", subject, "") } }],
        };

    // Whose face is whose is not known: any of the faces may be the one that goes, and none, when someone declared is not to be seen.
    private static IEnumerable<PhotoFacts> WithoutPupils(PhotoFacts photo, IReadOnlyCollection<string> keys)
    {
        var rest = photo with { Consent = photo.Consent with { Pupils = [.. photo.Consent.Pupils.Where(pupil => !keys.Contains(pupil.Key))] } };
        var sizes = Enumerable.Range(0, photo.Faces.Sure.Count).OrderBy(face => photo.Faces.Sure[face].Area).ToList();
        IEnumerable<IEnumerable<int>> gone = keys.Count == 1 ? sizes.Select(face => new[] { face }) : [sizes.Take(keys.Count), sizes.TakeLast(keys.Count)];
        var isAnyoneHidden = photo.Faces.Sure.Count < photo.DeclaredPeople;
        return gone.Concat(isAnyoneHidden || photo.Faces.Sure.Count == 0 ? [[]] : []).Select(faces => rest with { Faces = Without(rest.Faces, [.. faces]) });
    }

    private static FaceFacts Without(FaceFacts faces, HashSet<int> gone) => faces with
    {
        Sure = [.. faces.Sure.Where((_, face) => !gone.Contains(face))],
        Geometry = [.. faces.Geometry.Where((_, face) => !gone.Contains(face))],
    };

    private static PhotoFacts WithPupils(this PhotoFacts photo, Func<PupilConsent, PupilConsent> change) =>
        photo with { Consent = photo.Consent with { Pupils = [.. photo.Consent.Pupils.Select(change)] } };

    private static string FirstNames(IEnumerable<PupilConsent> pupils) => string.Join(", ", pupils.Select(pupil => pupil.FirstName));
}
