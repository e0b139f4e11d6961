namespace PublicationGate.Consent;

/// <summary>What a guardian is asked about a channel.</summary>
public enum AnswerTopic
{
    /// <summary>Being recognisable in photographs. A no to this is one to being shown alone, too: else a yes to that would keep a picture up.</summary>
    Photos,

    /// <summary>Being shown alone.</summary>
    Alone,

    /// <summary>The first name beside it.</summary>
    Name,

    /// <summary>Films.</summary>
    Film,

    /// <summary>Sound recordings.</summary>
    Sound,
}

/// <summary>What one guardian said on a topic, and what it comes to with everybody's answers.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Own">What this guardian's answers alone come to.</param>
/// <param name="All">What everybody's come to.</param>
public sealed record GuardianAnswer(AnswerTopic Topic, WeighedConsent Own, WeighedConsent All);

/// <summary>Weighs a pupil's answers as one guardian sees them. Whose the other answers are is not told.</summary>
public static class GuardianView
{
    /// <summary>The answers that a topic stands for. Where people make no difference between group and alone, both are given at once.</summary>
    public static IReadOnlyList<(MediaKind Kind, ConsentScope Scope)> AnswersOf(AnswerTopic topic) => topic switch
    {
        AnswerTopic.Photos => [(MediaKind.Photo, ConsentScope.Group)],
        AnswerTopic.Alone => [(MediaKind.Photo, ConsentScope.Individual)],
        AnswerTopic.Name => [(MediaKind.Name, ConsentScope.Group), (MediaKind.Name, ConsentScope.Individual)],
        AnswerTopic.Film => [(MediaKind.Film, ConsentScope.Group), (MediaKind.Film, ConsentScope.Individual)],
        _ => [(MediaKind.Sound, ConsentScope.Group), (MediaKind.Sound, ConsentScope.Individual)],
    };

    /// <summary>What one press of a button answers: a no everywhere is one to everything.</summary>
    public static IReadOnlyList<(MediaKind Kind, ConsentScope Scope)> AnswersOf(string channel, AnswerTopic topic, bool isYes) =>
        channel == Answer.EveryChannel ? [.. Enum.GetValues<AnswerTopic>().SelectMany(AnswersOf)]
        : topic == AnswerTopic.Photos && !isYes ? [.. AnswersOf(topic), .. AnswersOf(AnswerTopic.Alone)]
        : AnswersOf(topic);

    /// <summary>What a guardian said on a topic, and what it comes to.</summary>
    /// <param name="answers">All answers about the pupil.</param>
    /// <param name="guardian">Whose view it is.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="question">Channel, moment, age and terms.</param>
    public static GuardianAnswer Of(IReadOnlyCollection<Answer> answers, Guardian guardian, AnswerTopic topic, ConsentQuestion question) =>
        new(topic, Weigh([.. answers.Where(answer => IsBy(guardian, answer))], topic, question), Weigh(answers, topic, question));

    /// <summary>Whether an answer is a guardian's.</summary>
    public static bool IsBy(Guardian guardian, Answer answer) => guardian.IsPupil ? answer.By == AnswerBy.Pupil : answer.By != AnswerBy.Pupil && guardian.IsCalled(answer.GivenBy);

    // Of several a no is no, else a yes is yes, as AnswersInForce.WeighName has it.
    private static WeighedConsent Weigh(IReadOnlyCollection<Answer> answers, AnswerTopic topic, ConsentQuestion question) => AnswersOf(topic)
        .Select(one => AnswersInForce.Weigh(answers.Where(answer => answer.Kind == one.Kind), one.Scope, question))
        .Aggregate((first, second) => second.State > first.State ? second : first);
}
