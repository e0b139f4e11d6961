using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Removal.Addresses;
using PublicationGate.Removal.Requests;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Removal.Addresses;

/// <summary>Addresses that people name, and what stands in the place of a picture.</summary>
public partial class AddressLooksTests
{
    [Test]
    public async Task A_page_is_a_persons_to_judge_and_keeps_the_task_open()
    {
        await HideAsync();
        await DeliverAsync();
        var picture = await RowAsync();
        site.At["blog"] = PictureSite.Gives(System.Text.Encoding.UTF8.GetBytes($"<!doctype html><img src=\"/{Path(picture)}\">"), "text/html");
        Assert.That(await AddAsync(site.PathOf("blog#foto")), Is.True);
        await LookAsync(seconds: 2);
        await LookAsync(seconds: 60);
        var rows = await RowsAsync();
        Assert.That(rows.Select(row => (row.State, row.Answer)), Is.EqualTo(new[] { (AddressState.Gone, "http-404"), (AddressState.Unclear, "page-names-it") }));
        Assert.That(await gate.TasksAsync(), Has.Count.EqualTo(1));

        site.At["blog"] = PictureSite.Gives("  <p>Geen foto meer"u8.ToArray(), "text/html");
        await LookAsync(seconds: 100_000);
        Assert.That((await RowsAsync())[1].Answer, Is.EqualTo("page"));
        site.At.Clear();
        await LookAsync(seconds: 100_000);
        await LookAsync(seconds: 60);
        Assert.That(await gate.TasksAsync(), Is.Empty);
    }

    [Test]
    public async Task Another_picture_at_an_address_that_a_person_named_is_a_persons_to_judge_until_the_picture_was_seen_there()
    {
        await HideAsync();
        var row = await RowAsync();
        site.At["album/1"] = PictureSite.Gives(Pictures.LivelyPng(79));
        await AddAsync(site.PathOf("album/1"));
        await LookAsync(seconds: 2);
        Assert.That((await RowsAsync())[1].State, Is.EqualTo(AddressState.Unclear));

        site.At["album/1"] = site.At[Path(row)];
        await LookAsync(seconds: 100);
        Assert.That((await RowsAsync())[1].State, Is.EqualTo(AddressState.Visible));
        site.At["album/1"] = PictureSite.Gives(Pictures.LivelyPng(79));
        await LookAsync(seconds: 1000);
        Assert.That((await RowsAsync())[1].State, Is.EqualTo(AddressState.Missing));
    }

    [Test]
    public async Task A_person_names_an_address_once_and_no_other_than_of_the_web()
    {
        await HideAsync();
        Assert.That(await AddAsync("https://social.example/1"), Is.True);
        Assert.That(await AddAsync("https://social.example/1#x"), Is.True);
        Assert.That(await AddAsync("file:///etc/passwd"), Is.False);
        Assert.That(await AddAsync("https://social.example/2", takeDown: 99), Is.False);
        Assert.That((await RowsAsync()).Count(row => row.From == AddressFrom.Person), Is.EqualTo(1));
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That((await db.AuditEntries.Where(entry => entry.Kind == AuditKinds.AddressAdded).ToListAsync()).Select(entry => entry.Details), Is.All.Not.Contain("social"));
        await gate.Gate.SendAsync(new PublicationGate.Removal.EndTakeDown(1, "account-2"));
        Assert.That(await AddAsync("https://social.example/3"), Is.False);
    }

