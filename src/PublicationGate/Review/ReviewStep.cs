using PublicationGate.Intake;
using PublicationGate.Rules;

namespace PublicationGate.Review;

/// <summary>One thing that a person does about a submission.</summary>
/// <param name="Kind">What.</param>
/// <param name="Words">The ground, question or answer; null where none is needed.</param>
public abstract record ReviewStep(ReviewActKind Kind, string? Words)
{
    /// <summary>Longest words in characters: more than a page is no ground.</summary>
    public const int LongestWords = 1000;

    /// <summary>Approves what is held.</summary>
    /// <param name="Ground">Why it may be released all the same.</param>
    public sealed record Approve(string Ground) : ReviewStep(ReviewActKind.Approve, Ground);

    /// <summary>Refuses it.</summary>
    /// <param name="Ground">Why.</param>
    public sealed record Refuse(string Ground) : ReviewStep(ReviewActKind.Refuse, Ground);

    /// <summary>Marks places in the picture; all marks, those made before included.</summary>
    /// <param name="Marks">The marks.</param>
    public sealed record Mark(IReadOnlyList<FaceMark> Marks) : ReviewStep(ReviewActKind.Mark, null)
    {
        /// <summary>Most marks on one photo: more faces than a school has in one room.</summary>
        public const int Most = 500;

        /// <summary>All that is declared from now on, where the marks change that too: who is made unrecognisable is no longer in it. Null where they change nothing of it.</summary>
        public Declaration? Declared { get; init; }
    }

    /// <summary>Declares something else, which a person filled in anew: another channel, other people.</summary>
    /// <param name="Declaration">All that is declared from now on.</param>
    public sealed record Declare(Declaration Declaration) : ReviewStep(ReviewActKind.Declare, null);

    /// <summary>Has it judged anew as it is declared, mistakes in that included.</summary>
    public sealed record Again() : ReviewStep(ReviewActKind.Declare, null);

    /// <summary>Declares it for another channel; all else stays as declared, mistakes in that included.</summary>
    /// <param name="To">The channel.</param>
    public sealed record Channel(string To) : ReviewStep(ReviewActKind.Declare, null);

    /// <summary>Asks the submitter.</summary>
    /// <param name="Question">What.</param>
    public sealed record Ask(string Question) : ReviewStep(ReviewActKind.Ask, Question);

    /// <summary>Answers, as the submitter.</summary>
    /// <param name="Reply">What.</param>
    public sealed record Answer(string Reply) : ReviewStep(ReviewActKind.Answer, Reply);

    /// <summary>Takes the latest act back that was not taken back yet; the photo is screened as before, without the approval of anybody else.</summary>
    /// <param name="ActId">Number of the act that is meant: another one is not taken back. Null for the latest, where the same person did it.</param>
    public sealed record Undo(long? ActId = null) : ReviewStep(ReviewActKind.Undo, null);
}
