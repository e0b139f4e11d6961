using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Links;
using PublicationGate.Mailing;

namespace PublicationGate.App.Pages;

/// <summary>Letters that could not be delivered, and those that wait.</summary>
internal sealed class MailPageModel(GateDb db, LetterQueue queue, MailSettings mail, PublicAddress address) : GatePage
{
    private const int LongestGround = 1000;

    // Whoever has more to see to begins with the oldest.
    private const int MostShown = 100;

    public string? Server => mail.IsSet ? mail.Host : null;

    public IReadOnlyList<Letter> Dead { get; private set; } = [];

    public IReadOnlyList<Letter> Waiting { get; private set; } = [];

    public int DeadCount { get; private set; }

    public int WaitingCount { get; private set; }

    /// <summary>Letters with links wait for the setting <c>public-url</c>.</summary>
    public bool NeedsAddress { get; private set; }

    /// <summary>Which letter a mistake is about.</summary>
    public long? Refused { get; private set; }

    /// <summary>What is wrong with a letter, or what it waits for.</summary>
    public string Why(Letter letter) =>
        letter.Failure is { } failure ? $"{MailCheck.Explain(failure).In(Visit.Language)} ({failure})"
        : T(Server is null ? "mailing.page.waits-for-server" : letter.Link is not null && address.Root is null ? "mailing.page.waits-for-address" : "mailing.page.soon");

    public async Task OnGetAsync()
    {
        var (dead, waiting) = (db.Letters.AsNoTracking().Where(letter => letter.State == LetterState.Dead), db.Letters.AsNoTracking().Where(letter => letter.DueAt != null));
        (Dead, DeadCount) = (await dead.OrderBy(letter => letter.Id).Take(MostShown).ToListAsync(Gone), await dead.CountAsync(Gone));
        (Waiting, WaitingCount) = (await waiting.OrderBy(letter => letter.Id).Take(MostShown).ToListAsync(Gone), await waiting.CountAsync(Gone));
        NeedsAddress = address.Root is null && await waiting.AnyAsync(letter => letter.Link != null, Gone);
    }

    public async Task<IActionResult> OnPostRetryAsync(long? id)
    {
        Tell("mailing.retried", ("count", await queue.RetryAsync(id, Me.Id, Gone)));
        return GoTo("/mail");
    }

    public async Task<IActionResult> OnPostDropAsync(long id, string? ground)
    {
        if (string.IsNullOrWhiteSpace(ground) || ground.Length > LongestGround)
        {
            Refused = id;
            Mistake($"ground-{id}", "mailing.page.no-ground", ("most", LongestGround));
            await OnGetAsync();
            return Page();
        }

        if (!await queue.DropAsync(id, ground, Me.Id, Gone))
        {
            return NotFound();
        }

        Tell("mailing.dropped", ("id", id));
        return GoTo("/mail");
    }
}
