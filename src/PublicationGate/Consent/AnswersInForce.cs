namespace PublicationGate.Consent;

/// <summary>What a pupil's answers come to.</summary>
/// <remarks>
/// <para>Of each guardian the latest answer counts; between guardians any <em>no</em> wins. Answers of one day: by their times where both
/// have one; else the one for the channel itself goes before the one for every channel, and then <em>no</em> before <em>yes</em>. Where only
/// one of the two has a time their order is not known, and <em>no</em> goes first.</para>
/// <para>A <em>yes</em> counts only within its lifetime and under the text in force; a <em>no</em> counts always. A guardian's <em>no</em>
/// therefore ends in two ways only: by a later <em>yes</em> of the same guardian, or, once the pupil is 16, by an answer that the pupil gave
/// at 16 or later. A yes that ended a no and then ran out does not bring the no back: it leaves silence, which is no as well.</para>
/// <para>From the 16th birthday a guardian's <em>yes</em> no longer counts: consent under the GDPR is the pupil's own from then on. A
/// guardian's <em>no</em> stands until the pupil has answered: a birthday is no answer, and must not open what was shut. Once the pupil has,
/// the pupil's answers decide alone, also against a <em>no</em> that a guardian gives later, who then has no say. Below 16, or where the
/// birth date is not known, the pupil's own <em>yes</em> is not consent, but the pupil's own <em>no</em> is heeded like a guardian's.</para>
/// <para>What holds for any answers and any question: taking a <em>yes</em> away never makes the result milder. Taking a <em>no</em> away
/// can, also one that a later yes has ended: of yes, no, and a yes that ran out the first counts again when the no between them is gone. That is why the
/// database refuses to delete answers.</para>
/// </remarks>
public static class AnswersInForce
{
    /// <summary>Weighs the answers of one pupil about one kind of media.</summary>
    /// <param name="answers">Answers of one pupil, one kind, any scope; other channels and later answers are left out here.</param>
    /// <param name="scope">The scope asked for; answers of the other scope say nothing of it.</param>
    /// <param name="question">Channel, instant, age and the school's terms.</param>
    public static WeighedConsent Weigh(IEnumerable<Answer> answers, ConsentScope scope, ConsentQuestion question)
    {
        var counting = answers.Where(answer => answer.Scope == scope && IsAbout(answer, question)).ToList();
        var own = counting.Where(answer => answer.By == AnswerBy.Pupil).ToList();
        if (question.PupilDecides && own.Exists(answer => answer.Date >= question.DecidesFrom))
        {
            return Settle([own], question);
        }

        var guardians = counting.Where(answer => answer.By != AnswerBy.Pupil).GroupBy(answer => NameFolding.Fold(answer.GivenBy)).Select(guardian => guardian.ToList());
        return Settle([own, .. guardians], question);
    }

    /// <summary>Weighs answers about showing the name beside a picture: a no for either scope is no, else a yes for either is yes.</summary>
    /// <inheritdoc cref="Weigh" path="/param"/>
    public static ConsentState WeighName(IReadOnlyCollection<Answer> answers, ConsentQuestion question)
    {
        ConsentState[] states = [Weigh(answers, ConsentScope.Group, question).State, Weigh(answers, ConsentScope.Individual, question).State];
        return states.Max(); // silent, yes, no
    }

    private static bool IsAbout(Answer answer, ConsentQuestion question) =>
        (answer.Channel == question.Channel || answer.Channel == Answer.EveryChannel)
        && (answer.At is { } at ? at <= question.AsOf : answer.Date <= question.Day);

    private static WeighedConsent Settle(IReadOnlyList<List<Answer>> parties, ConsentQuestion question)
    {
        if (parties.Any(party => party.Exists(answer => !answer.IsYes && !IsEnded(answer, party))))
        {
            return new(ConsentState.No);
        }

        var yeses = parties.SelectMany(party => party.Where(answer => answer.IsYes && IsTheirs(answer, question) && !IsEnded(answer, party))).ToList();
        return yeses.Exists(yes => IsUnderText(yes, question) && IsWithinLifetime(yes, question))
            ? new(ConsentState.Yes)
            : new(ConsentState.Silent, CauseOf(yeses, question));
    }

    // By a later answer of the other kind: a yes is not ended by another yes, so that a repeated yes under an old text takes nothing away.
    private static bool IsEnded(Answer answer, List<Answer> party) => party.Exists(other => other.IsYes != answer.IsYes && GoesBefore(other, answer));

    private static bool GoesBefore(Answer answer, Answer other)
    {
        if (answer.Date != other.Date)
        {
            return answer.Date > other.Date;
        }

        if (answer.At is null != other.At is null)
        {
            return !answer.IsYes;
        }

        if (answer.At != other.At)
        {
            return answer.At > other.At;
        }

        var (isSpecific, otherIsSpecific) = (answer.Channel != Answer.EveryChannel, other.Channel != Answer.EveryChannel);
        return isSpecific == otherIsSpecific ? !answer.IsYes : isSpecific;
    }

    private static bool IsTheirs(Answer yes, ConsentQuestion question) => (yes.By == AnswerBy.Pupil) == question.PupilDecides && (yes.By != AnswerBy.Pupil || yes.Date >= question.DecidesFrom);

    private static bool IsUnderText(Answer yes, ConsentQuestion question) => question.Terms.TextVersion is not { } version || yes.TextVersion == version;

    private static bool IsWithinLifetime(Answer yes, ConsentQuestion question) => question.Terms.LifetimeOn(question.Channel).Covers(yes.Date, question.Day);

    private static SilenceCause CauseOf(List<Answer> yeses, ConsentQuestion question) =>
        yeses.Exists(yes => IsUnderText(yes, question)) ? SilenceCause.RanOut
        : yeses.Count > 0 ? SilenceCause.TextChanged
        : question.PupilDecides ? SilenceCause.PupilDecides
        : SilenceCause.NeverAnswered;
}
