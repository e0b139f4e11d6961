using PublicationGate.Consent;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>A channel on a guardian's page, with what is asked about it.</summary>
/// <param name="Channel">Channel id.</param>
/// <param name="Terms">How it is used.</param>
/// <param name="Topics">What is asked, the main question first.</param>
internal sealed record AskedChannel(string Channel, ChannelTerms Terms, IReadOnlyList<GuardianAnswer> Topics)
{
    /// <summary>The channels that are open, and those on which this guardian answered.</summary>
    public static IReadOnlyList<AskedChannel> Of(LinkedChild child, Protocol protocol, DateTimeOffset now)
    {
        var own = child.Answers.Where(answer => GuardianView.IsBy(child.Guardian, answer)).Select(answer => answer.Channel).ToHashSet();
        return
        [
            .. Intake.Channels.All.Where(channel => protocol.TermsOf(channel).IsOpen || own.Contains(channel))
                .OrderBy(channel => !protocol.TermsOf(channel).IsOpen).Select(channel => Of(child, protocol, channel, now)),
        ];
    }

    /// <summary>The sentence that says what an answer comes to.</summary>
    public string KeyOf(GuardianAnswer answer) => (answer.Own.State, answer.All.State) switch
    {
        (ConsentState.No, _) => "my-child.is.no",
        (ConsentState.Yes, ConsentState.No) => "my-child.is.yes-other-no",
        (ConsentState.Yes, ConsentState.Yes) => "my-child.is.yes",
        (_, ConsentState.No) => "my-child.is.silent-other-no",
        (_, ConsentState.Yes) => answer.Own.Cause == SilenceCause.RanOut ? "my-child.is.ran-out-other-yes" : "my-child.is.silent-other-yes",
        _ when answer.Topic == AnswerTopic.Name && Terms.Names == NamesAllowed.FirstNames => "my-child.is.name-silent",
        _ => "my-child.is." + (answer.Own.Cause ?? SilenceCause.NeverAnswered),
    };

    private static AskedChannel Of(LinkedChild child, Protocol protocol, string channel, DateTimeOffset now)
    {
        var terms = protocol.TermsOf(channel);
        var question = new ConsentQuestion(channel, now, child.Pupil.BirthDate, protocol.ConsentTerms());
        var topics = Enum.GetValues<AnswerTopic>().Where(topic => IsAsked(topic, terms, child.Answers)).Select(topic => GuardianView.Of(child.Answers, child.Guardian, topic, question)).ToList();
        // After a no to photos there is nothing left to ask, but for what was said yes to all the same.
        return new(channel, terms, topics[0].Own.State == ConsentState.Yes ? topics : [.. topics.Where(topic => topic.Topic == AnswerTopic.Photos || topic.Own.State == ConsentState.Yes)]);
    }

    // Film and sound are asked about where somebody ever agreed to them.
    private static bool IsAsked(AnswerTopic topic, ChannelTerms terms, IReadOnlyList<Answer> answers) => topic switch
    {
        AnswerTopic.Photos => true,
        AnswerTopic.Alone => terms.AllowsPortraits,
        AnswerTopic.Name => terms.Names != NamesAllowed.None,
        AnswerTopic.Film => terms.Kinds.Contains(MediaKind.Film) && answers.Any(answer => answer.IsYes && answer.Kind == MediaKind.Film),
        _ => terms.Kinds.Contains(MediaKind.Sound) && answers.Any(answer => answer.IsYes && answer.Kind == MediaKind.Sound),
    };
}
