using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using PublicationGate.Consent;
using PublicationGate.Rounds;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>A round that nobody was asked in yet: new, or to be changed.</summary>
internal sealed class RoundFormModel(RoundBook rounds, ConsentRegister register, ProtocolInUse protocol, IMediator mediator, TimeProvider time) : GatePage
{
    private const int UsualDays = 10;

    /// <summary>Number of the round; null for a new one.</summary>
    public long? Id { get; private set; }

    public RoundDraft Draft { get; private set; } = new();

    public IReadOnlyList<string> Groups { get; private set; } = [];

    /// <summary>Channels that work by rounds first: what is asked about the others opens nothing by itself.</summary>
    public IReadOnlyList<string> Channels => [.. PublicationGate.Intake.Channels.All.OrderBy(channel => protocol.Current.WorksByRounds(channel) ? 0 : 1)];

    /// <summary>Whether nothing is published on a channel: a round about it can be held, and opens nothing yet.</summary>
    public bool IsShut(string channel) => !protocol.Current.TermsOf(channel).IsOpen;

    public async Task<IActionResult> OnGetAsync(long? id)
    {
        await ShowAsync(id);
        if (id is null)
        {
            Draft = new() { Deadline = time.Today().AddDays(UsualDays), Question = Texts.Get("round.question.usual").In(await rounds.LanguageOfParentsAsync(Gone)) };
            return Page();
        }

        if (await rounds.ReadAsync(id.Value, Gone) is not { State: RoundState.Draft } found)
        {
            return NotFound();
        }

        Draft = RoundDraft.Of(found.Round);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long? id)
    {
        Draft = Of(Request.Form);
        ModelState.Clear();
        foreach (var (field, key, values) in Draft.Mistakes(time.Today()))
        {
            Mistake(field, key, values);
        }

        if (ModelState.IsValid)
        {
            try
            {
                if (await mediator.Send(new SaveRound(id, Draft, Me.Id), Gone) is not { } saved)
                {
                    return NotFound();
                }

                Tell("round.saved");
                return GoTo($"/rounds/{saved.Id}");
            }
            catch (RoundRefusedException refused)
            {
                ModelState.AddModelError(refused.Field, refused.Reason.In(Visit.Language));
            }
        }

        await ShowAsync(id);
        return Page();
    }

    private static RoundDraft Of(IFormCollection form) => new()
    {
        Kind = form["kind"] == nameof(RoundKind.Notice) ? RoundKind.Notice : RoundKind.Ask,
        Scope = form["scope"] == nameof(ConsentScope.Individual) ? ConsentScope.Individual : ConsentScope.Group,
        Name = form["name"].ToString().Trim(), Organisation = form["organisation"].ToString().Trim(), Channel = form["channel"].ToString(), Question = form["question"].ToString().Trim(),
        Explanation = form["explanation"].ToString().ReplaceLineEndings("\n").Trim(),
        Groups = [.. form["groups"].OfType<string>().Where(group => group.Length > 0).Distinct()], Pupils = RoundDraft.Lines(form["pupils"].ToString()),
        Deadline = DateOnly.TryParseExact(form["deadline"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var deadline) ? deadline : null,
        ReminderDays = long.TryParse(form["reminder"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null,
    };

    private async Task ShowAsync(long? id) =>
        (Id, Groups) = (id, [.. (await register.CountsAsync(time.Today(), Gone)).Groups.Select(group => group.Group).Where(group => group.Length > 0)]);
}
