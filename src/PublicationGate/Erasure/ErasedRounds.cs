using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Rounds;

namespace PublicationGate.Erasure;

/// <summary>
/// What rounds hold of the person beside answers, which go with the pupil: links and letters to the guardians, and texts of rounds, which are blanked since a round is
/// about others too.
/// </summary>
internal sealed class ErasedRounds() : ErasedRows("rounds")
{
    private const string Blank = "-";

    /// <inheritdoc/>
    public override async Task<int> EraseAsync(GateDb db, PersonMentions person, IReadOnlySet<string> contents, bool isDryRun, CancellationToken cancellationToken)
    {
        var invitations = (await db.RoundInvitations.AsNoTracking().ToListAsync(cancellationToken)).Where(invitation => person.AreIn(invitation.PupilKey)).ToList();
        var (subjects, ends) = (invitations.ConvertAll(invitation => $"{invitation.Id}"), invitations.Select(invitation => (Start: $"round-{invitation.RoundId}-", End: $"-{invitation.Id}")).ToList());
        var links = await db.AccessLinks.Where(link => link.Purpose == LinkPurpose.Round && subjects.Contains(link.Subject)).ToListAsync(cancellationToken);
        var letters = (await db.Letters.Where(letter => letter.Key.StartsWith("round-")).ToListAsync(cancellationToken))
            .Where(letter => ends.Exists(one => letter.Key.StartsWith(one.Start, StringComparison.Ordinal) && letter.Key.EndsWith(one.End, StringComparison.Ordinal))).ToList();
        var rounds = (await db.Rounds.ToListAsync(cancellationToken)).Where(round => Texts(round).Any(text => person.AreIn(text))).ToList();
        if (isDryRun)
        {
            db.ChangeTracker.Clear();
            return links.Count + letters.Count + rounds.Count;
        }

        db.AccessLinks.RemoveRange(links);
        db.Letters.RemoveRange(letters);
        rounds.ForEach(round => Unname(round, person));
        await db.SaveChangesAsync(cancellationToken);
        return links.Count + letters.Count + rounds.Count;
    }

    private static IEnumerable<string?> Texts(Round round) => [round.Name, round.Organisation, round.Question, round.Explanation, round.Groups, round.Keys];

    private static void Unname(Round round, PersonMentions person)
    {
        string Without(string text) => person.AreIn(text) ? Blank : text;
        (round.Name, round.Organisation, round.Explanation, round.Groups) = (Without(round.Name), Without(round.Organisation), Without(round.Explanation), Without(round.Groups));
        round.Question = round.Question is { } question ? Without(question) : null;
        round.Keys = string.Join('\n', RoundDraft.Lines(round.Keys).Where(key => !person.AreIn(key)));
    }
}
