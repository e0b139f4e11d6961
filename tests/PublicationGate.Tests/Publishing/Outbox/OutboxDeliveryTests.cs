using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Erasure;
using PublicationGate.Publishing;
using PublicationGate.Publishing.Outbox;
using PublicationGate.Publishing.Outputs;
using PublicationGate.Review;
using PublicationGate.Submissions;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Publishing.Outbox;

/// <summary>From a release to what an output is told of it, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public partial class OutboxDeliveryTests(DatabaseKind kind)
{
    private static readonly OutputException Down = new("http-500");

    private ReleasedPhotos photos = null!;
    private NotingOutput output = null!;
    private OutboxDelivery delivery = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        photos = await ReleasedPhotos.OpenAsync(kind, "site");
        output = new NotingOutput();
        delivery = photos.Delivery(output);
    }

    [TearDown]
    public async Task CloseAsync() => await photos.DisposeAsync();

    [Test]
    public async Task A_release_is_published_once_with_its_texts_and_taken_down_when_it_is_withdrawn()
    {
        var submission = await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(delivery);
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.Published, Has.Count.EqualTo(1));
        var release = (await photos.ReleasesAsync()).Single();
        Assert.That((output.Published[0].ReleaseId, output.Published[0].Channel, output.Published[0].Texts), Is.EqualTo((release.Id, "website", new ReleasedTexts("Sportdag", "Rondje 1", "Twee kinderen rennen"))));
        Assert.That(output.Published[0].FileName, Is.EqualTo($"foto-2026-03-31-{release.Id}.png"));
        Assert.That(Photos.Decode(output.Published[0].Copy.Bytes.ToArray()).Single().Width, Is.EqualTo(200));

        await photos.WithdrawAsync(submission);
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.TakenDown.Single().Remote!.Id, Is.EqualTo("remote-" + release.Id));
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Delivered 1", "TakeDown Delivered 1" }));
        await using var db = photos.Gate.Database.CreateDbContext();
        Assert.That(await db.AuditEntries.Where(entry => entry.Subject == release.Id).OrderBy(entry => entry.Id).Select(entry => entry.Kind).ToListAsync(),
            Is.EqualTo(new[] { AuditKinds.Released, AuditKinds.OutputPublished, AuditKinds.ReleaseWithdrawn, AuditKinds.OutputTakenDown }));
    }

    [Test]
    public async Task Nothing_is_published_while_it_is_screened_anew()
    {
        var submission = await photos.ReleaseAsync();
        await photos.StepAsync(submission, new ReviewStep.Refuse("Toch niet"), decides: false);
        Assert.That(await delivery.DeliverNextAsync("p/1", default), Is.True);
        Assert.That(output.Told, Is.Empty);
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Waiting 0" }));
    }

    [Test]
    public async Task A_take_down_overtakes_a_publication_that_is_under_way_and_fails()
    {
        var submission = await photos.ReleaseAsync();
        output.Answer = async key =>
        {
            output.Answer = _ => Task.CompletedTask;
            await photos.WithdrawAsync(submission);
            Assert.That(await photos.Queue().ClaimAsync("p/2", "site", default), Is.Null, "the take-down waits for what is under way");
            throw Down;
        };
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Overtaken 1", "TakeDown Delivered 1" }));
    }

    [Test]
    public async Task A_publication_is_given_up_in_the_end_and_a_take_down_never()
    {
        var submission = await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(delivery);
        await photos.WithdrawAsync(submission);
        await photos.ReleaseAsync();
        output.Answer = _ => throw Down;
        for (var i = 0; i < 10; i++)
        {
            await ReleasedPhotos.DeliverAllAsync(delivery);
            photos.Time.Now += TimeSpan.FromMinutes(2);
        }

        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Delivered 1", "TakeDown Waiting 10", "Publish Dead 3" }));
        Assert.That((await photos.Acts.ListAsync(all: false, default)).Select(row => row.Failure), Is.All.EqualTo("http-500"));
        output.Answer = _ => Task.CompletedTask;
        Assert.That(await photos.Acts.RetryAsync(3, null, default), Is.EqualTo(1));
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That((await photos.EventsAsync())[2], Does.StartWith("Publish Delivered"));
    }

    [Test]
    public async Task A_person_may_drop_what_was_given_up()
    {
        output.Answer = _ => throw new OutputException("no") { IsLasting = true };
        var submission = await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(await photos.Acts.DropAsync(1, "De site is er niet meer", default), Is.True);
        Assert.That(await photos.Acts.DropAsync(1, "Nog eens", default), Is.False);
        Assert.That(await photos.Acts.ListAsync(all: false, default), Is.Empty);
        await photos.WithdrawAsync(submission);
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Dropped 1", "TakeDown Waiting 0" }), "it may have arrived all the same");
    }

    [Test]
    public async Task A_receiver_that_is_gone_for_good_is_left_alone_until_a_person_says_otherwise()
    {
        await photos.ReleaseAsync();
        await photos.ReleaseAsync();
        output.Answer = _ => throw new OutputException("http-410") { IsGone = true };
        await delivery.DeliverNextAsync("p/1", default);
        Assert.That(await photos.Queue().IsSwitchedOffAsync("site", default), Is.True);
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Dead 1", "Publish Dead 0" }));
        output.Answer = _ => Task.CompletedTask;
        Assert.That(await photos.Acts.RetryAsync(null, "site", default), Is.EqualTo(2));
        Assert.That(await photos.Queue().IsSwitchedOffAsync("site", default), Is.False);
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.Published, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task An_event_is_one_workers_until_its_lease_ends_and_what_the_late_one_says_does_not_count()
    {
        await photos.ReleaseAsync();
        var (first, second) = (photos.Queue(), photos.Queue());
        var late = (await first.ClaimAsync("p/1", "site", default))!;
        Assert.That(await second.ClaimAsync("p/2", "site", default), Is.Null);
        photos.Time.Now += photos.Options.LeaseFor;
        var claim = (await second.ClaimAsync("p/2", "site", default))!;
        Assert.That(claim.Attempts, Is.EqualTo(2));
        await first.FailAsync(late, Down, default);
        await first.DeliveredAsync(late, new() { Id = "late" }, default);
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Leased 2" }));
        await second.DeliveredAsync(claim, new() { Id = "in time" }, default);
        Assert.That(RemoteCopy.Read((await photos.Acts.ListAsync(all: true, default)).Single().Remote)!.Id, Is.EqualTo("in time"));
    }

    [Test]
    public async Task What_a_dead_process_had_is_taken_over_at_once_with_its_attempts()
    {
        await photos.ReleaseAsync();
        await photos.Queue().ClaimAsync("p/1", "site", default);
        await photos.Queue().TakeOverAsync("p/", default);
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(await photos.EventsAsync(), Is.EqualTo(new[] { "Publish Delivered 2" }));
    }

    [Test]
    public async Task Pauses_grow_and_outlive_the_process()
    {
        output.Answer = _ => throw Down;
        await photos.ReleaseAsync();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await ReleasedPhotos.DeliverAllAsync(photos.Delivery(output));
            var pause = (await photos.Acts.ListAsync(all: false, default)).Single().DueAt!.Value - photos.Time.Now;
            Assert.That(pause.TotalSeconds, Is.InRange(0.499 * attempt, attempt));
            photos.Time.Now += pause;
        }

        Assert.That(output.Told, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_receiver_that_names_a_time_is_asked_then()
    {
        output.Answer = _ => throw new OutputException("http-429") { RetryAfter = TimeSpan.FromSeconds(40) };
        await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That((await photos.Acts.ListAsync(all: false, default)).Single().DueAt, Is.EqualTo(photos.Time.Now.AddSeconds(40)));
    }

    [Test]
    public async Task A_withdrawal_that_nobody_told_of_is_found()
    {
        await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(delivery);
        await using var db = photos.Gate.Database.CreateDbContext();
        Assert.That(await photos.Queue().MendAsync(default), Is.Zero);
        var now = photos.Time.Now;
        await db.Releases.ExecuteUpdateAsync(set => set.SetProperty(release => release.WithdrawnAt, now));
        Assert.That(await photos.Queue().MendAsync(default), Is.EqualTo(1));
        Assert.That(await photos.Queue().MendAsync(default), Is.Zero);
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.TakenDown, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_shows_a_person_who_is_erased_is_taken_down_although_its_release_is_gone()
    {
        await photos.ReleaseAsync();
        await ReleasedPhotos.DeliverAllAsync(delivery);
        var release = (await photos.ReleasesAsync()).Single();
        var person = new PersonMentions(new Pupil { Key = "p1", FirstName = "Noor", Prefix = "", Surname = "Proef", Group = "groep 5" }, []);
        await using (var db = photos.Gate.Database.CreateDbContext())
        await using (var transaction = await db.BeginWriteAsync(default))
        {
            foreach (var isDryRun in new[] { true, false })
            {
                Assert.That(await new ErasedPublications().EraseAsync(db, person, new HashSet<string> { release.ContentSha256 }, isDryRun, default), Is.EqualTo(1));
            }

            await db.Releases.ExecuteDeleteAsync();
            await transaction.CommitAsync();
        }

        photos.Time.Now = TimeProvider.System.GetUtcNow().AddMinutes(1);
        await ReleasedPhotos.DeliverAllAsync(delivery);
        Assert.That(output.TakenDown.Single().Remote!.Id, Is.EqualTo("remote-" + release.Id));
    }

    [Test]
    public async Task An_album_is_packed_with_its_texts_for_who_may_see_it_as_long_as_it_is_released()
    {
        var submission = await photos.ReleaseAsync();
        var zips = photos.Gate.Services.GetRequiredService<AlbumZip>();
        using var packed = new MemoryStream();
        Assert.That(await zips.WriteAsync(packed, submission.AlbumId, new Viewer("account-1", false), default), Is.EqualTo(1));
        using var zip = new ZipArchive(packed);
        Assert.That(zip.Entries.Select(entry => Path.GetExtension(entry.FullName)), Is.EqualTo(new[] { ".png", ".txt" }));
        using var texts = new StreamReader(zip.Entries[1].Open());
        Assert.That(await texts.ReadToEndAsync(), Does.Contain("Rondje 1"));

        Assert.That(await zips.WriteAsync(new MemoryStream(), submission.AlbumId, new Viewer("account-9", false), default), Is.Zero);
        await photos.WithdrawAsync(submission);
        Assert.That(await zips.WriteAsync(new MemoryStream(), submission.AlbumId, null, default), Is.Zero);
    }

    [Test]
    public async Task The_database_refuses_a_second_event_of_a_kind()
    {
        await photos.ReleaseAsync();
        await using var db = photos.Gate.Database.CreateDbContext();
        var row = await db.OutboxEvents.AsNoTracking().SingleAsync();
        db.OutboxEvents.Add(new OutboxEvent { ReleaseId = row.ReleaseId, SubmissionId = row.SubmissionId, Output = row.Output, Kind = row.Kind, At = row.At, State = OutboxState.Waiting });
        Assert.That(() => db.SaveChangesAsync(), Throws.InstanceOf<DbUpdateException>());
    }
}
