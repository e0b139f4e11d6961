using PublicationGate.Consent;
using PublicationGate.Rounds;

namespace PublicationGate.Rules;

/// <summary>
/// On a channel that works by rounds, every pupil in the photo has the yes of the round that was held for this event (V1, V5): no other answer opens it, and
/// silence is no. A declared round must exist and be about this channel, also where the channel needs none.
/// </summary>
internal sealed class ParentsAgreedInTheRoundRule : IRule
{
    private const string Ask = "V1";
    private const string Notice = "V5";

    public string Code => ReviewFacts.AnsweredByParents;

    public IReadOnlyList<string> Clauses { get; } = [Ask, Notice];

    public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
    {
        var (channel, declared) = (photo.Declaration.Channel, photo.Declaration.Round);
        if (declared is null && (!protocol.WorksByRounds(channel) || photo.Consent.Pupils.Count == 0))
        {
            return [];
        }

        // A television crew is announced, pictures for somebody else's leaflet are asked for.
        var clause = photo.Rounds?.Round is { } round ? ClauseOf(round.Kind) : channel == "tv" ? Notice : Ask;
        return photo.Rounds switch
        {
            null or { Known: false } => [Held(clause, "round.unknown")],
            { Round: null } when declared is null => [Held(clause, "round.none", ("channel", Texts.ChannelName(channel)))],
            { Round: null } => [Held(clause, "round.not-found", ("id", declared!))],
            { Round: { } other } when other.Channel != channel => [Held(clause, "round.other-channel", ("round", NameOf(other)), ("channel", Texts.ChannelName(other.Channel)))],
            { Round: { State: RoundState.Draft } draft } => [Held(clause, "round.draft", ("round", NameOf(draft)))],
            var facts => OfPupils(photo.Consent.Pupils, facts, facts.Round!),
        };
    }

    private static string ClauseOf(RoundKind kind) => kind == RoundKind.Ask ? Ask : Notice;

    private static string NameOf(SeenRound round) => $"{round.Id} ({round.Name})";

    private IEnumerable<Finding> OfPupils(IReadOnlyList<PupilConsent> pupils, RoundFacts facts, SeenRound round)
    {
        var clause = ClauseOf(round.Kind);
        foreach (var pupil in pupils)
        {
            var (outcome, key) = (facts.AnswerOf(pupil.Key), round.State) switch
            {
                (ConsentState.No, _) => (Outcome.Rejected, "round.no"),
                (null, _) => (Outcome.Held, "round.not-asked"),
                (ConsentState.Silent, RoundState.Closed) => (Outcome.Held, "round.silent"),
                _ => (Outcome.Approved, ""),
            };
            if (outcome != Outcome.Approved)
            {
                yield return new Finding(Code, clause, outcome, Texts.Get(key, ("name", pupil.FirstName), ("round", NameOf(round))));
            }
        }

        if (round.State == RoundState.Open)
        {
            yield return Held(clause, "round.open", ("round", NameOf(round)), ("date", round.Deadline.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    private Finding Held(string clause, string key, params (string Name, object Value)[] values) => new(Code, clause, Outcome.Held, Texts.Get(key, values));
}
