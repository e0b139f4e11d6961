using PublicationGate.Consent;

namespace PublicationGate.Rounds;

/// <summary>
/// What the answers about one pupil in a round come to, by the same weighing as answers of the register: of each guardian the latest counts, between guardians any
/// no wins, from 16 on the pupil decides.
/// </summary>
public static class AnswersInRound
{
    /// <summary>Weighs them.</summary>
    /// <param name="answers">Answers about one pupil in one round.</param>
    /// <param name="birthDate">The pupil's, where it is known.</param>
    /// <param name="asOf">The instant of looking: what was answered later does not count.</param>
    public static ConsentState Weigh(IEnumerable<RoundAnswer> answers, DateOnly? birthDate, DateTimeOffset asOf) => AnswersInForce.Weigh(
        answers.Select(AsAnswer), ConsentScope.Group, new ConsentQuestion(Answer.EveryChannel, asOf, birthDate, ConsentTerms.Lenient)).State;

    // By invitation, not by name: two guardians may be called the same, and one of them does not end the no of the other.
    private static Answer AsAnswer(RoundAnswer answer) => new()
    {
        PupilKey = answer.PupilKey, Channel = Answer.EveryChannel, Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = answer.IsYes, Date = answer.At.Day(), At = answer.At,
        GivenBy = $"invitation {answer.InvitationId}", By = answer.IsPupil ? AnswerBy.Pupil : AnswerBy.Guardian,
    };
}
