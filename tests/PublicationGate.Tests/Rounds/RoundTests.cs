using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Erasure;
using PublicationGate.Faces;
using PublicationGate.Links;
using PublicationGate.Review;
using PublicationGate.Rounds;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Removal;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rounds;

/// <summary>From a draft to what is released under a round and hidden again, on both databases. The register says yes to everything: what is held, the round holds.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public partial class RoundTests(DatabaseKind kind)
{
    private static readonly FaceBox[] Two = [new(0, 0, 50, 50, 0.9f), new(60, 0, 50, 50, 0.9f)];

    private RemovalGate gate = null!;

    [SetUp]
    public async Task Open()
    {
        gate = await RemovalGate.OpenAsync(kind, Two);
        await using var db = gate.Gate.Database.CreateDbContext();
        db.Guardians.AddRange(
            new Guardian { PupilKey = "p1", Name = "moeder", Email = "moeder@ouders.example", Language = "nl" },
            new Guardian { PupilKey = "p1", Name = "vader", Email = "vader@ouders.example", Language = "en" },
            new Guardian { PupilKey = "p2", Name = "voogd", Language = "nl" });
        await db.SaveChangesAsync();
    }

    [TearDown]
    public async Task Close() => await gate.DisposeAsync();

    [Test]
    public async Task Opening_asks_each_guardian_with_a_link_of_their_own()
    {
        var id = await OpenedAsync();
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.RoundInvitations.OrderBy(row => row.Id).Select(row => row.Name).ToListAsync(), Is.EqualTo(new[] { "moeder", "vader", "voogd" }));
        var letters = await db.Letters.OrderBy(letter => letter.Id).ToListAsync();
        Assert.That(letters.Select(letter => (letter.To, letter.Language, letter.Kind)), Is.EqualTo(new[] { ("moeder@ouders.example", "nl", "round-ask"), ("vader@ouders.example", "en", "round-ask") }));
        var link = JsonSerializer.Deserialize<LinkDraft>(letters[1].Link!, JsonSerializerOptions.Web)!;
        Assert.That((link.Purpose, link.Subject), Is.EqualTo((LinkPurpose.Round, "2")));
        Assert.That(letters[1].Values, Does.Contain("Mag dit?").And.Contain("Friday 10 April").And.Contain("Noorp1").And.Contain("De school"));
        foreach (var letter in letters)
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, string>>(letter.Values, JsonSerializerOptions.Web)!;
            var body = Texts.Get($"mail.{letter.Kind}.body", [.. values.Select(value => (value.Key, (object)value.Value))]).In(letter.Language).Replace("{link}", "", StringComparison.Ordinal);
            Assert.That(body, Does.Not.Contain("{"), "the letter names all that its sentences ask for");
        }

        Assert.That(await db.AuditEntries.CountAsync(entry => entry.Kind == AuditKinds.RoundOpened && entry.Subject == $"round-{id}"), Is.EqualTo(1));
        Assert.That(() => gate.Gate.SendAsync(new OpenRound(id, "a", "De school")), Throws.InstanceOf<RoundRefusedException>());
        Assert.That(() => gate.Gate.SendAsync(new SaveRound(id, Draft, "a")), Throws.InstanceOf<RoundRefusedException>());
        Assert.That(() => gate.Gate.SendAsync(new DropRound(id, "a")), Throws.InstanceOf<RoundRefusedException>());
    }

    [Test]
    public async Task A_photo_waits_for_the_result_is_released_by_it_and_hidden_by_a_later_no()
    {
        var id = await OpenedAsync();
        await AnswerAsync(1, true);
        await AnswerAsync(3, true);
        var photo = await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils with { Round = id });
        Assert.That(photo.Outcome, Is.EqualTo(Outcome.Held), "the round is open");

        Assert.That(await gate.Gate.SendAsync(new CloseRound(id, "account-1")), Is.True);
        await gate.DecideAsync();
        Assert.That((await gate.ReadAsync(photo.Id)).Outcome, Is.EqualTo(Outcome.Approved), "screened anew by itself");
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(1));

        await AnswerAsync(2, false);
        Assert.That(await gate.StandingAsync(), Is.Empty, "before anybody looked");
        await gate.FollowAsync();
        Assert.That((await gate.ReadAsync(photo.Id)).Outcome, Is.EqualTo(Outcome.Rejected));
        Assert.That(await gate.TasksAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_no_in_one_round_touches_nothing_of_another()
    {
        var (one, other) = (await OpenedAsync(), await OpenedAsync());
        foreach (var round in new[] { one, other })
        {
            await AnswerAllAsync(round, true);
            await gate.Gate.SendAsync(new CloseRound(round, null));
        }

        await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils with { Round = one });
        await gate.SubmitAsync(Pictures.LivelyPng(2), TestGate.TwoPupils with { Round = other });
        await gate.SubmitAsync(Pictures.LivelyPng(3), TestGate.TwoPupils);
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(3));
        await AnswerAsync(1, false);
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_deadline_closes_it_by_itself_and_silence_is_no()
    {
        var id = await OpenedAsync();
        await AnswerAsync(1, true);
        gate.Gate.Time.Now = gate.Gate.Time.Now.AddDays(11);
        Assert.That((await Book.ReadAsync(id, default))!.State, Is.EqualTo(RoundState.Closed), "before anybody looked");
        var photo = await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils with { Round = id });
        Assert.That(photo.Outcome, Is.EqualTo(Outcome.Held), "nobody answered for p2");

        Assert.That(() => AnswerAsync(3, true), Throws.InstanceOf<RoundRefusedException>(), "too late by a link");
        Assert.That(() => gate.Gate.SendAsync(new AnswerRound(3, true, "account-1", " ")), Throws.InstanceOf<RoundRefusedException>(), "staff say why");
        Assert.That(await gate.Gate.SendAsync(new AnswerRound(3, true, "account-1", "briefje van 12 april")), Is.True);
        await gate.DecideAsync();
        Assert.That((await gate.ReadAsync(photo.Id)).Outcome, Is.EqualTo(Outcome.Approved));
    }

    [Test]
    public async Task The_calendar_reminds_once_and_closes()
    {
        var id = await OpenedAsync();
        Assert.That(await DueAsync(), Is.Zero);
        await SendLettersAsync();
        gate.Gate.Time.Now = gate.Gate.Time.Now.AddDays(7);
        await AnswerAsync(3, true);
        Assert.That((await DueAsync(), await DueAsync()), Is.EqualTo((1, 0)));
        gate.Gate.Time.Now = gate.Gate.Time.Now.AddDays(4);
        Assert.That((await DueAsync(), await DueAsync()), Is.EqualTo((1, 0)));
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.Letters.CountAsync(letter => letter.Kind == "round-reminder"), Is.EqualTo(2), "p1's guardians; nobody asks those of p2 again");
        Assert.That((await db.Rounds.SingleAsync()).ClosedAt, Is.Not.Null);
        var told = await db.AuditEntries.SingleAsync(entry => entry.Kind == AuditKinds.RoundClosed);
        Assert.That(told.Details, Is.EqualTo("{\"by\":\"deadline\",\"letters-dropped\":\"2\",\"no\":\"0\",\"silent\":\"1\",\"yes\":\"1\"}"));
        Assert.That(await gate.Gate.SendAsync(new RemindRound(id, "a", "s")), Is.Null);
    }

    [Test]
    public async Task An_answer_is_kept_once_and_cannot_be_changed_in_the_database()
    {
        await OpenedAsync();
        await AnswerAsync(1, true);
        await AnswerAsync(1, true);
        await AnswerAsync(1, false);
        await AnswerAsync(1, true);
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.RoundAnswers.OrderBy(answer => answer.Id).Select(answer => answer.IsYes).ToListAsync(), Is.EqualTo(new[] { true, false, true }));
        Assert.That((await Book.ReadAsync(1, default))!.Pupils[0].Answer, Is.EqualTo(ConsentState.Yes), "the last one counts though the clock stands still");
        Assert.That(() => db.RoundAnswers.ExecuteUpdateAsync(set => set.SetProperty(answer => answer.IsYes, true)), Throws.Exception);
        Assert.That(() => db.RoundAnswers.ExecuteDeleteAsync(), Throws.Exception);
    }

    [Test]
    public async Task A_no_that_comes_while_a_photo_is_screened_is_not_overtaken()
    {
        var id = await OpenedAsync();
        await AnswerAllAsync(id, true);
        await gate.Gate.SendAsync(new CloseRound(id, null));
        await using var db = gate.Gate.Database.CreateDbContext();
        var seen = await SeenRegisters.NowAsync(db, default);
        var facts = Some.Photo with { Rounds = new() { Round = new(id, "", "website", RoundKind.Ask, ConsentScope.Group, RoundState.Closed, default) } };
        Assert.That(await seen.AreOvertakenAsync(db, facts, default), Is.False);
        await AnswerAsync(1, false);
        Assert.That(await seen.AreOvertakenAsync(db, facts, default), Is.True);
        Assert.That(await seen.AreOvertakenAsync(db, facts with { Rounds = null }, default), Is.False);
    }

    [Test]
    public async Task A_reviewer_is_told_that_parents_decide()
    {
        var id = await OpenedAsync();
        var photo = await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils with { Round = id });
        Assert.That(
            () => gate.Gate.SendAsync(new ReviewSubmission(photo.Id, "account-9", photo.VerdictId, new ReviewStep.Approve("Lijkt me goed"))),
            Throws.InstanceOf<ReviewRefusedException>().With.Property("Code").EqualTo("parents-answer"));
    }

    [Test]
    public async Task A_notice_that_asks_nothing_hears_a_no()
    {
        var id = await OpenedAsync(Draft with { Kind = RoundKind.Notice, Question = "" });
        Assert.That(() => AnswerAsync(1, true), Throws.InstanceOf<RoundRefusedException>());
        await AnswerAsync(1, false);
        Assert.That((await Book.ReadAsync(id, default))!.CountOf(ConsentState.No), Is.EqualTo(1));
        Assert.That(() => gate.Gate.SendAsync(new RemindRound(id, "a", "s")), Throws.InstanceOf<RoundRefusedException>());
    }

    [TestCase("groep 9", "", "groups")]
    [TestCase("", "Niemand Bekend", "pupils")]
    [TestCase("", "", "groups")]
    public void A_draft_names_who_is_there(string group, string pupil, string field) => Assert.That(
        () => gate.Gate.SendAsync(new SaveRound(null, Draft with { Groups = RoundDraft.Lines(group), Pupils = RoundDraft.Lines(pupil) }, "a")),
        Throws.InstanceOf<RoundRefusedException>().With.Property("Field").EqualTo(field));

    [Test]
    public async Task Names_in_a_draft_are_kept_as_keys()
    {
        var saved = await gate.Gate.SendAsync(new SaveRound(null, Draft with { Groups = [], Pupils = ["Noorp2 Proef"] }, "a"));
        Assert.That(saved!.Keys, Is.EqualTo("p2"));
        await gate.Gate.SendAsync(new OpenRound(saved.Id, "a", "s"));
        Assert.That((await Book.ReadAsync(saved.Id, default))!.Pupils.Select(pupil => pupil.Pupil.Key), Is.EqualTo(new[] { "p2" }));
    }

    [Test]
    public async Task Printed_links_lead_to_who_has_no_address()
    {
        var id = await OpenedAsync();
        var links = (await gate.Gate.SendAsync(new PrintRound(id, "account-1")))!;
        Assert.That(links.Select(link => (link.FirstName, link.Invitation.Name)), Is.EqualTo(new[] { ("Noorp2", "voogd") }));
        Assert.That(links[0].Language, Is.EqualTo("nl"));
        await using var db = gate.Gate.Database.CreateDbContext();
        var found = await AccessLinks.FindAsync(db, links[0].Path["/round/".Length..], LinkPurpose.Round, gate.Gate.Time.Now.AddDays(300), default);
        Assert.That(found!.Subject, Is.EqualTo("3"), "long after the deadline a no must be possible");
        await AnswerAsync(3, true);
        Assert.That(await gate.Gate.SendAsync(new PrintRound(id, "account-1")), Is.Empty, "who answered needs no letter");
        await gate.Gate.SendAsync(new CloseRound(id, "account-1"));
        Assert.That(await gate.Gate.SendAsync(new PrintRound(id, "account-1")), Is.Null, "nothing to ask any more");
    }

    [Test]
    public async Task Erasing_a_pupil_takes_their_answers_links_and_letters_and_leaves_the_others()
    {
        await OpenedAsync(Draft with { Explanation = "Ook Noorp1 Proef doet mee." });
        await AnswerAsync(1, true);
        await AnswerAsync(3, true);
        var folder = Directory.CreateTempSubdirectory("rounds-erasure").FullName;
        var erasure = new PersonErasure(gate.Gate.Database, folder, [], [], gate.Gate.Time);
        Assert.That((await erasure.PreviewAsync("p1", default))!.Removed["round-answers"], Is.EqualTo(1));
        Assert.That((await erasure.EraseAsync("p1", default))!.Removed["round-answers"], Is.EqualTo(1));
        Directory.Delete(folder, recursive: true);
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.RoundAnswers.Select(answer => answer.PupilKey).ToListAsync(), Is.EqualTo(new[] { "p2" }));
        Assert.That(await db.RoundInvitations.Select(row => row.PupilKey).ToListAsync(), Is.EqualTo(new[] { "p2" }));
        Assert.That(await db.Letters.AnyAsync(), Is.False, "both were to guardians of p1");
        Assert.That((await db.Rounds.SingleAsync()).Explanation, Does.Not.Contain("Noorp1"));
    }

    private static RoundDraft Draft { get; } = new()
    {
        Name = "Folder opvang", Organisation = "Opvang Zonnig", Channel = "website", Question = "Mag dit?", Explanation = "Foto's van de knutselmiddag.", Groups = ["Groep 5"], Deadline = new(2026, 4, 10), ReminderDays = 3,
    };

    private RoundBook Book => gate.Gate.Services.GetRequiredService<RoundBook>();

    private async Task<long> OpenedAsync(RoundDraft? draft = null)
    {
        var saved = await gate.Gate.SendAsync(new SaveRound(null, draft ?? Draft, "account-1"));
        Assert.That((await gate.Gate.SendAsync(new OpenRound(saved!.Id, "account-1", "De school")))!.Pupils, Is.EqualTo(2));
        return saved.Id;
    }

    private Task<bool> AnswerAsync(long invitation, bool isYes) => gate.Gate.SendAsync(new AnswerRound(invitation, isYes));

    private async Task AnswerAllAsync(long round, bool isYes)
    {
        foreach (var one in (await Book.ReadAsync(round, default))!.Pupils.SelectMany(pupil => pupil.Invited))
        {
            await AnswerAsync(one.Invitation.Id, isYes);
        }
    }

    private async Task<int> DueAsync()
    {
        await using var scope = gate.Gate.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DueRounds>().RunAsync("De school", default);
    }
}
