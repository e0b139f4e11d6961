using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Links;

namespace PublicationGate.Consent;

/// <summary>What a guardian sees by their link: one pupil, and all answers about that pupil.</summary>
/// <param name="Guardian">Whose link it is.</param>
/// <param name="Pupil">The pupil.</param>
/// <param name="Answers">All answers, the other guardians' too.</param>
public sealed record LinkedChild(Guardian Guardian, Pupil Pupil, IReadOnlyList<Answer> Answers);

/// <summary>Answers by a guardian's own link. The link says for whom and about whom; nothing else does.</summary>
/// <param name="databases">Where register and links are.</param>
/// <param name="register">Where answers are added.</param>
/// <param name="time">The clock.</param>
public sealed class LinkedAnswers(IDbContextFactory<GateDb> databases, ConsentRegister register, TimeProvider time)
{
    /// <summary><see cref="Answer.How"/> of these answers.</summary>
    public const string How = "link";

    /// <summary>What a link shows; null when it does not hold, the guardian was removed, or the pupil has left.</summary>
    public async Task<LinkedChild?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await AccessLinks.FindAsync(db, token, LinkPurpose.Answers, now, cancellationToken) is not { GuardianId: { } id } link
            || await db.Guardians.AsNoTracking().SingleOrDefaultAsync(guardian => guardian.Id == id && guardian.PupilKey == link.Subject, cancellationToken) is not { } guardian)
        {
            return null;
        }

        return await register.HistoryAsync(guardian.PupilKey, cancellationToken) is var (pupil, answers) && pupil.IsAtSchool(now.Day()) ? new(guardian, pupil, answers) : null;
    }

    /// <summary>Records one press of a button.</summary>
    /// <param name="token">Token of the link.</param>
    /// <param name="channel">Channel id, or <see cref="Answer.EveryChannel"/> for a no everywhere.</param>
    /// <param name="topic">What about.</param>
    /// <param name="isYes">Yes or no.</param>
    /// <param name="textInForce">Version of the consent text in force; null when any will do.</param>
    /// <param name="cancellationToken">Ends it; nothing was recorded then.</param>
    /// <returns>The pupil, with the answers from now on; null when the link does not hold, or the answer cannot be given.</returns>
    public async Task<LinkedChild?> AnswerAsync(string token, string channel, AnswerTopic topic, bool isYes, string? textInForce, CancellationToken cancellationToken)
    {
        // Agreeing to everything at once is no consent for a purpose; refusing everything is.
        var isEverywhere = channel == Answer.EveryChannel && !isYes && topic == AnswerTopic.Photos;
        if ((!isEverywhere && !Channels.All.Contains(channel)) || await FindAsync(token, cancellationToken) is not { } child)
        {
            return null;
        }

        var by = child.Guardian.IsPupil ? AnswerBy.Pupil : AnswerBy.Guardian;
        var answers = GuardianView.AnswersOf(channel, topic, isYes)
            .Select(one => new AnswerDraft(child.Pupil.Key, channel, one.Kind, one.Scope, isYes, child.Guardian.Name, by) { How = How }.At(time.GetUtcNow(), textInForce)).ToList();
        return await register.AnswerAsync(answers, by: null, cancellationToken) ? await FindAsync(token, cancellationToken) : null;
    }
}
