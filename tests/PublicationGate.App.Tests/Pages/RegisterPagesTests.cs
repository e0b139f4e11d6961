using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicationGate.Accounts;
using PublicationGate.App.Tests.Support;
using PublicationGate.Audit;
using PublicationGate.Consent;
using PublicationGate.Tests.Support;

namespace PublicationGate.App.Tests.Pages;

[TestFixtureSource(typeof(LongForm), nameof(LongForm.Databases))]
public partial class RegisterPagesTests(DatabaseKind kind)
{
    private const string Pupils = "key,first_name,prefix,surname,group\np1,Zoë,van der,Proef,groep 3/4\np2,Bram,,Test,groep 3/4\np3,Zoë,,Ander,groep 3/4\np4,Noor,,Later,groep 5\n";
    private const string Answers = "pupil,channel,kind,scope,answer,date,given_by\np1,*,photo,group,yes,2024-09-01,ouder 1\np1,*,photo,individual,yes,2024-09-01,ouder 1\np2,*,photo,group,no,2024-09-01,ouder 1\n";

    private RunningService service = null!;
    private HttpClient manager = null!;

    [SetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(kind);
        manager = await service.SignedInAsync(Roles.WebsiteManager);
        manager.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    [TearDown]
    public async Task StopAsync()
    {
        manager.Dispose();
        await service.DisposeAsync();
    }

    [Test]
    public async Task Nothing_changes_before_the_preview_is_confirmed()
    {
        var preview = await SendAsync(("pupils.csv", Pupils), ("Answers.CSV", Answers));
        Assert.That(preview, Does.Contain("<dd>4</dd>").And.Contain("new pupils").And.Contain("Bram").And.Not.Contain("Proef"), "surnames are not shown");
        Assert.That((await CountsAsync()).Groups, Is.Empty);

        using var done = await ConfirmAsync(preview);
        Assert.That(done.Headers.Location?.ToString(), Is.EqualTo("/register"));
        Assert.That((await CountsAsync()).Groups, Is.EqualTo(new[] { new GroupCount("groep 3/4", 3), new GroupCount("groep 5", 1) }));
        Assert.That(await PageAsync(manager, "/register"), Does.Contain("/register/groups/groep%203~4"));
    }

    [Test]
    public async Task A_preview_that_is_out_of_date_is_shown_again_and_not_applied()
    {
        await ImportAsync();
        var preview = await SendAsync(("pupils.csv", Pupils.Replace("p4,Noor", "p5,Fien", StringComparison.Ordinal)));
        await Register.ImportAsync(new RegisterContent([new Pupil { Key = "p9", FirstName = "Sem", Prefix = "", Surname = "Nieuw", Group = "groep 5" }], [], null), CancellationToken.None);
        using var refused = await ConfirmAsync(preview);
        var page = await refused.Content.ReadAsStringAsync();
        Assert.That(page, Does.Contain("The register has changed meanwhile").And.Contain("Sem"));
        Assert.That((await CountsAsync()).Groups, Is.EqualTo(new[] { new GroupCount("groep 5", 1) }));
        using var done = await ConfirmAsync(page);
        Assert.That((await CountsAsync()).Groups, Is.EqualTo(new[] { new GroupCount("groep 3/4", 3), new GroupCount("groep 5", 1) }));
    }

    [Test]
    public async Task A_preview_is_confirmed_once_and_only_by_who_saw_it()
    {
        var preview = await SendAsync(("pupils.csv", Pupils));
        using var other = await service.SignedInAsync(Roles.WebsiteManager);
        using var refused = await other.SendFormAsync("/register/import", "/register/import?handler=confirm", ("preview", Token().Match(preview).Groups[1].Value));
        Assert.That((await CountsAsync()).Groups, Is.Empty);
        using var first = await ConfirmAsync(preview);
        using var second = await ConfirmAsync(preview);
        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Found, HttpStatusCode.OK)));
    }

    [Test]
    public async Task Mistakes_are_told_with_their_places_and_nothing_changes()
    {
        var page = await SendAsync(("pupils.csv", Pupils), ("answers.csv", Answers.Replace("group,no", "group,perhaps", StringComparison.Ordinal)));
        Assert.That(page, Does.Contain("answers.csv").And.Contain("line 4, character 18").And.Not.Contain("Take this over"));
        Assert.That(page, Does.Not.Contain(Path.GetTempPath()));
        Assert.That((await CountsAsync()).Groups, Is.Empty);
    }

    [Test]
    public async Task Edexml_is_read_as_well_with_its_mistakes()
    {
        const string Edex = "<EDEX><groepen><groep key=\"g\"><naam>Groep 7</naam></groep></groepen><leerlingen>\n<leerling key=\"p1\"><roepnaam>Zoë</roepnaam><groep key=\"g\"/></leerling></leerlingen></EDEX>";
        Assert.That(await SendAsync(("export.xml", Edex.Replace("<groep key=\"g\"/>", "<groep key=\"h\"/>", StringComparison.Ordinal))), Does.Contain("line 2").And.Not.Contain("Take this over"));
        using var done = await ConfirmAsync(await SendAsync(("export.xml", Edex)));
        Assert.That((await CountsAsync()).Groups, Is.EqualTo(new[] { new GroupCount("Groep 7", 1) }));
    }

    [Test]
    public async Task A_zip_of_the_files_will_do_and_a_damaged_one_is_told()
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("register/pupils.csv", Pupils), ("register/answers.csv", Answers), ("__MACOSX/register/._pupils.csv", "x") })
            {
                await using var entry = await archive.CreateEntry(name).OpenAsync();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(text));
            }
        }

        Assert.That(await SendAsync(("register.zip", zip.ToArray())), Does.Contain("new answers").And.Contain("Take this over"));
        Assert.That(await SendAsync(("register.zip", zip.ToArray()[..^40])), Does.Contain("This zip file is damaged"));
        Assert.That(await SendAsync(("../../pupils.exe", Pupils)), Does.Contain("no part of a register"));
    }

    [Test]
    public async Task The_matrix_says_in_words_what_holds_and_a_new_answer_changes_it()
    {
        await ImportAsync();
        var matrix = await PageAsync(manager, "/register/groups/groep%203~4");
        Assert.That(matrix, Does.Contain("Zoë van der Proef").And.Contain("alone: yes").And.Contain("<th scope=\"row\">").And.Not.Contain("Facebook"));
        Assert.That(await PageAsync(manager, "/register/groups/groep%203~4?all=true"), Does.Contain("Facebook"));

        using var wrong = await AnswerAsync("p1", ("date", "2999-01-01"), ("answer", ""), ("givenBy", " "));
        var form = await wrong.Content.ReadAsStringAsync();
        Assert.That(Regex.Matches(form, "aria-invalid=\"true\""), Has.Count.EqualTo(3));
        using var right = await AnswerAsync("p1", ("date", "2026-01-05"), ("answer", "no"), ("givenBy", "ouder 1"));
        Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        var history = await PageAsync(manager, "/register/pupils/p1");
        Assert.That(history, Does.Contain("5 Jan 2026").And.Contain("ouder 1 (guardian)").And.Contain("telefoon"));
        await using var db = service.Database.CreateDbContext();
        var entry = await db.AuditEntries.SingleAsync(one => one.Kind == AuditKinds.AnswerRecorded);
        Assert.That(entry.Details, Does.Contain("\"account\":").And.Not.Contain("ouder"));
    }

    [Test]
    public async Task Who_is_looked_for_is_found_by_any_part_of_the_name()
    {
        await ImportAsync();
        using var found = await manager.SendFormAsync("/register", ("name", " proef ZOE "));
        Assert.That(await found.Content.ReadAsStringAsync(), Does.Contain("/register/pupils/p1").And.Not.Contain("/register/pupils/p3"));
        using var nobody = await manager.SendFormAsync("/register", ("name", "100%"));
        Assert.That(await nobody.Content.ReadAsStringAsync(), Does.Contain("Nobody of that name"));
    }

    [Test]
    public async Task The_card_tells_a_teacher_who_may_not_be_in_the_photo_and_no_surnames()
    {
        await ImportAsync();
        using var teacher = await service.SignedInAsync(Roles.Teacher);
        teacher.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var card = Regex.Replace(await PageAsync(teacher, "/register/groups/groep%203~4/card?channel=app"), @"\s+", " ");
        Assert.That(card, Does.Contain("<strong>1</strong> of 3 pupils may be on it").And.Contain("<li>Bram</li><li>Zoë A.</li>").And.Contain("<li>Zoë P.</li>"));
        Assert.That(card, Does.Not.Contain("Proef").And.Not.Contain("/pupils/"));
        Assert.That(await PageAsync(teacher, "/register/groups/groep%203~4/card?channel=facebook"), Does.Contain("This channel is shut"));
        Assert.That(await PageAsync(teacher, "/register"), Does.Not.Contain("/register/groups/groep%203~4\"").And.Contain("/register/groups/groep%203~4/card"));
    }

    [TestCase("/register/groups/groep%209")]
    [TestCase("/register/groups/groep%205/card?channel=nowhere")]
    [TestCase("/register/pupils/p99")]
    public async Task What_is_not_there_is_not_found(string address)
    {
        await ImportAsync();
        using var answer = await manager.GetAsync(new Uri(address, UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private ConsentRegister Register => service.Services.GetRequiredService<ConsentRegister>();

    private Task<RegisterCounts> CountsAsync() => Register.CountsAsync(TimeProvider.System.Today(), CancellationToken.None);

    private async Task ImportAsync()
    {
        using var done = await ConfirmAsync(await SendAsync(("pupils.csv", Pupils), ("answers.csv", Answers)));
        Assert.That(done.StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    private Task<string> SendAsync(params (string Name, string Text)[] files) => SendAsync([.. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]);

    private async Task<string> SendAsync(params (string Name, byte[] Bytes)[] files)
    {
        using var form = new MultipartFormDataContent { { new StringContent(Forms.TokenIn(await manager.GetStringAsync("/register/import"))), "token" } };
        foreach (var (name, bytes) in files)
        {
            var file = new ByteArrayContent(bytes);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(file, "files", name);
        }

        using var answer = await manager.PostAsync("/register/import?handler=preview", form);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> PageAsync(HttpClient client, string address) => WebUtility.HtmlDecode(await client.GetStringAsync(address));

    private Task<HttpResponseMessage> ConfirmAsync(string preview) =>
        manager.SendFormAsync("/register/import", "/register/import?handler=confirm", ("preview", Token().Match(preview).Groups[1].Value));

    private Task<HttpResponseMessage> AnswerAsync(string key, params (string Name, string Value)[] fields) =>
        manager.SendFormAsync($"/register/pupils/{key}", [("channel", "*"), ("kind", "Photo"), ("scope", "Group"), ("by", "Guardian"), ("how", "telefoon"), .. fields]);

    [GeneratedRegex("name=\"preview\" value=\"([0-9A-F]+)\"")]
    private static partial Regex Token();
}
