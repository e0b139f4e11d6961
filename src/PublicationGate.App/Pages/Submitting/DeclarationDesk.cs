using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Wording;

namespace PublicationGate.App.Pages.Submitting;

/// <summary>Everything that a form about photos shows and asks: channels, people with their answers, findings in the texts, mistakes.</summary>
internal sealed class DeclarationDesk(GateDb db, ConsentRegister register, ProtocolInUse protocol, TextInspection inspection, RuleList rules, TimeProvider time)
{
    // Photos follow soon after their event.
    private const int MostRounds = 50;

    /// <summary>The form with all that stands around it.</summary>
    public async Task<DeclarationView> ShowAsync(DeclarationForm form, CancellationToken cancellationToken) => new(
        form, ChannelChoice.Of(protocol.Current), ChannelChoice.TermsOf(protocol.Current, form.Channel ?? Channels.Default),
        [.. (await register.CountsAsync(time.Today(), cancellationToken)).Groups.Select(group => group.Group).Where(group => group.Length > 0)],
        await StaffAsync(cancellationToken), await RoundsAsync(cancellationToken), await PeopleAsync(form, cancellationToken));

    /// <summary>Who can be in the photo.</summary>
    public Task<PeopleChoice> PeopleAsync(DeclarationForm form, CancellationToken cancellationToken) => PeopleChoice.LookUpAsync(form, db, register, protocol.Current, time.GetUtcNow(), cancellationToken);

    /// <summary>What is found in the texts; null when they could not be searched.</summary>
    public async Task<IReadOnlyList<FoundInText>?> TextsAsync(DeclarationForm form, CancellationToken cancellationToken)
    {
        var declaration = form.ToDeclaration(await PeopleAsync(form, cancellationToken));
        return await FoundInText.LookAsync(declaration, inspection, register, protocol.Current, rules, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>What the form declares; null, with each mistake told, when something is wrong with it.</summary>
    public async Task<Declaration?> DeclareAsync(DeclarationForm form, Action<string, string, (string, object)[]> mistake, CancellationToken cancellationToken)
    {
        var who = await PeopleAsync(form, cancellationToken);
        var staff = (await StaffAsync(cancellationToken)).Select(member => member.Key).ToList();
        var mistakes = FormCheck.Of(form, who, protocol.Current, staff).ToList();
        mistakes.ForEach(one => mistake(one.Field, one.Key, one.Values));
        return mistakes.Count == 0 ? form.ToDeclaration(who) : null;
    }

    /// <summary>The form of what is declared already.</summary>
    public async Task<DeclarationForm> FormOfAsync(Declaration declaration, CancellationToken cancellationToken)
    {
        var (terms, now) = (protocol.Current.ConsentTerms(), time.GetUtcNow());
        var known = await register.LookUpAsync(declaration, terms, now, cancellationToken);
        // Entries of a folder's file may be names; those who are absent are found as if they were there.
        var absent = declaration.Absent.Count == 0 ? null : await register.LookUpAsync(new Declaration { Channel = declaration.Channel, Group = declaration.Group, People = declaration.Absent }, terms, now, cancellationToken);
        return DeclarationForm.Of(declaration, known, absent?.Pupils.Select(pupil => pupil.Key) ?? []);
    }

    private async Task<IReadOnlyList<RoundChoice>> RoundsAsync(CancellationToken cancellationToken) =>
        [.. (await db.Rounds.Where(round => round.OpenedAt != null).OrderByDescending(round => round.Id).Take(MostRounds).Select(round => new { round.Id, round.Name, round.Channel }).ToListAsync(cancellationToken))
            .Select(round => new RoundChoice(round.Id.ToString(CultureInfo.InvariantCulture), round.Name, round.Channel))];

    private async Task<IReadOnlyList<StaffChoice>> StaffAsync(CancellationToken cancellationToken) =>
        [.. (await db.Staff.AsNoTracking().OrderBy(member => member.FoldedFullName).ThenBy(member => member.Key).ToListAsync(cancellationToken))
            .Select(member => new StaffChoice(member.Key, string.Join(' ', new[] { member.FirstName, member.Prefix, member.Surname }.Where(part => part.Length > 0)), member.Permission))];
}

/// <summary>What the partial <c>_Declaration</c> shows.</summary>
/// <param name="Form">What is filled in.</param>
/// <param name="Channels">All channels.</param>
/// <param name="Terms">What holds on the chosen one.</param>
/// <param name="Groups">Names of the groups.</param>
/// <param name="Staff">The staff list.</param>
/// <param name="Rounds">Rounds in which parents were asked, newest first.</param>
/// <param name="People">Who can be in the photo.</param>
internal sealed record DeclarationView(
    DeclarationForm Form, IReadOnlyList<ChannelChoice> Channels, Text Terms, IReadOnlyList<string> Groups, IReadOnlyList<StaffChoice> Staff, IReadOnlyList<RoundChoice> Rounds, PeopleChoice People);

/// <summary>A round in the form.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Channel">Channel id.</param>
internal sealed record RoundChoice(string Id, string Name, string Channel);

/// <summary>A member of staff in the form.</summary>
/// <param name="Key">Register key.</param>
/// <param name="Name">Whole name.</param>
/// <param name="Permission">Permission on file to be shown.</param>
internal sealed record StaffChoice(string Key, string Name, ConsentState Permission);
