using Microsoft.EntityFrameworkCore;
using PublicationGate.Removal;
using PublicationGate.Removal.Requests;
using PublicationGate.Review;

namespace PublicationGate.Tests.Removal.Requests;

/// <summary>What anybody may try, and requests whose photos come and go.</summary>
public partial class RemovalRequestTests
{
    [Test]
    public async Task A_name_that_anybody_can_think_of_hides_nothing_where_the_school_does_not_post()
    {
        var released = await ReleaseAsync(1);
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            (await db.Releases.SingleAsync()).CopyName = "foto-2026-03-31-1.jpg";
            await db.SaveChangesAsync();
        }

        var guessed = await AskAsync("https://school.example/foto-2026-03-31-1");
        Assert.That((guessed.State, guessed.Why), Is.EqualTo((RequestState.Received, RequestWhy.NameOnly)));
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            Assert.That((await db.RequestedReleases.SingleAsync()).HiddenAt, Is.Null, "found for a person");
        }

        Assert.That(() => gate.Gate.SendAsync(new HideForRequest(guessed.Id, [AnyReleaseAsync().Result], null)), Throws.TypeOf<RemovalRefusedException>(), "it is no choice");
        Assert.That(await gate.StandingAsync(), Has.Count.EqualTo(1));

        await RememberAsync(released, "https://www.school.example/uploads/dag.jpg");
        Assert.That((await AskAsync("https://chool.example/foto-2026-03-31-1")).State, Is.EqualTo(RequestState.Received), "no part of a host is the host");
        Assert.That((await AskAsync("https://school.example/foto-2026-03-31-1")).State, Is.EqualTo(RequestState.Hidden));
    }

    [Test]
    public async Task The_limit_counts_what_a_request_would_hide()
    {
        var most = new RequestOptions().HidesASource;
        for (var number = 1; number < most; number++)
        {
            await ReleaseAsync(number);
            Assert.That((await AskAsync(picture: Sent(number), source: "one")).State, Is.EqualTo(RequestState.Hidden));
        }

        await ReleaseAsync(most);
        await ReleaseAsync(most, "app");
        var request = await AskAsync(picture: Sent(most), source: "one");
        Assert.That((request.State, request.Why), Is.EqualTo((RequestState.Received, RequestWhy.Limit)), "two releases where there is room for one");
    }

    [Test]
    public async Task What_was_let_back_and_hidden_again_is_told_as_gone_when_it_is()
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
        await CloseAsync();
        Assert.That((await ReadAsync(request.Id)).Why, Is.EqualTo(RequestWhy.ShownAgain));

        await gate.Gate.SendAsync(new HideForRequest(request.Id, [(await gate.StandingAsync()).Single().Id], "account-1"));
        await gate.FollowAsync();
        Assert.That(await CloseAsync(), Is.Zero, "it must still be taken down");
        await gate.Gate.SendAsync(new EndTakeDown((await gate.TasksAsync()).Single().Id, "evidence"));
        Assert.That(await CloseAsync(), Is.EqualTo(1));
        Assert.That((await ReadAsync(request.Id)).State, Is.EqualTo(RequestState.Gone));
    }
}
