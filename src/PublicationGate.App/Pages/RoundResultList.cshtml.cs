using Microsoft.AspNetCore.Mvc;
using PublicationGate.Rounds;

namespace PublicationGate.App.Pages;

/// <summary>The result of a round on paper: who may be shown, and who may not.</summary>
internal sealed class RoundResultListModel(RoundBook rounds, TimeProvider time) : GatePage
{
    public RoundResult Result { get; private set; } = null!;

    public DateOnly Today => time.Today();

    public async Task<IActionResult> OnGetAsync(long id)
    {
        if (await rounds.ReadAsync(id, Gone) is not { State: not RoundState.Draft } found)
        {
            return NotFound();
        }

        Result = found;
        return Page();
    }
}
