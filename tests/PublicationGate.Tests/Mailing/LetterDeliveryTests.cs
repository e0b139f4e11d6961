using Microsoft.EntityFrameworkCore;
using MimeKit;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Links;
using PublicationGate.Mailing;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Mailing;

/// <summary>From the row to a real mail server, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class LetterDeliveryTests(DatabaseKind kind)
{
    private LettersToSend letters = null!;
    private SmtpServer server = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        letters = new(kind);
        server = new();
        await letters.OpenAsync();
    }

    [TearDown]
    public void Close()
    {
        server?.Dispose();
        letters.Dispose();
    }

    [Test]
    public async Task A_letter_arrives_once_with_its_words_and_nothing_but_that_it_was_sent_is_kept()
    {
        using var delivery = letters.Delivery(server, "reply-to: info@school.example");
        await letters.WriteAsync("round-1", "round");
        await letters.WriteAsync("round-2", "round", "en", "parent@home.example");
        await LettersToSend.SendAllAsync(delivery);
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(server.Messages, Has.Count.EqualTo(2));
        var dutch = server.Messages.Single(message => message.To.Mailboxes.Single().Address == "ouder@thuis.example");
        var english = server.Messages.Single(message => message.To.Mailboxes.Single().Address == "parent@home.example");
        var links = await letters.LinksAsync();
        Assert.Multiple(() =>
        {
            Assert.That(dutch.Subject, Is.EqualTo("Vraag over Noor {link}: mag dit?"), "what somebody typed is no placeholder");
            Assert.That(dutch.TextBody!.ReplaceLineEndings("\n"), Does.StartWith("Beste Aïsha,\n\nHier kunt u antwoorden:\nhttps://gate.school.example/round/").And.Contain("\n\nMet groet – de school"));
            Assert.That(english.TextBody!, Does.StartWith("Dear Aïsha,").And.Contain("Answer here:"));
            Assert.That(english.Subject, Is.EqualTo("Question about Noor {link}: is this fine?"));
            Assert.That(dutch.From.ToString(), Is.EqualTo("\"De Regenboog\" <gate@school.example>"));
            Assert.That(dutch.ReplyTo.ToString(), Is.EqualTo("info@school.example"));
            Assert.That(dutch.Headers["Auto-Submitted"], Is.EqualTo("auto-generated"));
            Assert.That(dutch.Body!.Headers[HeaderId.ContentLanguage], Is.EqualTo("nl"));
            Assert.That(dutch.Headers["X-MailFrom"], Is.EqualTo("gate@school.example"));
            Assert.That(dutch.Date, Is.EqualTo(letters.Time.Now));
            Assert.That(dutch.MessageId, Does.Match("^[0-9a-f]{32}@school\\.example$").And.Not.EqualTo(english.MessageId));
            Assert.That(dutch.Body!.ContentType.ToString(), Does.Contain("text/plain").And.Contain("utf-8"), "one part, and nothing to fetch");
            Assert.That(links.Select(link => (link.Purpose, link.Subject, link.EndsAt)), Is.EqualTo(Enumerable.Repeat((LinkPurpose.Round, "7", letters.Time.Now.AddDays(14)), 2)));
            Assert.That(links.Select(link => link.Sha256), Is.EquivalentTo(new[] { dutch, english }.Select(TokenHashIn)), "the link works: its row was there before the letter went");
        });
        Assert.That((await letters.Queue().ListAsync(all: true, default)).Select(row => (row.State, row.To, row.Values, row.Link)), Is.All.EqualTo((LetterState.Sent, "", "", (string?)null)));
        Assert.That(await letters.AuditKindsAsync(), Is.EqualTo(new[] { AuditKinds.LetterSent, AuditKinds.LetterSent }));
    }

    [Test]
    public async Task A_letter_that_breaks_its_making_is_tried_as_often_as_others_and_given_up_and_the_next_is_sent()
    {
        using var delivery = letters.Delivery(server);
        await letters.WriteAsync("round-1", "round");
        await using (var db = letters.Database.CreateDbContext())
        {
            await db.Letters.ExecuteUpdateAsync(set => set.SetProperty(letter => letter.Link, "{"));
        }

        await letters.WriteAsync("plain-1");
        for (var time = 0; time < 3; time++)
        {
            await LettersToSend.SendAllAsync(delivery);
            letters.Time.Now += TimeSpan.FromMinutes(10);
        }

        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "round-1 Dead 3 broken", "plain-1 Sent 1" }));
        Assert.That(MailCheck.Explain("broken").En, Does.Contain("cannot be made"));
    }

    [Test]
    public async Task A_server_that_is_down_gets_it_once_when_it_is_up()
    {
        using var delivery = letters.Delivery(server);
        server.Stop();
        await letters.WriteAsync("round-1", "round");
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "round-1 Waiting 1 connection" }));
        Assert.That(await letters.LinksAsync(), Is.Empty, "no token is made for nothing");
        server.Start();
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(server.Messages, Is.Empty, "it has its time");
        letters.Time.Now += TimeSpan.FromMinutes(1);
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(server.Messages, Has.Count.EqualTo(1));
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "round-1 Sent 2" }));
    }

    [TestCase("nieuw@thuis.example")]
    [TestCase(null)]
    public async Task A_letter_with_a_link_goes_to_no_address_that_its_guardian_has_left(string? now)
    {
        using var delivery = letters.Delivery(server);
        long id;
        await using (var db = letters.Database.CreateDbContext())
        {
            db.Pupils.Add(new Pupil { Key = "p1", FirstName = "Noor", Prefix = "", Surname = "Proef", Group = "groep 5" });
            var guardian = new Guardian { PupilKey = "p1", Name = "moeder", Email = "ouder@thuis.example", Language = "nl" };
            db.Guardians.Add(guardian);
            await db.SaveChangesAsync();
            id = guardian.Id;
        }

        await letters.WriteAsync("round-1", "round", guardian: id);
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(server.Messages, Has.Count.EqualTo(1), "as long as it is theirs");
        await letters.WriteAsync("round-2", "round", guardian: id);
        await using (var db = letters.Database.CreateDbContext())
        {
            await (now is null ? db.Guardians.ExecuteDeleteAsync() : db.Guardians.ExecuteUpdateAsync(set => set.SetProperty(guardian => guardian.Email, now)));
        }

        await LettersToSend.SendAllAsync(delivery);
        Assert.That(server.Messages, Has.Count.EqualTo(1));
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "round-1 Sent 1", "round-2 Dropped 1" }));
        Assert.That(await letters.LinksAsync(), Has.Count.EqualTo(1));
    }

    [TestCase("RCPT 450 4.2.0 Greylisted", "recipient-450")]
    [TestCase("DATA 451 4.3.0 Full", "message-451")]
    public async Task A_server_that_says_later_is_asked_later(string answer, string failure)
    {
        using var delivery = letters.Delivery(server);
        server.Answer(answer);
        await letters.WriteAsync("round-1", "round");
        await letters.WriteAsync("plain-2");
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { $"round-1 Waiting 1 {failure}", "plain-2 Sent 1" }), "one letter holds up no other");
        letters.Time.Now += TimeSpan.FromMinutes(1);
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(server.Messages, Has.Count.EqualTo(2));
        Assert.That(server.Messages.Select(message => message.TextBody!.ReplaceLineEndings("\n").Trim()), Has.One.EqualTo("Dag,\n\nHet is geregeld, café Aïsha."), "paragraphs are set apart");
        Assert.That(await letters.LinksAsync(), Has.Count.EqualTo(1), "the token that nobody got is gone");
    }

    [Test]
    public async Task An_address_that_is_refused_is_given_up_at_once_and_a_person_may_retry_or_drop_it()
    {
        using var delivery = letters.Delivery(server);
        server.Answer("RCPT 550 5.1.1 No such user", "RCPT 550 5.1.1 No such user");
        await letters.WriteAsync("plain-1");
        await letters.WriteAsync("plain-2");
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "plain-1 Dead 1 recipient-550", "plain-2 Dead 1 recipient-550" }));
        Assert.That(await letters.Queue().RetryAsync(1, "account-1", default), Is.EqualTo(1));
        Assert.That(await letters.Queue().DropAsync(2, " Verhuisd ", "account-1", default), Is.True);
        Assert.That(await letters.Queue().DropAsync(2, "Nog eens", "account-1", default), Is.False);
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "plain-1 Sent 1", "plain-2 Dropped 1 recipient-550" }));
        var dropped = (await letters.Queue().ListAsync(all: true, default))[1];
        Assert.That((dropped.To, dropped.Values, dropped.Ground), Is.EqualTo(("", "", "Verhuisd")));
        Assert.That(await letters.AuditKindsAsync(), Is.EqualTo(new[] { AuditKinds.LetterGivenUp, AuditKinds.LetterGivenUp, AuditKinds.LetterRetried, AuditKinds.LetterDropped, AuditKinds.LetterSent }));
    }

    [Test]
    public async Task A_letter_is_given_up_after_so_many_attempts()
    {
        using var delivery = letters.Delivery(server);
        server.Stop();
        await letters.WriteAsync("plain-1");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await LettersToSend.SendAllAsync(delivery);
            letters.Time.Now += TimeSpan.FromMinutes(8);
        }

        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "plain-1 Dead 3 connection" }));
    }

    [Test]
    public async Task A_connection_that_ends_before_the_answer_brings_it_twice_with_the_same_id_and_both_links_work()
    {
        using var delivery = letters.Delivery(server);
        server.Answer("DATA drop");
        await letters.WriteAsync("round-1", "round");
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "round-1 Waiting 1 connection" }));
        letters.Time.Now += TimeSpan.FromMinutes(1);
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(server.Messages, Has.Count.EqualTo(2));
        Assert.That(server.Messages.Select(message => message.MessageId).Distinct().Count(), Is.EqualTo(1));
        Assert.That((await letters.LinksAsync()).Select(link => link.Sha256), Is.EquivalentTo(server.Messages.Select(TokenHashIn)));
    }

    [Test]
    public async Task A_letter_is_one_workers_until_its_lease_ends_and_what_a_dead_one_had_is_taken_over()
    {
        await letters.WriteAsync("plain-1");
        var (first, second) = (letters.Queue(), letters.Queue());
        var late = (await first.ClaimAsync("p/1", default))!;
        Assert.That(await second.ClaimAsync("p/2", default), Is.Null);
        letters.Time.Now += letters.Options.LeaseFor;
        var claim = (await second.ClaimAsync("p/2", default))!;
        await first.FailAsync(late, new MailException("connection"), default);
        await first.SentAsync(late, default);
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "plain-1 Leased 2" }), "what the late one says does not count");
        await second.TakeOverAsync("q/", default);
        Assert.That(await second.ClaimAsync("p/3", default), Is.Null, "another's");
        await second.TakeOverAsync("p/", default);
        await second.SentAsync(claim, default);
        using var delivery = letters.Delivery(server);
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(server.Messages, Has.Count.EqualTo(1));
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "plain-1 Sent 3" }));
    }

    [Test]
    public async Task Workers_that_ask_at_once_get_different_letters()
    {
        for (var i = 0; i < 8; i++)
        {
            await letters.WriteAsync($"plain-{i}");
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 12).Select(worker => Task.Run(() => letters.Queue().ClaimAsync($"p/{worker}", default))));
        Assert.That(claimed.OfType<Letter>().Select(letter => letter.Key).Distinct().Count(), Is.EqualTo(8));
        Assert.That(claimed.OfType<Letter>().Count(), Is.EqualTo(8));
    }

    [Test]
    public async Task Letters_with_links_wait_for_the_address_of_the_gate_and_others_do_not()
    {
        letters.Address = PublicAddress.Unknown;
        await letters.WriteAsync("round-1", "round");
        await letters.WriteAsync("plain-2");
        using (var delivery = letters.Delivery(server))
        {
            await LettersToSend.SendAllAsync(delivery);
        }

        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "round-1 Waiting 0", "plain-2 Sent 1" }));
        Assert.That(await letters.Queue().CountUntriedAsync(default), Is.Zero);
        letters.Address = new(new Uri("https://gate.school.example/"));
        Assert.That(await letters.Queue().CountUntriedAsync(default), Is.EqualTo(1));
        using var second = letters.Delivery(server);
        await LettersToSend.SendAllAsync(second);
        Assert.That(server.Messages.Count(message => message.TextBody!.Contains("\nhttps://gate.school.example/round/", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_fails_again_and_again_is_left_alone_and_no_attempts_are_used_up()
    {
        letters.Options = letters.Options with { BreaksAfter = 2, QuickTries = 2, QuickPause = TimeSpan.FromMilliseconds(1) };
        using var delivery = letters.Delivery(server);
        server.Stop();
        await letters.WriteAsync("plain-1");
        await letters.WriteAsync("plain-2");
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { "plain-1 Waiting 1 connection", "plain-2 Waiting 0" }));
    }

    [TestCase("unknown", "no-text")]
    [TestCase("gap", "no-value")]
    public async Task A_letter_that_has_no_words_or_gaps_in_them_is_not_sent(string letterKind, string failure)
    {
        var sentences = new Dictionary<string, Text> { ["mail.gap.subject"] = new("Over {child}", "About {child}"), ["mail.gap.body"] = new("Dag {nobody}", "Hi {nobody}") };
        using var delivery = new LetterDelivery(new MailSettings { Host = "127.0.0.1", Port = server.Port, Security = MailSecurity.None, From = "gate@school.example" }, letters.Queue(), letters.Database, letters.Address, letters.Time, sentences);
        await letters.WriteAsync("letter-1", letterKind);
        await LettersToSend.SendAllAsync(delivery);
        Assert.That(await letters.StatesAsync(), Is.EqualTo(new[] { $"letter-1 Dead 1 {failure}" }));
        Assert.That(server.Messages, Is.Empty);
    }

    private static string TokenHashIn(MimeMessage message) =>
        AccessLink.HashOf(message.TextBody!.ReplaceLineEndings("\n").Split("https://gate.school.example/round/")[1].Split('\n')[0]);
}
