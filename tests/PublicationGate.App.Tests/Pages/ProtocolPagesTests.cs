using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Audit;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public class ProtocolPagesTests(DatabaseKind kind)
{
    private const string Facebook = "/protocol/channels/facebook";

    private RunningService service = null!;
    private HttpClient head = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(kind);
        head = await service.SignedInAsync(Roles.Head);
        head.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    [TearDown]
    public async Task StopAsync()
    {
        head.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task The_head_opens_a_platform_with_its_agreement_as_a_new_version_in_force()
    {
        using var answer = await OpenAsync(Facebook, ("by", "de directeur"), ("on", "2026-01-05"), ("agreed", "Voorwaarden \"gelezen\""));
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("/protocol"));
        var inForce = (await History.InForceAsync(CancellationToken.None))!.Value;
        Assert.That(inForce.Protocol.TermsOf("facebook"), Has.Property("IsOpen").True.And.Property("Agreement").EqualTo(new PlatformAgreement("de directeur", new(2026, 1, 5), "Voorwaarden \"gelezen\"")));
        Assert.That(inForce.Act.Source, Is.EqualTo(ProtocolSource.Page));
        Assert.That(inForce.Protocol.Yaml, Does.Contain("# Who can see a channel, and whether the school has opened it."));
        Assert.That(service.Services.GetRequiredService<ProtocolInUse>().Current.Version, Is.EqualTo(inForce.Protocol.Version));
        await using var db = service.Database.CreateDbContext();
        Assert.That((await db.AuditEntries.SingleAsync(entry => entry.Kind == AuditKinds.ProtocolInForce)).Details, Does.Contain("\"by\":").And.Not.Contain("directeur"));

        var page = await head.GetStringAsync("/protocol");
        Assert.That(page, Does.Contain("on the protocol page").And.Contain("account "), "who did it stands beside it");
        Assert.That(await head.GetStringAsync($"/protocol?handler=file&version={inForce.Protocol.Version}"), Is.EqualTo(inForce.Protocol.Yaml));
    }

    [Test]
    public async Task An_agreement_that_is_not_whole_opens_nothing()
    {
        using var answer = await OpenAsync(Facebook, ("by", ""), ("on", "2999-01-01"), ("agreed", ""));
        Assert.That(Regex.Matches(await answer.Content.ReadAsStringAsync(), "aria-invalid=\"true\""), Has.Count.EqualTo(3));
        Assert.That(await History.InForceAsync(CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Other_channels_are_opened_and_shut_without_one()
    {
        using var opened = await OpenAsync("/protocol/channels/training", ("audience", "closed"));
        Assert.That(await TermsAsync("training"), Has.Property("IsOpen").True.And.Property("IsPublic").False);
        using var shut = await head.SendFormAsync("/protocol/channels/training", "/protocol/channels/training?handler=shut", ("seen", (await History.InForceAsync(CancellationToken.None))!.Value.Act.Version));
        Assert.That(await TermsAsync("training"), Has.Property("IsOpen").False);
    }

    [Test]
    public async Task What_somebody_else_put_in_force_meanwhile_is_not_overwritten()
    {
        await History.UseAsync(ChannelOpening.Open(ProtocolReader.BuiltIn(), "tv", null), ProtocolSource.ByHand, CancellationToken.None);
        using var answer = await OpenAsync("/protocol/channels/press");
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("Somebody else changed the protocol meanwhile"));
        Assert.That(await TermsAsync("press"), Has.Property("IsOpen").False);
        Assert.That(await History.ReplaceAsync(ProtocolReader.BuiltIn(), null, "nobody", CancellationToken.None), Is.False);
    }

    [Test]
    public async Task Each_clause_stands_there_with_what_the_gate_does_for_who_may_not_change_it_too()
    {
        using var teacher = await service.SignedInAsync(Roles.Teacher);
        var page = WebUtility.HtmlDecode(await teacher.GetStringAsync("/protocol"));
        Assert.That(Clause.All.Where(clause => !page.Contains($"id=\"{clause.Id}\"", StringComparison.Ordinal) || !page.Contains(clause.Asks.Nl, StringComparison.Ordinal)).Select(clause => clause.Id), Is.Empty);
        Assert.That(page, Does.Not.Contain("/protocol/channels/"));
        using var missing = await teacher.GetAsync(new Uri("/protocol?handler=file&version=none", UriKind.Relative));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private ProtocolHistory History => service.Services.GetRequiredService<ProtocolHistory>();

    private async Task<ChannelTerms> TermsAsync(string channel) => (await History.InForceAsync(CancellationToken.None))!.Value.Protocol.TermsOf(channel);

    private Task<HttpResponseMessage> OpenAsync(string page, params (string Name, string Value)[] fields) => head.SendFormAsync(page, page + "?handler=open", [("seen", ""), .. fields]);
}
