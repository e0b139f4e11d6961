using MediatR;
using Microsoft.AspNetCore.Mvc;
using PublicationGate.App.Output;
using PublicationGate.Rounds;
using PublicationGate.Screening;

namespace PublicationGate.App.Pages;

/// <summary>One round: what parents read, who answered, and what staff do about it.</summary>
internal sealed class OneRoundModel(RoundBook rounds, ProtocolInUse protocol, IMediator mediator) : GatePage
{
    public RoundResult Result { get; private set; } = null!;

    public Round Round => Result.Round;

    /// <summary>What opening it would do; null for one that is open, or cannot be opened as it is.</summary>
    public OpenedRound? Preview { get; private set; }

    /// <summary>How many people's letters are not sent yet.</summary>
    public int Waiting { get; private set; }

    public long? Invitation { get; private set; }

    public string? Answer { get; private set; }

    public string? Ground { get; private set; }

    /// <summary>What a person is called who was asked.</summary>
    public string NameOf(RoundInvitation invitation) => invitation.IsPupil ? T("round.the-pupil") : invitation.Name.Length == 0 ? T("round.no-guardian") : invitation.Name;

    /// <summary>The latest answer in words.</summary>
    public string AnswerOf(InvitedGuardian guardian) =>
        guardian.Latest is { } answer ? $"{AnswerWords.Of(answer.IsYes, Visit.Language)}, {DayTexts.InLetters(answer.At.Day()).In(Visit.Language)}" : T("round.no-answer-yet");

    public async Task<IActionResult> OnGetAsync(long id) => await ShowAsync(id) ? Page() : NotFound();

    public Task<IActionResult> OnPostOpenAsync(long id) => TryAsync(id, async () =>
    {
        if (await mediator.Send(new OpenRound(id, Me.Id, protocol.Current.School), Gone) is not { } opened)
        {
            return false;
        }

        Tell("round.opened", ("pupils", opened.Pupils), ("letters", opened.Letters), ("paper", opened.Asked - opened.Letters));
        return true;
    });

    public Task<IActionResult> OnPostRemindAsync(long id) => TryAsync(id, async () =>
    {
        if (await mediator.Send(new RemindRound(id, Me.Id, protocol.Current.School), Gone) is not { } reminded)
        {
            return false;
        }

        Tell(reminded.Waiting == 0 ? "round.reminded" : "round.reminded.waiting", ("letters", reminded.Letters), ("waiting", reminded.Waiting));
        return true;
    });

    public Task<IActionResult> OnPostCloseAsync(long id) => TryAsync(id, async () =>
    {
        var isClosed = await mediator.Send(new CloseRound(id, Me.Id), Gone);
        Tell("round.closed");
        return isClosed;
    });

    public async Task<IActionResult> OnPostDropAsync(long id)
    {
        var answer = await TryAsync(id, async () =>
        {
            var isDropped = await mediator.Send(new DropRound(id, Me.Id), Gone);
            Tell("round.dropped");
            return isDropped;
        });
        return answer is LocalRedirectResult ? GoTo("/rounds") : answer;
    }

    public Task<IActionResult> OnPostWriteAsync(long id, long? invitation, string? answer, string? ground)
    {
        (Invitation, Answer, Ground) = (invitation, answer, ground);
        return TryAsync(id, async () =>
        {
            var isKnown = await rounds.ReadAsync(id, Gone) is { } result && result.Pupils.SelectMany(pupil => pupil.Invited).Any(one => one.Invitation.Id == invitation);
            if (!isKnown || answer is not ("yes" or "no"))
            {
                throw new RoundRefusedException(isKnown ? "answer" : "invitation", Texts.Get("round.mistake.empty"));
            }

            var isWritten = await mediator.Send(new AnswerRound(invitation!.Value, answer == "yes", Me.Id, ground), Gone);
            Tell("round.written");
            return isWritten;
        });
    }

    private async Task<IActionResult> TryAsync(long id, Func<Task<bool>> act)
    {
        try
        {
            return await act() ? GoTo($"/rounds/{id}") : NotFound();
        }
        catch (RoundRefusedException refused)
        {
            ModelState.Clear();
            ModelState.AddModelError(refused.Field, refused.Reason.In(Visit.Language));
            return await ShowAsync(id) ? Page() : NotFound();
        }
    }

    private async Task<bool> ShowAsync(long id)
    {
        if (await rounds.ReadAsync(id, Gone) is not { } found)
        {
            return false;
        }

        (Result, Waiting) = (found, await rounds.CountWaitingAsync(id, Gone));
        try
        {
            Preview = found.State == RoundState.Draft ? await rounds.PreviewAsync(found.Round, Gone) : null;
        }
        catch (RoundRefusedException refused)
        {
            ModelState.AddModelError("", refused.Reason.In(Visit.Language));
        }

        return true;
    }
}
