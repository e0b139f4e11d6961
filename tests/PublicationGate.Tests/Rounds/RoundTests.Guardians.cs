using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Rounds;
using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rounds;

/// <summary>Who was asked, and may answer no longer.</summary>
public partial class RoundTests
{
    [Test]
    public async Task The_yes_of_who_is_no_guardian_any_more_does_not_count_and_their_no_does()
    {
        var id = await OpenedAsync();
        await AnswerAsync(1, true);
        await AnswerAsync(3, true);
        await RemoveAsync("moeder");
        Assert.That(await gate.Gate.SendAsync(new PrintRound(id, "account-1", 1)), Is.Empty);
        await gate.Gate.SendAsync(new CloseRound(id, "account-1"));
        Assert.That((await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils with { Round = id })).Outcome, Is.EqualTo(Outcome.Held));
        var pupil = (await Book.ReadAsync(id, default))!.Pupils[0];
        Assert.That((pupil.Answer, string.Join(' ', pupil.Invited.Select(one => one.MayAnswer))), Is.EqualTo((ConsentState.Silent, "False True")));
        Assert.That(() => gate.Gate.SendAsync(new AnswerRound(1, true, "account-1", "briefje")), Throws.InstanceOf<RoundRefusedException>());

        Assert.That(await gate.Gate.SendAsync(new AnswerRound(2, true, "account-1", "briefje")), Is.True);
        Assert.That((await Book.FindAsync(id, ["p1"], gate.Gate.Time.Now, default)).AnswerOf("p1"), Is.EqualTo(ConsentState.Yes));
        gate.Gate.Time.Now += TimeSpan.FromSeconds(1);
        Assert.That(await gate.Gate.SendAsync(new AnswerRound(1, false, "account-1", "gebeld")), Is.True, "a no is heeded, whoever says it");
        Assert.That((await Book.FindAsync(id, ["p1"], gate.Gate.Time.Now, default)).AnswerOf("p1"), Is.EqualTo(ConsentState.No));
    }

    [Test]
    public async Task A_guardian_who_is_removed_cannot_answer_by_a_link_that_they_have()
    {
        var id = await OpenedAsync();
        var path = (await gate.Gate.SendAsync(new PrintRound(id, "account-1", 1)))!.Single().Path;
        await RemoveAsync("moeder");
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await AccessLinks.FindAsync(db, path["/round/".Length..], LinkPurpose.Round, gate.Gate.Time.Now, default), Is.Null);
        Assert.That((await AnswerAsync(1, true), await AnswerAsync(1, false)), Is.EqualTo((false, false)));
        Assert.That(await db.RoundAnswers.AnyAsync(), Is.False);
        await db.Pupils.Where(pupil => pupil.Key == "p1").ExecuteUpdateAsync(set => set.SetProperty(pupil => pupil.LeftOn, new DateOnly(2020, 1, 1)));
        Assert.That(await AnswerAsync(2, true), Is.False, "the pupil left");
    }

    [Test]
    public async Task With_another_address_what_was_not_sent_is_dropped_and_a_reminder_goes_to_the_new_one([Values(LetterState.Waiting, LetterState.Leased, LetterState.Dead)] LetterState state)
    {
        var id = await OpenedAsync();
        await using var db = gate.Gate.Database.CreateDbContext();
        await db.Letters.ExecuteUpdateAsync(set => set.SetProperty(letter => letter.State, LetterState.Sent));
        await gate.Gate.SendAsync(new RemindRound(id, "account-1", "De school"));
        await db.Letters.ExecuteUpdateAsync(set => set.SetProperty(letter => letter.State, state));
        var mother = await db.Guardians.AsNoTracking().SingleAsync(guardian => guardian.Name == "moeder");
        await new GuardianRegister(gate.Gate.Database, gate.Gate.Time).ChangeAsync("p1", mother.Id, new(mother.Name, "nieuw@ouders.example", "nl", false), "account-1", default);
        var letters = await db.Letters.AsNoTracking().OrderBy(letter => letter.Id).ToListAsync();
        Assert.That(letters.Select(letter => (letter.State, letter.To, letter.Link is null)), Is.EqualTo(new[]
        {
            (LetterState.Dropped, "", true), (state, "vader@ouders.example", false), (LetterState.Dropped, "", true), (state, "vader@ouders.example", false),
        }));

        await gate.Gate.SendAsync(new RemindRound(id, "account-1", "De school"));
        Assert.That(await db.Letters.Where(letter => letter.Id > letters[3].Id).Select(letter => letter.To).ToListAsync(), Is.EqualTo(new[] { "nieuw@ouders.example" }));
    }

    private async Task RemoveAsync(string guardian)
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        await new GuardianRegister(gate.Gate.Database, gate.Gate.Time).RemoveAsync("p1", (await db.Guardians.SingleAsync(row => row.Name == guardian)).Id, "account-1", default);
    }
}
