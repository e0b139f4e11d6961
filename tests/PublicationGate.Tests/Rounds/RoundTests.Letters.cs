using Microsoft.EntityFrameworkCore;
using PublicationGate.Mailing;
using PublicationGate.Rounds;

namespace PublicationGate.Tests.Rounds;

/// <summary>Letters of rounds: which of them go out, and in which language.</summary>
public partial class RoundTests
{
    [Test]
    public async Task A_printed_letter_is_in_the_language_of_who_gets_it()
    {
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            await db.Guardians.Where(guardian => guardian.Name == "voogd").ExecuteUpdateAsync(set => set.SetProperty(guardian => guardian.Language, "en"));
        }

        Assert.That((await gate.Gate.SendAsync(new PrintRound(await OpenedAsync(), "account-1")))!.Select(link => link.Language), Is.EqualTo(new[] { "en" }));
    }

    [Test]
    public async Task Letters_that_wait_when_a_round_closes_are_not_sent_and_those_of_others_are()
    {
        var (one, other) = (await OpenedAsync(), await OpenedAsync());
        await using (var before = gate.Gate.Database.CreateDbContext())
        {
            // One is under way: were its attempt to fail, it would wait again.
            await before.Letters.Where(letter => letter.Key == $"round-{one}-invitation-2").ExecuteUpdateAsync(set => set.SetProperty(letter => letter.State, LetterState.Leased));
        }

        await gate.Gate.SendAsync(new CloseRound(one, "account-1"));
        await using var db = gate.Gate.Database.CreateDbContext();
        var letters = await db.Letters.Where(letter => letter.Kind == "round-ask").OrderBy(letter => letter.Id).ToListAsync();
        Assert.That(letters.Select(letter => (letter.State, letter.To.Length > 0)), Is.EqualTo(new[] { (LetterState.Dropped, false), (LetterState.Dropped, false), (LetterState.Waiting, true), (LetterState.Waiting, true) }));
        Assert.That(await Book.CountWaitingAsync(other, default), Is.EqualTo(2));
    }

    [Test]
    public async Task Nobody_is_reminded_of_a_letter_that_still_waits()
    {
        var id = await OpenedAsync();
        Assert.That(await gate.Gate.SendAsync(new RemindRound(id, "account-1", "De school")), Is.EqualTo(new RemindedRound(0, 2)));
        await SendLettersAsync();
        Assert.That(await gate.Gate.SendAsync(new RemindRound(id, "account-1", "De school")), Is.EqualTo(new RemindedRound(2, 0)));
    }

    private async Task SendLettersAsync()
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        await db.Letters.ExecuteUpdateAsync(set => set.SetProperty(letter => letter.State, LetterState.Sent).SetProperty(letter => letter.DueAt, (DateTimeOffset?)null));
    }
}
