using Microsoft.EntityFrameworkCore;
using PublicationGate.Audit;
using PublicationGate.Removal.Addresses;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Removal.Addresses;

/// <summary>Addresses that people name.</summary>
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
}
