using Microsoft.EntityFrameworkCore;
using PublicationGate.Review;

namespace PublicationGate.Tests.Publishing.Outbox;

/// <summary>What is withdrawn while an output is told of it.</summary>
public partial class OutboxDeliveryTests
{
    [Test]
    public async Task What_is_withdrawn_before_it_was_sent_is_never_sent()
    {
        await photos.WithdrawAsync(await photos.ReleaseAsync());
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.Told, Is.Empty);
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Overtaken 0" }));
    }

    [Test]
    public async Task What_may_have_arrived_is_taken_down_although_nobody_knows()
    {
        output.Answer = _ => throw Down;
        var submission = await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(delivery);
        output.Answer = _ => Task.CompletedTask;
        await photos.WithdrawAsync(submission);
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.Published, Is.Empty, "the second attempt must not publish what was withdrawn");
        Assert.That(output.TakenDown.Single().Remote, Is.Null);
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Overtaken 1", "TakeDown Delivered 1" }));
    }

    // As a no does it: hidden at once, told of later. Seen with a process that was killed in between.
    [Test]
    public async Task What_may_have_arrived_is_taken_down_also_when_it_is_tried_again_before_anybody_was_told_that_it_is_hidden()
    {
        output.Answer = _ => throw Down;
        await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(delivery);
        var now = photos.Time.Now += TimeSpan.FromMinutes(2);
        await using var db = photos.Gate.Database.CreateDbContext();
        await db.Releases.ExecuteUpdateAsync(set => set.SetProperty(release => release.WithdrawnAt, now));
        output.Answer = _ => Task.CompletedTask;
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.Published, Is.Empty);
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Overtaken 1", "TakeDown Delivered 1" }));
        Assert.That(await photos.Queue().MendAsync(default), Is.Zero, "once");
    }

    [Test]
    public async Task A_photo_that_is_released_again_is_taken_down_first()
    {
        var submission = await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(delivery);
        photos.Time.Now += TimeSpan.FromSeconds(1);
        await photos.StepAsync(await photos.WithdrawAsync(submission), new ReviewStep.Undo());
        output.Answer = key => key.StartsWith("takedown", StringComparison.Ordinal) ? throw Down : Task.CompletedTask;
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.Published, Has.Count.EqualTo(1), "its take-down failed: what comes after it waits");
        output.Answer = _ => Task.CompletedTask;
        photos.Time.Now += TimeSpan.FromMinutes(2);
        await ReleasedPhotos.DeliverAllAsync(delivery);
        var ids = (await photos.ReleasesAsync()).Select(release => release.Id).ToList();
        Assert.That(output.Told.Distinct(), Is.EqualTo(new[] { "publish_" + ids[0], "takedown_" + ids[0], "publish_" + ids[1] }));
    }
}
