namespace PublicationGate.Consent;

/// <summary>Weighs what was answered about one pupil into what the rules need to know.</summary>
internal static class PupilAnswers
{
    /// <summary>The consent of one pupil on a channel.</summary>
    /// <param name="pupil">The pupil.</param>
    /// <param name="answers">All answers about photographs and names of that pupil.</param>
    /// <param name="channel">Channel id.</param>
    /// <param name="asOf">The instant of looking.</param>
    /// <param name="terms">What the school's protocol says.</param>
    public static PupilConsent Weigh(Pupil pupil, IEnumerable<Answer> answers, string channel, DateTimeOffset asOf, ConsentTerms terms)
    {
        var ofKind = answers.ToLookup(answer => answer.Kind);
        var (photos, names) = (ofKind[MediaKind.Photo].ToList(), ofKind[MediaKind.Name].ToList());
        var question = new ConsentQuestion(channel, asOf, pupil.BirthDate, terms);
        var inGroup = AnswersInForce.Weigh(photos, ConsentScope.Group, question);
        var alone = AnswersInForce.Weigh(photos, ConsentScope.Individual, question);
        return new PupilConsent(pupil.Key, pupil.FirstName, pupil.Group, inGroup.State, alone.State)
        {
            InGroupPhotoCause = inGroup.Cause,
            IndividuallyCause = alone.Cause,
            Name = AnswersInForce.WeighName(names, question),
            OtherChannels = Others(inGroup, ConsentScope.Group),
            OtherChannelsAlone = Others(alone, ConsentScope.Individual),
        };

        IReadOnlyList<string> Others(WeighedConsent here, ConsentScope scope) => here.State == ConsentState.Yes
            ? []
            : [.. terms.OpenChannels.Where(other => other != channel && AnswersInForce.Weigh(photos, scope, question with { Channel = other }).State == ConsentState.Yes)];
    }
}
