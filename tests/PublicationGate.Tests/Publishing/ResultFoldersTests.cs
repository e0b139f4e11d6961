using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Publishing;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.Tests.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Publishing;

[Platform("Linux,MacOsX", Reason = "paths with slashes")]
[UnsupportedOSPlatform("windows")]
public class ResultFoldersTests
{
    private static readonly byte[] Photo = TestFiles.Photo("ivana-square.jpg");
    private static readonly byte[] Other = TestFiles.Photo("team-2.jpg");

    private TemporaryFolder folder = null!;
    private ContentStore store = null!;
    private ResultFolders results = null!;

    [SetUp]
    public void Open()
    {
        folder = new();
        store = new(folder["store"], new IntakeOptions());
        results = null!;
        Reopen();
    }

    [TearDown]
    public void Close()
    {
        results.Dispose();
        store.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task An_approved_photo_is_a_clean_copy_with_its_reasons_and_leaves_the_inbox()
    {
        var file = await Screened("groep 6/foto.jpg", Photo, Outcome.Approved);

        var placed = await results.PlaceAsync(file, default);

        Assert.That(placed, Is.EqualTo(new PlacedResult(folder["approved/website/groep 6"], "foto.jpg", true, false)));
        Assert.That(Results(), Is.EqualTo(new[] { "approved/website/groep 6/foto.jpg", "approved/website/groep 6/foto.jpg.json", "approved/website/groep 6/foto.jpg.txt" }));
        Assert.That(File.ReadAllBytes(folder["approved/website/groep 6/foto.jpg"]), Is.EqualTo(CleanCopy.Of(Photos.Decoder, Photo, new()).Bytes.ToArray()));
        Assert.That(Read("approved/website/groep 6/foto.jpg.txt"), Does.StartWith("Goedgekeurd voor de website.").And.Contain("Foto: groep 6/foto.jpg").And.Contain(file.Verdict.Id));
        Assert.That(folder["in/groep 6/foto.jpg"], Does.Not.Exist);
        Assert.That(store.Contains(file.Verdict.Facts.ContentSha256!), Is.True, "the original stays in the gate");
    }

    [TestCase(Outcome.Held, "held")]
    [TestCase(Outcome.Rejected, "rejected")]
    public async Task A_photo_that_is_not_approved_is_its_original_with_the_reasons_in_Dutch(Outcome outcome, string name)
    {
        var placed = await results.PlaceAsync(await Screened("foto.jpg", Photo, outcome), default);

        Assert.That(placed, Is.EqualTo(new PlacedResult(folder[name], "foto.jpg", true, false)));
        Assert.That(File.ReadAllBytes(folder[name + "/foto.jpg"]), Is.EqualTo(Photo));
        Assert.That(Read(name + "/foto.jpg.txt"), Does.Contain("een reden (artikel P4 van het protocol)"));
        using var json = JsonDocument.Parse(Read(name + "/foto.jpg.json"));
        Assert.That(json.RootElement.GetProperty("outcome").GetString(), Is.EqualTo(name));
        Assert.That(json.RootElement.GetProperty("file").GetString(), Is.EqualTo("foto.jpg"));
        Assert.That(json.RootElement.GetProperty("findings")[0].GetProperty("reason").GetProperty("en").GetString(), Is.EqualTo("a reason"));
        Assert.That(folder["in/foto.jpg"], Does.Not.Exist);
    }

    [Test]
    public async Task Originals_may_stay_and_then_only_the_reasons_are_laid()
    {
        Reopen(leaveOriginals: true);
        var held = await results.PlaceAsync(await Screened("a.jpg", Photo, Outcome.Held), default);
        var approved = await results.PlaceAsync(await Screened("b.jpg", Other, Outcome.Approved), default);

        Assert.That((held.HasPhoto, held.OriginalIsLeft, approved.HasPhoto, approved.OriginalIsLeft), Is.EqualTo((false, true, true, true)));
        Assert.That(Results(), Is.EqualTo(new[] { "approved/website/b.jpg", "approved/website/b.jpg.json", "approved/website/b.jpg.txt", "held/a.jpg.json", "held/a.jpg.txt" }));
        Assert.That(Read("held/a.jpg.txt"), Does.Contain("nog waar zij was aangeboden"));
        Assert.That(File.ReadAllBytes(folder["in/a.jpg"]), Is.EqualTo(Photo));
    }

    [Test]
    public async Task A_name_that_is_taken_gets_a_number_and_nothing_is_overwritten()
    {
        await results.PlaceAsync(await Screened("foto.jpg", Photo, Outcome.Held), default);
        folder.Text("held/foto (2).jpg", "van iemand anders").Text("held/foto (3).jpg.txt", "van iemand anders");

        var second = await results.PlaceAsync(await Screened("foto.jpg", Other, Outcome.Held), default);

        Assert.That(second.Name, Is.EqualTo("foto (4).jpg"));
        Assert.That(File.ReadAllBytes(folder["held/foto.jpg"]), Is.EqualTo(Photo));
        Assert.That(File.ReadAllBytes(folder["held/foto (4).jpg"]), Is.EqualTo(Other));
        Assert.That(Read("held/foto (2).jpg"), Is.EqualTo("van iemand anders"));
    }

    [Test]
    public async Task Two_photos_whose_copies_would_have_one_name_both_stay()
    {
        using var picture = Edits.Open(Photo, 300);
        await results.PlaceAsync(await Screened("foto.png", picture.AsPng(), Outcome.Approved), default);
        await results.PlaceAsync(await Screened("foto.jpg", Other, Outcome.Approved), default);
        Assert.That(Results().Where(name => name.EndsWith(".jpg", StringComparison.Ordinal)), Is.EqualTo(new[] { "approved/website/foto (2).jpg", "approved/website/foto.jpg" }));
    }

    [Test]
    public async Task The_same_result_again_changes_nothing_even_when_a_person_took_the_photo_away()
    {
        var file = await Screened("foto.jpg", Photo, Outcome.Approved);
        await results.PlaceAsync(file, default);
        File.Delete(folder["approved/website/foto.jpg"]);

        await results.PlaceAsync(file, default);

        Assert.That(Results(), Is.EqualTo(new[] { "approved/website/foto.jpg.json", "approved/website/foto.jpg.txt" }));
    }

    [Test]
    public async Task A_later_verdict_takes_the_earlier_result_back([Values] Outcome before, [Values] Outcome after)
    {
        var first = await Screened("foto.jpg", Photo, before);
        await results.PlaceAsync(first, default);

        var second = await results.PlaceAsync(first with { Verdict = VerdictOf(Photo, after, "app") }, default);

        Assert.That(Results().Select(name => Path.GetDirectoryName(name)).Distinct(), Is.EqualTo(new[] { Path.GetRelativePath(folder.Path, second.Folder) }));
        Assert.That(Results(), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Takes_back_its_own_only()
    {
        var first = await Screened("foto.jpg", Photo, Outcome.Approved);
        await results.PlaceAsync(first, default);
        File.Delete(folder["approved/website/foto.jpg.json"]);
        folder.Text("approved/website/foto.jpg.json", "{\"item\":\"van een ander\"}");

        await results.TakeBackAsync(first.Item, default);

        Assert.That(folder["approved/website/foto.jpg"], Does.Exist, "what it stands beside is not this item's any more");
        await results.TakeBackAsync(first.Item, default);
    }

    [Test]
    public async Task A_file_that_changed_since_is_left_to_be_screened()
    {
        var file = await Screened("foto.jpg", Photo, Outcome.Held);
        folder.Write("in/foto.jpg", Other);

        var placed = await results.PlaceAsync(file, default);

        Assert.That(placed.OriginalIsLeft, Is.True);
        Assert.That(File.ReadAllBytes(folder["in/foto.jpg"]), Is.EqualTo(Other));
        Assert.That(File.ReadAllBytes(folder["held/foto.jpg"]), Is.EqualTo(Photo));
    }

    [Test]
    public async Task An_approved_photo_that_has_no_copy_changes_nothing()
    {
        byte[] broken = [.. Photo[..2000]];
        var file = await Screened("foto.jpg", broken, Outcome.Approved);
        await Assert.ThatAsync(() => results.PlaceAsync(file, default), Throws.InstanceOf<UnreadableImageException>());
        Assert.That(Results(), Is.Empty);
        Assert.That(folder["in/foto.jpg"], Does.Exist);
    }

    [Test]
    public async Task A_file_without_stored_content_stays_and_its_reasons_are_laid()
    {
        folder.Write("in/groot.jpg", Photo);
        var verdict = Verdict.Of(Some.Photo with { FileName = "groot.jpg", ContentSha256 = null, IntakeProblem = IntakeProblem.Unreadable }, Some.Protocol, new RuleList());

        var placed = await results.PlaceAsync(new(folder["in"], folder["in/groot.jpg"], verdict, TimeSpan.Zero), default);

        Assert.That((placed.HasPhoto, placed.OriginalIsLeft), Is.EqualTo((false, true)));
        Assert.That(Results(), Is.EqualTo(new[] { "held/groot.jpg.json", "held/groot.jpg.txt" }));
    }

    [Test]
    public async Task Names_that_lead_elsewhere_stay_inside_and_are_made_safe()
    {
        var placed = await results.PlaceAsync(await Screened("a\u001b[31m/CON.jpg", Photo, Outcome.Held), default);
        Assert.That(Path.GetRelativePath(folder.Path, Path.Combine(placed.Folder, placed.Name)), Is.EqualTo("held/a[31m/_CON.jpg"));
    }

    private static readonly string[] Steps = ["intended", "json", "txt", "photo", "done", "original gone"];
    private static readonly string[] StepsBack = ["photo gone", "txt gone", "json gone", .. Steps];

    [TestCaseSource(nameof(Steps))]
    public async Task A_crash_after_any_step_and_the_same_call_again_leave_one_result(string step)
    {
        var file = await Screened("foto.jpg", Photo, Outcome.Held);
        await CrashAfterAsync(step, file);

        var placed = await results.PlaceAsync(file, default);

        Assert.That(placed, Is.EqualTo(new PlacedResult(folder["held"], "foto.jpg", true, false)));
        AssertOneResultIn("held");
        Assert.That(folder["in/foto.jpg"], Does.Not.Exist);
    }

    [TestCaseSource(nameof(StepsBack))]
    public async Task A_crash_after_any_step_of_a_later_verdict_leaves_one_result(string step)
    {
        var first = await Screened("foto.jpg", Photo, Outcome.Held);
        Reopen(leaveOriginals: false);
        await results.PlaceAsync(first, default);
        folder.Write("in/foto.jpg", Photo);
        var second = first with { Verdict = VerdictOf(Photo, Outcome.Approved) };
        await CrashAfterAsync(step, second);
        Assert.That(Results().Count(name => name.EndsWith(".jpg", StringComparison.Ordinal)), Is.LessThanOrEqualTo(1), "never two at once");

        await results.PlaceAsync(second, default);

        AssertOneResultIn("approved/website");
    }

    private void AssertOneResultIn(string name)
    {
        Assert.That(Results(), Is.EqualTo(new[] { $"{name}/foto.jpg", $"{name}/foto.jpg.json", $"{name}/foto.jpg.txt" }));
        Assert.That(Directory.GetFiles(folder.Path, "*.partial", SearchOption.AllDirectories), Is.Empty);
    }

    private async Task CrashAfterAsync(string step, ScreenedFile file)
    {
        results.Step = reached => _ = reached == step ? throw new OperationCanceledException("killed") : 0;
        await Assert.ThatAsync(() => results.PlaceAsync(file, default), Throws.InstanceOf<OperationCanceledException>());
        Reopen();
    }

    private void Reopen(bool leaveOriginals = false)
    {
        results?.Dispose();
        results = new(new ResultFolderOptions { Folder = ResultFolderOptions.Beside(folder["in"]), LeaveOriginals = leaveOriginals }, store, new(Photos.Decoder, new(() => throw new InvalidOperationException("nothing is concealed here"))));
    }

    private async Task<ScreenedFile> Screened(string name, byte[] content, Outcome outcome)
    {
        folder.Write("in/" + name, content);
        await store.AddAsync(folder["in/" + name], default);
        return new(folder["in"], folder["in/" + name], VerdictOf(content, outcome), TimeSpan.FromMilliseconds(12.3));
    }

    private static Verdict VerdictOf(byte[] content, Outcome outcome, string channel = "website")
    {
        var verdict = new Verdict
        {
            Id = "",
            Outcome = outcome,
            Findings = outcome == Outcome.Approved ? [] : [new Finding("een-regel", "P4", outcome, new Text("een reden", "a reason"))],
            Facts = Some.Photo.On(channel) with { FileName = "foto.jpg", ContentSha256 = Convert.ToHexStringLower(SHA256.HashData(content)) },
            ProtocolVersion = "v",
            Rules = [],
        };
        return verdict with { Id = verdict.ComputeId() };
    }

    private string Read(string name) => File.ReadAllText(folder[name]);

    private string[] Results() =>
        [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path, file)).Where(file => file.Split('/')[0] is "approved" or "held" or "rejected").Order(StringComparer.Ordinal)];
}