    [Test]
    public async Task What_is_named_again_after_it_was_gone_is_looked_at_again()
    {
        await HideAsync();
        var row = await RowAsync();
        site.At.TryRemove(Path(row), out var picture);
        await LookAsync(seconds: 2);
        await LookAsync(seconds: 60);
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Gone));
        site.At[Path(row)] = picture!;
        await AddAsync(row.Address);
        await LookAsync(seconds: 0);
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Visible));
    }

    [TestCase("https://\ufffdwww.nl/foto.jpg")]
    [TestCase("https://\u200dschool.nl/foto.jpg")]
    [TestCase("https://www\u2026.nl/foto.jpg")]
    [TestCase("https://\u00e9-\u05d0.nl/foto.jpg")]
    [TestCase("https://caf\u00e9-.nl/foto.jpg")]
    public async Task An_odd_host_that_is_stored_is_no_answer_and_the_others_are_looked_at(string address)
    {
        await HideAsync();
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            db.PostedAddresses.Add(new PostedAddress { TakeDownId = 1, Address = address, From = AddressFrom.Person, State = AddressState.Waiting, DueAt = gate.Gate.Time.Now });
            await db.SaveChangesAsync();
        }

        await LookAsync(seconds: 2);
        var rows = await RowsAsync();
        Assert.That(rows.Select(row => row.State), Is.EqualTo(new[] { AddressState.Visible, AddressState.NoAnswer }));
        Assert.That(rows[1].DueAt, Is.GreaterThan(gate.Gate.Time.Now));
        Assert.That(await gate.TasksAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_address_that_breaks_its_look_is_no_answer_and_the_others_are_looked_at()
    {
        await HideAsync();
        await DeliverAsync();
        site.At["blog"] = PictureSite.Gives("<!doctype html><p>Sportdag"u8.ToArray(), "text/html");
        Assert.That(await AddAsync(site.PathOf("blog")), Is.True);
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            // As an output may name it: the page is searched for it.
            db.PostedAddresses.Add(new PostedAddress { TakeDownId = 1, Address = "http://[", From = AddressFrom.Output, State = AddressState.Waiting, DueAt = gate.Gate.Time.Now });
            await db.SaveChangesAsync();
        }

        await LookAsync(seconds: 2);
        Assert.That((await RowsAsync()).Select(row => (row.State, row.Answer)), Is.EqualTo(new[]
        {
            (AddressState.Missing, "http-404"), (AddressState.NoAnswer, nameof(UriFormatException)), (AddressState.NoAnswer, "folder-away"),
        }));
    }

    [TestCase("https://\ufffdwww.nl/foto.jpg")]
    [TestCase("https://face\u200dbook.com/foto.jpg")]
    [TestCase("https://\u00e9-\u05d0.nl/foto.jpg")]
    public async Task An_odd_host_that_a_family_names_is_a_request_all_the_same(string address)
    {
        await ReleaseAsync();
        var (request, _) = await gate.Gate.SendAsync(new AskRemoval(new RequestDraft(address, null, "Noor", "groep 5", "ouder@voorbeeld.example", null, "nl"), "family"));
        Assert.That(request.State, Is.EqualTo(RequestState.Received));
    }

    [TestCase("other-picture")]
    [TestCase("text")]
    public async Task Something_else_in_its_place_means_that_it_is_gone_only_when_a_late_look_says_so_too(string answer)
    {
        await HideAsync();
        await DeliverAsync();
        site.At[Path(await RowAsync())] = answer == "text" ? PictureSite.Gives("{}"u8.ToArray(), "application/json") : PictureSite.Gives(Pictures.LivelyPng(77));
        await LookAsync(seconds: 2);
        await LookAsync(seconds: 60);
        await LookAsync(seconds: 60);
        var row = await RowAsync();
        Assert.That((row.State, row.Answer, row.Looks), Is.EqualTo((AddressState.Missing, answer, 2)), "a placeholder, perhaps");
        Assert.That(await gate.TasksAsync(), Has.Count.EqualTo(1));
        await LookAsync(seconds: 6 * 3600);
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Gone));
        Assert.That(await gate.TasksAsync(), Is.Empty);
    }

    [Test]
    public async Task A_placeholder_that_was_there_for_minutes_is_not_the_end()
    {
        await HideAsync();
        await DeliverAsync();
        var path = Path(await RowAsync());
        site.At[path] = PictureSite.Status(404);
        await LookAsync(seconds: 2);
        site.At[path] = PictureSite.Gives(Pictures.LivelyPng(77));
        await LookAsync(seconds: 60);
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Missing));
        site.At[path] = PictureSite.Gives("<p>Besloten"u8.ToArray(), "text/html");
        await LookAsync(seconds: 6 * 3600);
        Assert.That((await RowAsync()).State, Is.EqualTo(AddressState.Unclear));
    }

    [Test]
    public async Task A_dead_address_that_a_stranger_gave_ends_no_task()
    {
        foreach (var channel in new[] { "app", "website" })
        {
            await gate.SubmitAsync(Pictures.LivelyPng(1), TestGate.TwoPupils with { Channel = channel, Situation = "group" });
        }

        var app = (await gate.StandingAsync()).Single(release => release.Channel == "app").Id;
        await AskAsync(site.PathOf("never-was-there.jpg") + "?gate-" + app);
        await gate.FollowAsync();
        await LookAsync(seconds: 2);
        await LookAsync(seconds: 61);
        var row = await RowAsync();
        Assert.That((row.From, row.State), Is.EqualTo((AddressFrom.Parent, AddressState.Gone)));
        Assert.That(await gate.TasksAsync(), Has.Count.EqualTo(2), "nobody took anything down");

        // Once somebody of the school says that it was there, it counts.
        Assert.That(await AddAsync(row.Address, row.TakeDownId), Is.True);
        Assert.That((await RowAsync()).From, Is.EqualTo(AddressFrom.Person));
    }

    [Test]
    public async Task An_address_that_a_family_gives_is_looked_at_for_the_channel_on_which_an_output_put_it_there()
    {
        await ReleaseAsync("app");
        await ReleaseAsync("website");
        await using var db = gate.Gate.Database.CreateDbContext();
        var sent = await db.OutboxEvents.AsNoTracking().Where(row => row.Remote != null).ToDictionaryAsync(row => row.ReleaseId, row => PublicationGate.Publishing.Outputs.RemoteCopy.Read(row.Remote)!.Addresses[0]);
        Assert.That(sent, Has.Count.EqualTo(2));
        foreach (var address in sent.Values)
        {
            await AskAsync(address);
        }

        var takeDowns = await db.TakeDowns.ToDictionaryAsync(row => row.Id, row => row.ReleaseId);
        Assert.That((await RowsAsync()).ToDictionary(row => takeDowns[row.TakeDownId], row => row.Address), Is.EquivalentTo(sent));
    }

    private async Task AskAsync(string address)
    {
        var (request, _) = await gate.Gate.SendAsync(new AskRemoval(new RequestDraft(address, null, "Noor", "groep 6", "ouder@voorbeeld.example", null, "nl"), "stranger"));
        Assert.That(request.State, Is.EqualTo(RequestState.Hidden));
    }
}
