using System.Runtime.Versioning;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Intake;

[Platform("Linux,MacOsX", Reason = "paths with slashes and links as Unix has them")]
[UnsupportedOSPlatform("windows")]
public class InboxTests
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xDA, 1, 2, 3, 0xFF, 0xD9];
    private static readonly byte[] HalfPhoto = Photo[..5];

    private readonly List<IReadOnlyList<ReadyFile>> asked = [];
    private SteppedTime time = null!;
    private TemporaryFolder folder = null!;
    private Inbox inbox = null!;
    private Func<ReadyFile, bool> isTakenBefore = _ => false;

    [SetUp]
    public void Open()
    {
        (time, folder, isTakenBefore) = (new(), new(), _ => false);
        asked.Clear();
        Directory.CreateDirectory(folder["in"]);
        Watch();
    }

    [TearDown]
    public void Close()
    {
        inbox.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task Hands_over_a_whole_file_once_it_stood_still_for_five_seconds()
    {
        folder.Write("in/groep 6/a.jpg", Photo);
        Assert.That(await Names(0), Is.Empty);
        Assert.That(await Names(4.9), Is.Empty);
        Assert.That(inbox.State.Waiting.Single().Why, Is.EqualTo(WaitReason.StillChanging));

        var ready = (await Ready(0.1)).Single();

        Assert.That((ready.Name, ready.Length, ready.IsUnfinished), Is.EqualTo(("groep 6/a.jpg", (long)Photo.Length, false)));
        Assert.That(inbox.State.Waiting, Is.Empty);
    }

    [Test]
    public async Task Waits_for_a_file_that_pauses_in_the_middle_and_says_why()
    {
        folder.Write("in/a.jpg", HalfPhoto);
        await Names(0);
        for (var second = 0; second < 60; second++)
        {
            Assert.That(await Names(1), Is.Empty);
        }

        var waiting = inbox.State.Waiting.Single();
        Assert.That((waiting.Why, waiting.Length, waiting.Since), Is.EqualTo((WaitReason.EndIsMissing, (long)HalfPhoto.Length, time.Now.AddSeconds(-60))));
        Assert.That(waiting.Reason.Nl, Does.Contain("einde"));

        folder.Write("in/a.jpg", Photo);
        Assert.That(await Names(1), Is.Empty, "seen to have grown, not yet still");
        Assert.That(await Names(5), Is.EqualTo(new[] { "a.jpg" }));
    }

    [Test]
    public async Task Hands_over_as_unfinished_what_lacks_its_end_after_a_day()
    {
        folder.Write("in/a.jpg", HalfPhoto).Write("in/leeg.jpg", []);
        await Names(0);
        Assert.That(await Names(86_000), Is.Empty);
        Assert.That(inbox.State.Waiting.Select(file => file.Why), Is.EqualTo(new[] { WaitReason.EndIsMissing, WaitReason.Empty }));

        var late = await Ready(400);

        Assert.That(late.Select(file => (file.Name, file.IsUnfinished)), Is.EqualTo(new[] { ("a.jpg", true), ("leeg.jpg", true) }));
        inbox.Taken(late[0]);
        Assert.That(await Names(90_000), Is.Empty, "not twice");
    }

    [Test]
    public async Task Hands_over_as_unfinished_what_grows_for_a_day()
    {
        await Names(0);
        var handed = new List<ReadyFile>();
        for (var hour = 0; hour < 30; hour++)
        {
            folder.Write("in/a.jpg", [.. Enumerable.Repeat(Photo, hour + 1).SelectMany(bytes => bytes)]);
            await inbox.LookAsync(default);
            handed.AddRange(await Ready(3600 - 4));
            folder.Write("in/a.jpg", [.. Enumerable.Repeat(Photo, hour + 1).SelectMany(bytes => bytes), 1]);
            handed.AddRange(await Ready(4));
        }

        Assert.That(handed.Select(file => file.IsUnfinished), Is.EqualTo(new[] { true }));
    }

    [Test]
    public async Task Hands_a_file_over_once_until_it_changes()
    {
        folder.Write("in/a.jpg", Photo);
        await Names(0);
        var first = (await Ready(5)).Single();
        Assert.That(await Names(600), Is.Empty, "in hand");

        inbox.Taken(first);
        Assert.That(await Names(600), Is.Empty, "taken");

        folder.Write("in/a.jpg", [.. Photo, 0]);
        await Names(60);
        Assert.That(await Names(5), Is.EqualTo(new[] { "a.jpg" }), "changed");
    }

    [Test]
    public async Task Hands_a_file_over_again_that_changed_while_it_was_in_hand()
    {
        folder.Write("in/a.jpg", Photo);
        await Names(0);
        var first = (await Ready(5)).Single();
        folder.Write("in/a.jpg", [.. Photo, 0, 0]);
        await Names(60);

        inbox.Taken(first);

        await Names(1);
        Assert.That((await Ready(5)).Single().Length, Is.EqualTo(Photo.Length + 2));
    }

    [Test]
    public async Task Hands_over_again_what_was_given_back()
    {
        folder.Write("in/a.jpg", Photo);
        await Names(0);
        inbox.GiveBack((await Ready(5)).Single());
        Assert.That(await Names(0), Is.Empty);
        Assert.That(inbox.State.InHand, Is.Zero);
        Assert.That(await Names(5), Is.EqualTo(new[] { "a.jpg" }));
    }

    [Test]
    public async Task Does_not_hand_over_after_a_restart_what_an_earlier_run_took()
    {
        folder.Write("in/oud.jpg", Photo).Write("in/nieuw.jpg", Photo);
        isTakenBefore = file => file.Name == "oud.jpg" && file.Length == Photo.Length;
        await Names(0);
        Assert.That(await Names(5), Is.EqualTo(new[] { "nieuw.jpg" }));
        Assert.That(asked.SelectMany(files => files).Select(file => file.Name), Is.EquivalentTo(new[] { "oud.jpg", "nieuw.jpg" }), "each asked for once");

        folder.Write("in/oud.jpg", [.. Photo, 0]);
        await Names(60);
        Assert.That(await Names(5), Is.EqualTo(new[] { "oud.jpg" }), "another content under the same name");
    }

    [Test]
    public async Task Waits_and_says_so_while_nobody_knows_what_was_taken()
    {
        folder.Write("in/a.jpg", Photo);
        var isBroken = true;
        isTakenBefore = _ => isBroken ? throw new InvalidOperationException("no database") : false;
        await Names(0);
        Assert.That(await Names(5), Is.Empty);
        Assert.That(inbox.State.Troubles.Single().Reason.Nl, Does.Contain("wachten"));

        isBroken = false;
        Assert.That(await Names(5), Is.EqualTo(new[] { "a.jpg" }));
        Assert.That(inbox.State.Troubles, Is.Empty);
    }

    [TestCase(+400)]
    [TestCase(-400)]
    public async Task Measures_by_elapsed_time_when_the_clock_jumps(int days)
    {
        folder.Write("in/a.jpg", Photo).Write("in/half.jpg", HalfPhoto);
        await Names(0);
        time.Now = time.Now.AddDays(days);
        Assert.That(await Names(1), Is.Empty);
        time.Now = time.Now.AddDays(-2 * days);
        Assert.That(await Names(4), Is.EqualTo(new[] { "a.jpg" }));
    }

    [Test]
    public async Task Follows_no_links_and_opens_no_pipes_but_tells_of_them()
    {
        folder.Write("buiten/x.jpg", Photo).Write("in/a.jpg", Photo).Pipe("in/pijp.jpg");
        File.CreateSymbolicLink(folder["in/link.jpg"], folder["buiten/x.jpg"]);
        Directory.CreateSymbolicLink(folder["in/map"], folder["buiten"]);
        await Names(0);

        Assert.That(await Names(5), Is.EqualTo(new[] { "a.jpg" }));
        await Names(1);
        Assert.That(inbox.State.Troubles.Select(trouble => Path.GetFileName(trouble.Path)), Is.EquivalentTo(new[] { "link.jpg", "map", "pijp.jpg" }));
    }

    [Test]
    public async Task Survives_a_folder_that_goes_and_comes_back_without_taking_anything_twice()
    {
        folder.Write("in/a.jpg", Photo);
        await Names(0);
        inbox.Taken((await Ready(5)).Single());
        Directory.Move(folder["in"], folder["weg"]);
        Assert.That(await Names(60), Is.Empty);
        Assert.That(inbox.State.Troubles.Single().Path, Is.EqualTo(folder["in"]));

        folder.Write("weg/b.jpg", Photo);
        Directory.Move(folder["weg"], folder["in"]);
        await Names(60);
        Assert.That(await Names(5), Is.EqualTo(new[] { "b.jpg" }));
        Assert.That(inbox.State.Troubles, Is.Empty);
    }

    [Test]
    public async Task A_file_that_goes_before_it_is_ready_is_forgotten()
    {
        folder.Write("in/a.jpg", HalfPhoto);
        await Names(0);
        File.Delete(folder["in/a.jpg"]);
        Assert.That(await Names(60), Is.Empty);
        Assert.That(inbox.State.Waiting, Is.Empty);
    }

    [Test]
    public async Task Leaves_out_what_is_no_photo()
    {
        Watch(leftOut: ["in/uit/approved"]);
        folder.Write("in/a.jpg", Photo).Write("in/foto.txt", Photo).Text("in/lijst.txt", "Fenna").Text("in/album.yaml", "alt: x").Text("in/register/pupils.csv", "key")
            .Write("in/.verborgen/b.jpg", Photo).Write("in/@eaDir/a.jpg", Photo).Write("in/c.jpg.1a2b3c4d.partial", Photo).Write("in/uit/approved/website/d.jpg", Photo);
        await Names(0);
        Assert.That(await Names(5), Is.EqualTo(new[] { "a.jpg", "foto.txt" }), "a photo named .txt is a photo");
        Assert.That(inbox.State.Waiting, Is.Empty);
        Assert.That(await Names(120), Is.Empty);
    }

    [Test]
    public async Task Ten_thousand_files_dropped_at_once_are_all_handed_over_in_the_time_of_one_wait()
    {
        for (var i = 0; i < 10_000; i++)
        {
            folder.Write($"in/{i % 7}/{i}.jpg", Photo);
        }

        await Names(0);
        var found = await Names(5);
        while (inbox.UntilNextLook() == TimeSpan.Zero)
        {
            found = [.. found, .. await Names(0)];
        }

        Assert.That(found.Distinct().Count(), Is.EqualTo(10_000));
        Assert.That(inbox.State.InHand, Is.EqualTo(10_000));
    }

    private void Watch(params string[] leftOut)
    {
        inbox?.Dispose();
        inbox = new(
            new InboxOptions { Folders = [folder["in"]], PollingOnly = true, LeftOut = [.. leftOut.Select(name => folder[name])] }, FolderNames.Default, time,
            (files, _) =>
            {
                asked.Add(files);
                return Task.FromResult<IReadOnlyCollection<ReadyFile>>([.. files.Where(isTakenBefore)]);
            });
    }

    private async Task<string[]> Names(double afterSeconds) => [.. (await Ready(afterSeconds)).Select(file => file.Name)];

    private async Task<List<ReadyFile>> Ready(double afterSeconds)
    {
        time.Advance(afterSeconds);
        return [.. (await inbox.LookAsync(default)).OfType<ReadyFile>()];
    }
}
