using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages.Submitting;

/// <summary>Who can be in the photo, as the register knows them at this moment, with what was answered for the chosen channel.</summary>
/// <param name="Channel">Channel id.</param>
/// <param name="Group">The pupils of the chosen group; ticked are those who are not in the photo.</param>
/// <param name="Chosen">Pupils who were chosen by name, all ticked.</param>
/// <param name="Found">Pupils who fit the name that is looked for, and were not chosen yet.</param>
internal sealed record PeopleChoice(string Channel, IReadOnlyList<ChosenPupil> Group, IReadOnlyList<ChosenPupil> Chosen, IReadOnlyList<ChosenPupil> Found)
{
    private const int MostFound = 8;

    /// <summary>Fewest letters of a name that are looked for.</summary>
    public const int ShortestName = 3;

    /// <summary>A name was looked for, and nobody has it.</summary>
    public bool FoundNobody { get; init; }

    /// <summary>Those who are in the photo.</summary>
    public IEnumerable<ChosenPupil> Present => Group.Where(pupil => !pupil.IsTicked).Concat(Chosen);

    /// <summary>Those in the photo who must not be recognisable on the channel.</summary>
    public IReadOnlyList<ChosenPupil> WithoutConsent => [.. Present.Where(pupil => pupil.Answer != ConsentState.Yes)];

    /// <summary>Looks up what a form is about.</summary>
    public static async Task<PeopleChoice> LookUpAsync(DeclarationForm form, GateDb db, ConsentRegister register, Protocol protocol, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (channel, terms) = (form.Channel ?? Channels.Default, protocol.ConsentTerms());
        var group = form.ChosenGroup is { } name ? await register.ConsentOfAsync(name, channel, terms, now, cancellationToken) : [];
        var chosen = form.ChosenPeople.Except(group.Select(pupil => pupil.Key)).ToList();
        var found = form.Find is { } find && IsLongEnough(find) && form.Who is DeclarationForm.OfGroup or DeclarationForm.OfPupils ? await FindAsync(db, find, now.Day(), cancellationToken) : [];
        var others = chosen.Concat(found).Distinct().ToList() is { Count: > 0 } keys
            ? (await register.LookUpAsync(new Declaration { Channel = channel, People = keys }, terms, now, cancellationToken)).Pupils : [];
        var names = await NamesAsync(db, [.. group.Concat(others).Select(pupil => pupil.Key)], cancellationToken);
        IReadOnlyList<ChosenPupil> Of(IEnumerable<PupilConsent> pupils, Func<string, bool> isTicked) =>
            [.. pupils.Select(pupil => new ChosenPupil(pupil.Key, names.GetValueOrDefault(pupil.Key, pupil.FirstName), pupil.Group, pupil.InGroupPhoto, pupil.InGroupPhotoCause, isTicked(pupil.Key)))];
        var offered = others.Where(pupil => !chosen.Contains(pupil.Key) && group.All(member => member.Key != pupil.Key));
        return new(channel, Of(group, form.Absent.Contains), Of(others.Where(pupil => chosen.Contains(pupil.Key)), _ => true), Of(offered, _ => false))
        {
            FoundNobody = form.Find is { } looked && IsLongEnough(looked) && found.Count == 0,
        };
    }

    private static bool IsLongEnough(string find) => find.Count(char.IsLetter) >= ShortestName;

    private static Task<List<string>> FindAsync(GateDb db, string name, DateOnly today, CancellationToken cancellationToken)
    {
        var folded = NameFolding.Fold(name);
        var inside = " " + folded;
        return db.Pupils.AsNoTracking().Where(pupil => (pupil.LeftOn == null || pupil.LeftOn > today) && (pupil.FoldedFullName.StartsWith(folded) || pupil.FoldedFullName.Contains(inside)))
            .OrderBy(pupil => pupil.FoldedFullName).ThenBy(pupil => pupil.Key).Select(pupil => pupil.Key).Take(MostFound).ToListAsync(cancellationToken);
    }

    // First names alone do not tell namesakes apart.
    private static async Task<Dictionary<string, string>> NamesAsync(GateDb db, List<string> keys, CancellationToken cancellationToken) =>
        keys.Count == 0 ? [] : (await db.Pupils.AsNoTracking().Where(pupil => keys.Contains(pupil.Key)).Select(pupil => new { pupil.Key, pupil.FirstName, pupil.Prefix, pupil.Surname }).ToListAsync(cancellationToken))
            .ToDictionary(pupil => pupil.Key, pupil => string.Join(' ', new[] { pupil.FirstName, pupil.Prefix, pupil.Surname }.Where(part => part.Length > 0)));
}

/// <summary>A pupil in the form.</summary>
/// <param name="Key">Register key.</param>
/// <param name="Name">Whole name.</param>
/// <param name="Group">Group name.</param>
/// <param name="Answer">Whether the pupil may be recognisable on the channel, among others.</param>
/// <param name="Cause">Why there is no answer; null when there is one.</param>
/// <param name="IsTicked">The box before the name is ticked.</param>
internal sealed record ChosenPupil(string Key, string Name, string Group, ConsentState Answer, SilenceCause? Cause, bool IsTicked);
