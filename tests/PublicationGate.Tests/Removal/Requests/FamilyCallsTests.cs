using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Audit;
using PublicationGate.Faces;
using PublicationGate.Removal.Requests;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Removal.Requests;

/// <summary>What families are told of their requests, by letter or by telephone, on both databases.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class FamilyCallsTests(DatabaseKind kind)
{
    private RemovalGate gate = null!;

    [SetUp]
    public async Task Open() => gate = await RemovalGate.OpenAsync(kind, new FaceBox(0, 0, 50, 50, 0.9f));

    [TearDown]
    public async Task Close() => await gate.DisposeAsync();

    [Test]
    public async Task A_family_that_left_a_telephone_number_is_called_once_for_each_time_its_request_is_closed()
    {
        var (called, mailed) = (await AskAsync("06-12345678"), await AskAsync());
        Assert.That(await DueAsync(), Is.Empty, "there is nothing to tell yet");
        Assert.That(await gate.Gate.SendAsync(new CallFamily(called.Id, "account-1")), Is.False);
        await gate.Gate.SendAsync(new AnswerRequest(called.Id, true, "Hij is weg", "account-1"));
        await gate.Gate.SendAsync(new AnswerRequest(mailed.Id, true, "Hij is weg", "account-1"));
        Assert.That(await DueAsync(), Is.EqualTo(new[] { called.Id }));

        Assert.That(await gate.Gate.SendAsync(new CallFamily(called.Id, "account-2")), Is.True);
        Assert.That(await gate.Gate.SendAsync(new CallFamily(called.Id, "account-3")), Is.False, "recorded once");
        Assert.That(await DueAsync(), Is.Empty);
        await using (var db = gate.Gate.Database.CreateDbContext())
        {
            var entry = await db.AuditEntries.SingleAsync(entry => entry.Kind == AuditKinds.RequestCalled);
            Assert.That((entry.Subject, entry.Details), Is.EqualTo(($"request-{called.Id}", "{\"by\":\"account-2\"}")));
        }

        gate.Gate.Time.Now += TimeSpan.FromHours(1);
        await gate.Gate.SendAsync(new AddToRequest(called.Id, "Hij staat er nog"));
        Assert.That(await DueAsync(), Is.Empty, "it is open again");
        await gate.Gate.SendAsync(new AnswerRequest(called.Id, true, "Nu is hij weg", "account-1"));
        Assert.That(await DueAsync(), Is.EqualTo(new[] { called.Id }), "what was told before is not what came of it");
        gate.Gate.Time.Now += TimeSpan.FromDays(31);
        await using (var scope = gate.Gate.Services.CreateAsyncScope())
        {
            Assert.That(await scope.ServiceProvider.GetRequiredService<OpenRequests>().EmptyAsync(default), Is.EqualTo(2));
        }

        Assert.That(await DueAsync(), Is.Empty, "nobody can be called at a number that was emptied");
    }

    [TestCase("nl", "vrijdag 3 april")]
    [TestCase("en", "Friday 3 April")]
    public async Task Letters_name_days_as_people_of_their_language_write_them(string language, string day)
    {
        await AskAsync(language: language);
        await using var db = gate.Gate.Database.CreateDbContext();
        Assert.That((await db.Letters.SingleAsync(letter => letter.Kind == "request-received")).Values, Does.Contain($"\"day\":\"{day}\""));
    }

    private async Task<RemovalRequest> AskAsync(string contact = "ouder@voorbeeld.example", string language = "nl") =>
        (await gate.Gate.SendAsync(new AskRemoval(new RequestDraft("https://elders.example/foto.jpg", null, "Noor", "groep 6", contact, null, language), "source"))).Request;

    private async Task<IEnumerable<long>> DueAsync()
    {
        await using var db = gate.Gate.Database.CreateDbContext();
        return (await FamilyCalls.DueAsync(db, default)).Select(request => request.Id);
    }
}
