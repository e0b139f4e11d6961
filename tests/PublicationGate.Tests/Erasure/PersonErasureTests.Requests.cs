using Microsoft.EntityFrameworkCore;
using PublicationGate.Consent;
using PublicationGate.Links;
using PublicationGate.Removal.Requests;

namespace PublicationGate.Tests.Erasure;

/// <summary>Requests for removal that the pupil is in.</summary>
public partial class PersonErasureTests
{
    [Test]
    public async Task An_open_request_waits_on_for_its_answer_without_her_name()
    {
        var hers = await KeepAsync(HerPhoto, "a.jpg", Shown("leerling-4711", "Zebulonia"));
        await using (var db = database.CreateDbContext())
        {
            db.Guardians.Add(new Guardian { PupilKey = "leerling-4711", Name = "moeder", Email = "moeder@thuis.example", Language = "nl" });
            db.RemovalRequests.AddRange(
                Request("Zebulonia", "ouder@elders.example"), Request("mijn kind", "moeder@thuis.example", "Zebulonia Quistwijk staat erop"),
                Request("Noor", "ouder-van-noor@thuis.example", "Met Zebulonia Quistwijk", hers.Facts.ContentSha256), Request("Zebulonia", "x@elders.example", closed: clock.Now), Request("Omar", "ouder-van-omar@thuis.example"));
            await db.SaveChangesAsync();
            db.RequestPictures.Add(new RequestPicture { RequestId = 3, Jpeg = [1] });
            db.AccessLinks.AddRange(Enumerable.Range(1, 5).Select(id => AccessLink.Make(new(LinkPurpose.Request, $"{id}", null, clock.Now.AddDays(9)), clock.Now).Row));
            await db.SaveChangesAsync();
        }

        var preview = (await erasure.PreviewAsync("leerling-4711", default))!;
        var receipt = (await erasure.EraseAsync("leerling-4711", default))!;
        Assert.That((receipt.Removed["removal-requests"], preview.Removed["removal-requests"]), Is.EqualTo((4, 4)));
        Assert.That(new[] { receipt, preview }.Select(one => one.Left.Select(left => left.En)), Is.All.Some.StartsWith("3 open removal request(s)").And.All.Some.Contains(": 1, 2, 3."));
        Assert.That(await WhereAsync(), Is.Empty);
        await using var after = database.CreateDbContext();
        var left = await after.RemovalRequests.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
        Assert.That(left.Select(row => $"{row.Id} {row.State} {row.AnswerBy:dd-MM} {row.Child}|{row.Contact}|{row.Words}|{row.ContentSha256}"), Is.EqualTo(new[]
        {
            "1 Received 07-04 |||", "2 Received 07-04 |||", "3 Received 07-04 Noor|ouder-van-noor@thuis.example||", "5 Received 07-04 Omar|ouder-van-omar@thuis.example||",
        }));
        Assert.That(await after.AccessLinks.OrderBy(link => link.Id).Select(link => link.Subject).ToListAsync(), Is.EqualTo(new[] { "3", "5" }));
        Assert.That(await after.RequestPictures.AnyAsync(), Is.False);
    }

    private RemovalRequest Request(string child, string contact, string? words = null, string? sha256 = null, DateTimeOffset? closed = null) => new()
    {
        At = clock.Now, State = closed is null ? RequestState.Received : RequestState.Answered, ClosedAt = closed, AnswerBy = new(2026, 4, 7), Child = child, Group = "groep 5", Contact = contact, Words = words, Language = "nl", Source = "s", ContentSha256 = sha256,
    };
}
