using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

/// <summary>Families and staff read what will happen, and only that: who calls, what mail goes, and which school it is.</summary>
[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class FamilyPromisesTests(DatabaseKind kind)
{
    private const string Missing = "https://elders.example/foto.jpg";

    [Test]
    public async Task What_is_no_address_is_said_at_the_field_and_beside_a_photo_taken_in_as_words()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var parent = service.Client();
        foreach (var written in new[] { "niet een adres", "klassenfoto" })
        {
            using var refused = await AskAsync(parent, written, why: "Zij wil dit niet");
            var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
            Assert.That(page, Does.Contain("Dit is geen webadres").And.Contain($"value=\"{written}\"").And.Contain("value=\"Noor\"").And.Contain("Zij wil dit niet"));
        }

        using var sent = await AskAsync(parent, "niet een adres", await File.ReadAllBytesAsync(Repository.Sample(Photos.TwoFaces)), why: "Zij wil dit niet");
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        await using var db = service.Database.CreateDbContext();
        var request = await db.RemovalRequests.SingleAsync();
        Assert.That((request.Address, request.Words), Is.EqualTo(((string?)null, "Zij wil dit niet\n\nniet een adres")));
    }

    [Test]
    public async Task The_family_reads_which_school_it_asks_and_is_promised_no_mail_that_cannot_go()
    {
        await using var service = await RunningService.StartAsync(kind);
        var school = WebUtility.HtmlEncode(service.Services.GetRequiredService<ProtocolInUse>().Current.School);
        using var parent = service.Client();
        Assert.That(await parent.GetStringAsync("/remove"), Does.Contain($"op een foto van {school}").And.Contain("belt iemand van school u").And.Not.Contain("bericht per e-mail"));
        using var sent = await AskAsync(parent, Missing);
        Assert.That(await parent.GetStringAsync(sent.Headers.Location!.ToString()), Does.Contain(school).And.Not.Contain("ook per e-mail"));

        await using var mailing = await RunningService.StartAsync(kind, options => options with { PublicUrl = "https://poort.school.example" }, prepare: MailSet);
        using var other = mailing.Client();
        using var asked = await AskAsync(other, Missing);
        Assert.That(await other.GetStringAsync("/remove"), Does.Contain("bericht per e-mail"));
        Assert.That(await other.GetStringAsync(asked.Headers.Location!.ToString()), Does.Contain("ook per e-mail"));
    }

    [Test]
    public async Task A_family_with_a_telephone_number_is_a_duty_until_somebody_says_that_they_called()
    {
        await using var service = await RunningService.StartAsync(kind);
        using var parent = service.Client();
        using var sent = await AskAsync(parent, Missing, contact: "06-12345678");
        Assert.That(await parent.GetStringAsync(sent.Headers.Location!.ToString()), Does.Contain("belt iemand van school u"));
        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        Assert.That(await manager.GetStringAsync("/removals/requests/1"), Does.Not.Contain("handler=called"));
        await manager.SendFormAsync("/removals/requests/1", "/removals/requests/1?handler=answer", ("ground", "Hij is weg."), ("gone", "true"));
        Assert.That(WebUtility.HtmlDecode(await manager.GetStringAsync("/dashboard")), Does.Contain("Bel 06-12345678 over verzoek 1: de foto is weg").And.Contain("href=\"/removals/requests/1\""));

        using var called = await manager.SendFormAsync("/removals/requests/1", "/removals/requests/1?handler=called");
        Assert.That(called.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await manager.GetStringAsync("/dashboard"), Does.Not.Contain("06-12345678"));
        Assert.That(await manager.GetStringAsync("/removals/requests/1"), Does.Not.Contain("handler=called"));
    }

    [Test]
    public async Task Staff_read_that_letters_wait_until_mail_is_set()
    {
        await using var service = await RunningService.StartAsync(kind);
        await service.FillRegisterAsync();
        using var manager = await service.SignedInAsync(Roles.WebsiteManager);
        const string Guardians = "/register/pupils/p601/guardians";
        Assert.That(await manager.GetStringAsync(Guardians), Does.Not.Contain("wachten tot dat is gedaan"), "nobody gets letters by e-mail");
        await manager.SendFormAsync(Guardians, Guardians + "?handler=save", ("Name", "Ans Proef"), ("Email", "ans@ouders.example"), ("Language", "nl"));
        Assert.That(await manager.GetStringAsync(Guardians), Does.Contain("wachten tot dat is gedaan"));
        Assert.That(await manager.GetStringAsync("/register/groups/groep%206/links"), Does.Contain("wachten tot dat is gedaan"));
    }

    // Nothing listens there: letters wait.
    private static void MailSet(string data) => File.WriteAllText(Path.Combine(Directory.CreateDirectory(data).FullName, "mail.yaml"), "host: 127.0.0.1\nport: 9\nsecurity: none\nfrom: poort@school.example\n");

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string? address, byte[]? photo = null, string contact = "ouder@voorbeeld.example", string why = "")
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent(Forms.TokenIn(await client.GetStringAsync("/remove"))), "token" },
            { new StringContent(address ?? ""), "address" }, { new StringContent("Noor"), "child" }, { new StringContent("groep 6"), "group" }, { new StringContent(contact), "contact" }, { new StringContent(why), "why" },
        };
        if (photo is not null)
        {
            var file = new ByteArrayContent(photo);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(file, "photo", "foto.jpg");
        }

        return await client.PostAsync("/remove", form);
    }
}
