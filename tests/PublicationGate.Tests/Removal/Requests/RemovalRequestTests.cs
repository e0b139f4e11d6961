using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Removal;
using PublicationGate.Removal.Requests;
using PublicationGate.Review;
using PublicationGate.Rules;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Removal.Requests;

/// <summary>From the wish of a family to what is gone, or restored, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public partial class RemovalRequestTests(DatabaseKind kind)
{
    private RemovalGate gate = null!;

    [SetUp]
    public async Task Open() => gate = await RemovalGate.OpenAsync(kind, new FaceBox(0, 0, 50, 50, 0.9f), new FaceBox(60, 0, 50, 50, 0.9f));

    [TearDown]
    public async Task Close() => await gate.DisposeAsync();

    [Test]
    public async Task A_copy_hides_its_release_at_once_and_nothing_else_and_is_closed_when_it_is_gone()
    {
        var meant = await ReleaseAsync(1);
        var other = await ReleaseAsync(2);
        var request = await AskAsync(picture: Sent(1, darker: 30));

        Assert.That((request.State, request.AnswerBy), Is.EqualTo((RequestState.Hidden, new DateOnly(2026, 4, 3))));
        Assert.That((await gate.StandingAsync()).Select(release => release.SubmissionId), Is.EqualTo(new[] { other.Id }), "before anybody looked");
        await gate.FollowAsync();
        Assert.That((await gate.ReadAsync(meant.Id)).Outcome, Is.EqualTo(Outcome.Rejected), "and it does not come again");
        Assert.That(await CloseAsync(), Is.Zero, "it must still be taken down");

        await gate.Gate.SendAsync(new EndTakeDown((await gate.TasksAsync()).Single().Id, "evidence"));
        Assert.That(await CloseAsync(), Is.EqualTo(1));
        Assert.That((await ReadAsync(request.Id)).State, Is.EqualTo(RequestState.Gone));
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.Letters.OrderBy(letter => letter.Id).Select(letter => letter.Kind).ToListAsync(), Is.EqualTo(new[] { "request-received", "request-receipt" }));
        Assert.That(await db.AuditEntries.Where(entry => entry.Subject == $"request-{request.Id}").OrderBy(entry => entry.Id).Select(entry => entry.Kind).ToListAsync(),
            Is.EqualTo(new[] { AuditKinds.RequestReceived, AuditKinds.RequestHidden, AuditKinds.RequestClosed }));
    }

    [Test]
    public async Task Every_release_of_the_picture_goes_with_it()
    {
        await ReleaseAsync(1);
        await ReleaseAsync(1, "app");
        Assert.That((await AskAsync(picture: Sent(1))).State, Is.EqualTo(RequestState.Hidden), "one picture on two channels is no choice");
        Assert.That(await gate.StandingAsync(), Is.Empty);
    }

    [Test]
    public async Task An_address_that_an_output_remembers_hides_its_release_in_any_size()
    {
        var meant = await ReleaseAsync(1);
        await ReleaseAsync(2);
        await RememberAsync(meant, "https://school.example/uploads/dag_van_de_sport.jpg", "https://school.example/uploads/dag_van_de_sport-150x150.jpg");
        Assert.That((await AskAsync("https://school.example/uploads/dagXvanXdeXsport.jpg")).State, Is.EqualTo(RequestState.Received), "no letter stands for any other");
        Assert.That((await AskAsync("http://www.school.example/uploads/dag_van_de_sport-768x512.jpg?ver=2")).State, Is.EqualTo(RequestState.Hidden));
        Assert.That((await gate.StandingAsync()).Select(release => release.SubmissionId), Has.None.EqualTo(meant.Id).And.Count.EqualTo(1));
    }

    [Test]
    public async Task Names_that_the_gate_gave_tell_their_release()
    {
        var releases = new List<string>();
        foreach (var number in new[] { 1, 2 })
        {
            await RememberAsync(await ReleaseAsync(number), $"https://school.example/uploads/{number}.jpg");
            releases = [.. (await gate.StandingAsync()).OrderBy(release => release.Id).Select(release => release.Id)];
        }

        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            (await db.Releases.SingleAsync(release => release.Id == releases[0])).CopyName = "sportdag-2026-03-31-1.jpg";
            (await db.Releases.SingleAsync(release => release.Id == releases[1])).CopyName = "sportdag-2026-03-31-11.jpg";
            await db.SaveChangesAsync();
        }

        Assert.That((await AskAsync("https://school.example/a/sportdag-2026-03-31-1-300x200.jpg")).State, Is.EqualTo(RequestState.Hidden));
        Assert.That((await gate.StandingAsync()).Select(release => release.Id), Is.EqualTo(new[] { releases[1] }));
        Assert.That((await AskAsync($"https://elders.example/foto-2026-03-31-{releases[1]}.jpg.webp")).State, Is.EqualTo(RequestState.Hidden));
        Assert.That(await gate.StandingAsync(), Is.Empty);
    }

    [Test]
    public async Task Several_are_a_choice_of_what_was_found_and_of_nothing_else()
    {
        var (first, second, other) = (await ReleaseAsync(1), await ReleaseAsync(2), await ReleaseAsync(3));
        var ids = (await gate.StandingAsync()).ToDictionary(release => release.SubmissionId, release => release.Id);
        var request = await AskAsync($"https://x.example/gate-{ids[first.Id]}/", Sent(2));
        Assert.That(request.State, Is.EqualTo(RequestState.Choosing));
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(3));

        Assert.That(() => gate.Gate.SendAsync(new HideForRequest(request.Id, [ids[other.Id]], null)), Throws.TypeOf<RemovalRefusedException>(), "it was not offered");
        Assert.That(() => gate.Gate.SendAsync(new HideForRequest(request.Id, [], null)), Throws.TypeOf<RemovalRefusedException>());
        await gate.Gate.SendAsync(new HideForRequest(request.Id, [ids[second.Id]], null));
        Assert.That((await gate.StandingAsync()).Select(release => release.Id), Is.EquivalentTo(new[] { ids[first.Id], ids[other.Id] }));
        Assert.That(() => gate.Gate.SendAsync(new HideForRequest(request.Id, [ids[first.Id]], null)), Throws.TypeOf<RemovalRefusedException>(), "the choice was made");
        await gate.Gate.SendAsync(new HideForRequest(request.Id, [ids[first.Id]], "account-1"));
        Assert.That((await gate.StandingAsync()).Select(release => release.Id), Is.EqualTo(new[] { ids[other.Id] }), "a person of the school may add to it");
    }

    [Test]
    public async Task What_is_not_found_is_kept_for_a_person_who_answers()
    {
        await ReleaseAsync(1);
        var request = await AskAsync("https://elders.example/foto.jpg", Sent(9));
        Assert.That((request.State, request.Why), Is.EqualTo((RequestState.Received, RequestWhy.NothingFound)));
        Assert.That((await AskAsync(picture: new(new string('d', 64), null, null))).Why, Is.EqualTo(RequestWhy.Unreadable));
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.RequestPictures.Select(picture => picture.RequestId).ToListAsync(), Is.EqualTo(new[] { request.Id }));
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(1));

        Assert.That(() => gate.Gate.SendAsync(new AnswerRequest(request.Id, false, " ", "account-1")), Throws.TypeOf<RemovalRefusedException>());
        var answered = await gate.Gate.SendAsync(new AnswerRequest(request.Id, false, "Deze foto is niet van ons.", "account-1"));
        Assert.That((answered!.State, answered.Ground, answered.ClosedBy), Is.EqualTo((RequestState.Answered, "Deze foto is niet van ons.", "account-1")));
        Assert.That(await db.RequestPictures.AnyAsync(), Is.False);
        Assert.That(await gate.Gate.SendAsync(new AnswerRequest(request.Id, false, "Nog eens", "account-1")), Is.Null);

        await gate.Gate.SendAsync(new AddToRequest(request.Id, "Hij staat er nog"));
        var again = await ReadAsync(request.Id);
        Assert.That((again.State, again.Why, again.ClosedAt), Is.EqualTo((RequestState.Received, RequestWhy.Remark, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task Above_the_limit_of_a_source_nothing_is_hidden_by_itself_and_a_person_is_told_today()
    {
        var most = new RequestOptions().HidesASource;
        for (var number = 1; number <= most + 1; number++)
        {
            await ReleaseAsync(number);
            var request = await AskAsync(picture: Sent(number), source: "one");
            Assert.That((request.State, request.Why), Is.EqualTo(number <= most ? (RequestState.Hidden, (RequestWhy?)null) : (RequestState.Received, RequestWhy.Limit)), $"{number}");
        }

        var standing = (await gate.StandingAsync()).Single();
        var another = await AskAsync($"https://x.example/{standing.Id}", source: "two");
        Assert.That(another.State, Is.EqualTo(RequestState.Hidden), "another source has its own");
        // The next day there is room again.
        await ReleaseAsync(40);
        gate.Gate.Time.Now += TimeSpan.FromHours(25);
        Assert.That((await AskAsync(picture: Sent(40), source: "one")).State, Is.EqualTo(RequestState.Hidden));
    }

    [Test]
    public async Task A_first_name_and_a_group_change_nothing_of_what_happens()
    {
        await ReleaseAsync(1);
        var (known, unknown) = (await AskAsync(picture: Sent(9), child: "Kind", group: "groep 6"), await AskAsync(picture: Sent(9), child: "Niemand", group: "groep 99"));
        Assert.That((known.State, known.Why), Is.EqualTo((unknown.State, unknown.Why)));
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.RequestedReleases.AnyAsync(), Is.False);
    }

    [TestCase(true)]
    [TestCase(false, Description = "so soon that nobody followed it yet")]
    public async Task What_was_hidden_by_mischief_comes_back_by_itself_after_a_fresh_screening(bool isFollowed)
    {
        var released = await ReleaseAsync(1);
        var request = await AskAsync(picture: Sent(1));
        if (isFollowed)
        {
            await gate.FollowAsync();
        }

        Assert.That(() => gate.Gate.SendAsync(new RestoreRequest(request.Id, "", "account-2")), Throws.TypeOf<RemovalRefusedException>());
        Assert.That(() => gate.Gate.SendAsync(new RestoreRequest(request.Id, "Grap", "account-1") { OthersCould = true }), Throws.TypeOf<RemovalRefusedException>(), "who submitted it does not decide alone");

        var restored = await gate.Gate.SendAsync(new RestoreRequest(request.Id, "Het was een grap", "account-2") { OthersCould = true });
        Assert.That(restored!.State, Is.EqualTo(RequestState.Restored));
        await gate.FollowAsync();
        Assert.That((await gate.StandingAsync()).Single().SubmissionId, Is.EqualTo(released.Id));
        Assert.That(await gate.TasksAsync(), Is.Empty);
        Assert.That(await CloseAsync(), Is.Zero, "nobody is told that it is gone");
    }

    [Test]
    public async Task What_another_family_wants_gone_stays_away_and_so_does_what_has_no_consent_today()
    {
        await ReleaseAsync(1);
        var (first, second) = (await AskAsync(picture: Sent(1)), await AskAsync($"https://x.example/{await AnyReleaseAsync()}"));
        Assert.That(second.State, Is.EqualTo(RequestState.Hidden), "hidden already, and still to be taken down");
        await gate.FollowAsync();
        await gate.Gate.SendAsync(new RestoreRequest(first.Id, "Het was een grap", "account-2"));
        await gate.FollowAsync();
        Assert.That(await gate.StandingAsync(), Is.Empty);
        await gate.AnswerAsync("p2");
        await gate.Gate.SendAsync(new RestoreRequest(second.Id, "Het was een grap", "account-2"));
        await gate.FollowAsync();
        Assert.That(await gate.StandingAsync(), Is.Empty, "the consent of today");
    }

    [Test]
    public async Task What_is_let_back_elsewhere_is_not_told_as_gone()
    {
        var released = await ReleaseAsync(1);
        var request = await AskAsync(picture: Sent(1));
        await gate.FollowAsync();
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            await gate.Gate.SendAsync(new LiftPicture((await db.TakenBackPictures.SingleAsync()).Id, "Mag toch", "account-2"));
        }

        await gate.Gate.SendAsync(new ReviewSubmission(released.Id, "account-2", null, new ReviewStep.Again()));
        await gate.DecideAsync();
        Assert.That((await gate.ReadAsync(released.Id)).Outcome, Is.EqualTo(Outcome.Approved));
        await CloseAsync();
        var shown = await ReadAsync(request.Id);
        Assert.That((shown.State, shown.Why), Is.EqualTo((RequestState.Received, RequestWhy.ShownAgain)));
    }

    [Test]
    public async Task What_it_says_of_people_is_emptied_when_its_period_is_over()
    {
        var request = await AskAsync("https://elders.example/foto.jpg", child: "Noor");
        await gate.Gate.SendAsync(new AnswerRequest(request.Id, false, "Niet van ons", "account-1"));
        Assert.That(await EmptyAsync(), Is.Zero);
        gate.Gate.Time.Now += TimeSpan.FromDays(31);
        Assert.That(await EmptyAsync(), Is.EqualTo(1));
        var left = await ReadAsync(request.Id);
        Assert.That((left.Child, left.Group, left.Contact, left.Address, left.Words, left.Ground, left.State), Is.EqualTo(("", "", "", (string?)null, (string?)null, (string?)null, RequestState.Answered)));
        Assert.That(await EmptyAsync(), Is.Zero);
    }

    [Test]
    public async Task Nobody_is_written_to_without_end_by_a_form_that_anybody_may_send()
    {
        for (var time = 0; time < 8; time++)
        {
            await AskAsync("https://elders.example/foto.jpg");
        }

        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That(await db.Letters.CountAsync(letter => letter.To == "ouder@voorbeeld.example"), Is.EqualTo(5));
        Assert.That(await db.Letters.AnyAsync(letter => letter.Values.Contains("Noor")), Is.False, "letters name no child");
    }

    private async Task<Submission> ReleaseAsync(int number, string channel = "website")
    {
        var released = await gate.SubmitAsync(Pictures.LivelyPng(number), TestGate.TwoPupils with { Channel = channel }, $"{number}.png");
        Assert.That(released.Outcome, Is.EqualTo(Outcome.Approved));
        return released;
    }

    private async Task<RemovalRequest> AskAsync(string? address = null, SentPicture? picture = null, string child = "Noor", string group = "groep 6", string source = "source") =>
        (await gate.Gate.SendAsync(new AskRemoval(new RequestDraft(address, picture, child, group, "ouder@voorbeeld.example", null, "nl"), source))).Request;

    private static SentPicture Sent(int number, int darker = 0)
    {
        var content = Pictures.LivelyPng(number, darker);
        var decoder = new ImageDecoder(new ImageLimits());
        using var pixels = decoder.DecodeFrames(content, decoder.ReadHeader(content), 1280, () => { }).First();
        return new(new string('e', 64), PictureHash.Of(pixels), [1]);
    }

    private async Task RememberAsync(Submission submission, params string[] addresses)
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        var release = await db.Releases.SingleAsync(release => release.SubmissionId == submission.Id);
        db.OutboxEvents.Add(new OutboxEvent
        {
            ReleaseId = release.Id, SubmissionId = submission.Id, Output = "site", Kind = OutboxEventKind.Publish, At = gate.Gate.Time.Now, State = OutboxState.Delivered, Attempts = 1, Remote = new RemoteCopy { Id = "7", Addresses = addresses }.Write(),
        });
        await db.SaveChangesAsync();
    }

    private async Task<string> AnyReleaseAsync()
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        return await db.Releases.Select(release => release.Id).FirstAsync();
    }

    private Task<int> CloseAsync() => WithAsync(requests => requests.CloseAsync(default));

    private Task<int> EmptyAsync() => WithAsync(requests => requests.EmptyAsync(default));

    private async Task<int> WithAsync(Func<OpenRequests, Task<int>> act)
    {
        await using var scope = gate.Gate.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<OpenRequests>());
    }

    private async Task<RemovalRequest> ReadAsync(long id)
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        return await db.RemovalRequests.AsNoTracking().SingleAsync(request => request.Id == id);
    }
}
