namespace PublicationGate.Consent;

/// <summary>What a pupil's answers come to.</summary>
public static class AnswersInForce
{
    /// <summary>
    /// Weighs the answers of one pupil about one kind of media. Of each guardian the latest answer counts; of two on the same day the one
    /// for the channel itself goes before the one for every channel, and then <em>no</em> before <em>yes</em>. Between guardians any
    /// <em>no</em> wins.
    /// </summary>
    /// <param name="answers">Answers of one pupil, one kind, any scope; other channels and later days are left out here.</param>
    /// <param name="scope">The scope asked for; answers of the other scope say nothing of it.</param>
    /// <param name="channel">Channel id.</param>
    /// <param name="asOf">The day of looking: answers given after it do not count yet.</param>
    /// <returns><see cref="ConsentState.Silent"/> when no answer counts.</returns>
    public static ConsentState Weigh(IEnumerable<Answer> answers, ConsentScope scope, string channel, DateOnly asOf)
    {
        var latest = answers
            .Where(a => a.Scope == scope && a.Date <= asOf && (a.Channel == channel || a.Channel == Answer.EveryChannel))
            .GroupBy(a => NameFolding.Fold(a.GivenBy))
            .Select(guardian => guardian
                .OrderByDescending(a => a.Date)
                .ThenBy(a => a.Channel == Answer.EveryChannel)
                .ThenBy(a => a.IsYes)
                .First()
                .IsYes)
            .ToList();
        return latest.Contains(false) ? ConsentState.No : latest.Count > 0 ? ConsentState.Yes : ConsentState.Silent;
    }
}
