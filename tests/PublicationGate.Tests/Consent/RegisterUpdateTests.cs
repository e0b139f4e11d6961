using PublicationGate.Consent;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Consent;

/// <summary>What a second import does to what the first one brought.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class RegisterUpdateTests(DatabaseKind kind)
{
    private static readonly DateOnly Today = new(2026, 3, 31);
    private FixedTime time = null!;
    private TestDatabase place = null!;
    private ConsentRegister register = null!;

    [SetUp]
    public async Task OpenRegister()
    {
        time = new FixedTime(new DateTimeOffset(Today, new(12, 0), TimeSpan.Zero));
        place = new TestDatabase(kind);
        register = new ConsentRegister(await place.OpenMigratedAsync(), time);
        await register.ImportAsync(new([Child("p1", "Zoë"), Child("p2", "Bram"), Child("p3", "Noor")], [Says("p1", true), Says("p2", false)], [Adult("s1"), Adult("s2")]), default);
    }

    [TearDown]
    public void CloseRegister() => place.Dispose();

    [Test]
    public async Task Tells_what_changes_before_and_after_in_the_same_words()
    {
        var second = new RegisterContent(
            [Child("p1", "Zoë", "Groep 6"), Child("p3", "Noortje"), Child("p4", "Sem")],
            [Says("p1", true), Says("p1", false, day: 2), Says("p1", false, day: 2)],
            [Adult("s2", "Ines"), Adult("s3")]);

        var preview = await register.PreviewAsync(second, default);
        Assert.That((await HistoryAsync("p1")).Count, Is.EqualTo(1), "nothing is changed yet");
        var changes = await register.ImportAsync(second, default);

        foreach (var told in new[] { preview, changes })
        {
            Assert.That(told.IsFirst, Is.False);
            Assert.That(told.New.Select(p => p.Key), Is.EqualTo(new[] { "p4" }));
            Assert.That(told.Changed.Select(c => $"{c.After.Key} {string.Join('+', c.Fields)} {c.Before.Group} {c.After.Group}"), Is.EqualTo(new[] { "p1 group Groep 5 Groep 6", "p3 first_name Groep 5 Groep 5" }));
            Assert.That(told.Left.Select(p => (p.Key, p.LeftOn)), Is.EqualTo(new[] { ("p2", (DateOnly?)Today) }));
            Assert.That((told.Unchanged, told.Answers.Count, told.KnownAnswers), Is.EqualTo((0, 1, 2)));
            Assert.That(string.Join(' ', Keys(told.Staff.New), Keys(told.Staff.Changed), Keys(told.Staff.Removed)), Is.EqualTo("s3 s2 s1"));
        }
    }

    [Test]
    public async Task Nothing_changes_when_the_same_comes_again()
    {
        var changes = await register.ImportAsync(new([Child("p1", "Zoë"), Child("p2", "Bram"), Child("p3", "Noor")], [Says("p1", true), Says("p2", false)], [Adult("s1"), Adult("s2")]), default);
        Assert.That((changes.New.Count, changes.Changed.Count, changes.Left.Count, changes.Unchanged, changes.Answers.Count), Is.EqualTo((0, 0, 0, 3, 0)));
        Assert.That((changes.Staff.New.Count, changes.Staff.Changed.Count, changes.Staff.Removed.Count), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task No_import_makes_a_no_disappear()
    {
        await register.ImportAsync(new([Child("p2", "Bram")], [], null), default);
        await register.ImportAsync(new([], [], null), default);
        await register.ImportAsync(new([Child("p2", "Bram")], [Says("p2", true, "guardian-2", day: 30)], null), default);
        Assert.That((await LookUpAsync("p2")).InGroupPhoto, Is.EqualTo(ConsentState.No));
        Assert.That((await HistoryAsync("p2")).Select(a => (a.GivenBy, a.RecordedAt)), Is.EqualTo(new[] { ("guardian-1", time.Now), ("guardian-2", time.Now) }));
    }

    [Test]
    public async Task Who_left_is_known_to_have_been_there_and_may_come_back()
    {
        await register.ImportAsync(new([Child("p1", "Zoë")], [], null), default);
        Assert.That(await GroupAsync(time.Now.AddDays(-1)), Is.EqualTo(new[] { "p1", "p2", "p3" }));
        Assert.That(await GroupAsync(time.Now), Is.EqualTo(new[] { "p1" }));

        time.Now = time.Now.AddDays(7);
        Assert.That((await register.ImportAsync(new([Child("p1", "Zoë")], [], null), default)).Left, Is.Empty, "the day of leaving stays");
        await register.ImportAsync(new([Child("p1", "Zoë"), Child("p2", "Bram")], [], null), default);
        Assert.That(await GroupAsync(time.Now), Is.EqualTo(new[] { "p1", "p2" }));
    }

    [Test]
    public async Task What_an_import_does_not_say_stays_as_it_was()
    {
        var birth = new DateOnly(2010, 1, 1);
        await register.ImportAsync(new([new Pupil { Key = "p1", FirstName = "Zoë", Prefix = "van", Surname = "Proef", Group = "Groep 5", BirthDate = birth }], [], null), default);
        await register.ImportAsync(new([new Pupil { Key = "p1", FirstName = "Zoë", Prefix = "", Surname = "", Group = "" }], [], null), default);
        var pupil = (await register.HistoryAsync("p1", default))!.Value.Pupil;
        Assert.That((pupil.Prefix, pupil.Surname, pupil.Group, pupil.BirthDate), Is.EqualTo(("van", "Proef", "Groep 5", (DateOnly?)birth)));
        Assert.That((await register.CountsAsync(Today, default)).Staff, Is.EqualTo(2));
    }

    [Test]
    public async Task A_pupil_without_surname_is_not_taken_for_every_namesake()
    {
        await register.ImportAsync(new([Child("p1", "Zoë"), new Pupil { Key = "p9", FirstName = "Zoë", Prefix = "", Surname = "", Group = "Groep 6" }], [], null), default);
        var inGroup = await register.LookUpAsync(new Declaration { Group = "Groep 5", People = ["Zoë"] }, ConsentTerms.Lenient, time.Now, default);
        var anywhere = await register.LookUpAsync(new Declaration { People = ["Zoë"] }, ConsentTerms.Lenient, time.Now, default);
        Assert.That(inGroup.Pupils.Select(p => p.Key), Is.EqualTo(new[] { "p1" }));
        Assert.That(anywhere.Ambiguous, Is.EqualTo(new[] { "Zoë" }));
    }

    [Test]
    public async Task A_changed_name_is_found_under_its_new_spelling()
    {
        await register.ImportAsync(new([Child("p1", "Zora", "Groep 8")], [], null), default);
        var facts = await register.LookUpAsync(new Declaration { Group = "groep 8", People = ["zora"] }, ConsentTerms.Lenient, time.Now, default);
        Assert.That(facts.Pupils.Select(p => p.Key), Is.EqualTo(new[] { "p1" }));
    }

    [Test]
    public async Task Answers_from_the_desk_are_appended_and_count_from_their_instant()
    {
        var no = new Answer { PupilKey = "p1", Channel = "*", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = false, Date = Today, At = time.Now, GivenBy = "guardian-1", How = "paper" };
        Assert.That(await register.AnswerAsync(no, default));
        Assert.That((await LookUpAsync("p1", time.Now.AddMinutes(-1))).InGroupPhoto, Is.EqualTo(ConsentState.Yes));
        Assert.That((await LookUpAsync("p1", time.Now)).InGroupPhoto, Is.EqualTo(ConsentState.No));
        Assert.That(await register.AnswerAsync(new Answer { PupilKey = "p9", Channel = "*", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = true, Date = Today, GivenBy = "g" }, default), Is.False);
    }

    [Test]
    public async Task The_same_answer_twice_is_one_also_where_the_clock_is_finer_than_the_database()
    {
        var no = new Answer { PupilKey = "p1", Channel = "*", Kind = MediaKind.Photo, Scope = ConsentScope.Group, IsYes = false, Date = Today, At = time.Now.AddTicks(7), GivenBy = "guardian-1" };
        var before = (await register.HistoryAsync("p1", default))!.Value.Answers.Count;
        Assert.That(await register.AnswerAsync(no, default));
        Assert.That(await register.AnswerAsync(no, default));
        Assert.That((await register.HistoryAsync("p1", default))!.Value.Answers, Has.Count.EqualTo(before + 1));
    }

    [Test]
    public async Task Facts_say_why_there_is_no_yes_and_where_there_is_one()
    {
        await register.ImportAsync(
            new([Child("p1", "Zoë"), Child("p2", "Bram"), Child("p3", "Noor", birth: Today.AddYears(-16))],
                [Says("p1", true, channel: "app"), Says("p1", true, channel: "newsletter", scope: ConsentScope.Individual), Says("p3", true), Says("p1", true, kind: MediaKind.Name), Says("p2", true, kind: MediaKind.Film)], null),
            default);
        var terms = new ConsentTerms
        {
            OpenChannels = ["website", "app", "newsletter"],
            Lifetimes = new Dictionary<string, ConsentLifetime> { ["website"] = new(ConsentLifetimeKind.Months, 1) },
        };
        time.Now = time.Now.AddMonths(3);
        var facts = await register.LookUpAsync(new Declaration { People = ["p1", "p2", "p3"] }, terms, time.Now, default);

        Assert.That(facts.Pupils.Select(p => (p.InGroupPhoto, p.InGroupPhotoCause, p.Individually, p.IndividuallyCause)), Is.EqualTo(new (ConsentState, SilenceCause?, ConsentState, SilenceCause?)[]
        {
            (ConsentState.Silent, SilenceCause.RanOut, ConsentState.Silent, SilenceCause.NeverAnswered),
            (ConsentState.No, null, ConsentState.Silent, SilenceCause.NeverAnswered),
            (ConsentState.Silent, SilenceCause.PupilDecides, ConsentState.Silent, SilenceCause.PupilDecides),
        }));
        Assert.That(facts.Pupils.Select(p => $"{string.Join('+', p.OtherChannels)} {string.Join('+', p.OtherChannelsAlone)} {p.Name}"), Is.EqualTo(new[] { "app newsletter Silent", "  Silent", "  Silent" }));
        Assert.That((await LookUpAsync("p1", time.Now)).Name, Is.EqualTo(ConsentState.Yes), "without a lifetime");
    }

    [TestCase("museum", 0, true)]
    [TestCase(" museum ", 10, true)]
    [TestCase("museum", 11, false)]
    [TestCase("museum", -1, false)]
    [TestCase("mondeling toegezegd", 0, false)]
    [TestCase(null, 0, false)]
    public async Task A_permission_that_is_named_and_in_force_is_on_file(string? named, int day, bool isOnFile)
    {
        var museum = new PermissionRecord { Key = "museum", Subject = PermissionSubject.Work, GivenBy = "Museum", Text = "drie foto's", Date = Today, Until = Today.AddDays(10) };
        await register.ImportAsync(new([], [], null) { Permissions = [museum] }, default);
        await register.ImportAsync(new([], [], null), default);

        var facts = await register.LookUpAsync(new Declaration { Permission = named }, ConsentTerms.Lenient, time.Now.AddDays(day), default);

        Assert.That(facts.Permission, Is.EqualTo(isOnFile ? new PermissionOnFile("museum", PermissionSubject.Work, "Museum") : null));
        Assert.That(await register.AddPermissionAsync(museum with { Text = "alles" }, default), Is.False, "the key is taken");
        Assert.That(await register.AddPermissionAsync(museum, default), "where the word that it was added got lost");
    }

    private async Task<PupilConsent> LookUpAsync(string key, DateTimeOffset? asOf = null) =>
        (await register.LookUpAsync(new Declaration { People = [key] }, ConsentTerms.Lenient, asOf ?? time.Now, default)).Pupils.Single();

    private async Task<string[]> GroupAsync(DateTimeOffset asOf) => [.. (await register.ConsentOfAsync("GROEP 5", "website", ConsentTerms.Lenient, asOf, default)).Select(p => p.Key).Order(StringComparer.Ordinal)];

    private async Task<IReadOnlyList<Answer>> HistoryAsync(string key) => (await register.HistoryAsync(key, default))!.Value.Answers;

    private static string Keys(IEnumerable<StaffMember> staff) => string.Join('+', staff.Select(member => member.Key));

    private static Pupil Child(string key, string first, string group = "Groep 5", DateOnly? birth = null) =>
        new() { Key = key, FirstName = first, Prefix = "", Surname = "Proef", Group = group, BirthDate = birth };

    private static StaffMember Adult(string key, string first = "Omar") => new() { Key = key, FirstName = first, Prefix = "", Surname = "Test", Role = "leerkracht" };

    private static Answer Says(
        string pupil, bool isYes, string by = "guardian-1", int day = 1, string channel = "website", ConsentScope scope = ConsentScope.Group, MediaKind kind = MediaKind.Photo) => new()
    {
        PupilKey = pupil, Channel = channel, Kind = kind, Scope = scope, IsYes = isYes, Date = new DateOnly(2026, 3, day), GivenBy = by,
    };
}
