using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Consent;

[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public class ConsentRegisterTests(DatabaseKind kind)
{
    private static readonly DateOnly Today = new(2026, 3, 31);
    private static readonly DateTimeOffset Noon = new(Today, new(12, 0), TimeSpan.Zero);
    private TestDatabase place = null!;
    private GateDatabase database = null!;
    private ConsentRegister register = null!;

    [SetUp]
    public async Task OpenRegister()
    {
        place = new TestDatabase(kind);
        database = await place.OpenMigratedAsync();
        register = new ConsentRegister(database, new FixedTime(Noon));
        await register.ImportAsync(
            new RegisterContent(
                [
                    Child("p1", "Zoë", "van der", "Proef", "Groep 5"), Child("p2", "Bram", "", "Test", "Groep 5"), Child("p3", "Noor", "", "Test", "Groep 5", Today),
                    Child("p4", "Bram", "", "Voorbeeld", "Groep 6"), Child("p5", "Sem", "", "Test", "Groep 6"), Child("p6", "Sem", "", "Test", "Groep 7"),
                    Child("p7", "Ines", "", "Proef", "Groep 7"), Child("p8", "Tijn", "", "Test", "Groep 7", Today.AddDays(1)),
                ],
                [Yes("p1", "*", ConsentScope.Group), Yes("p1", "website", ConsentScope.Individual), Yes("p2", "instagram", ConsentScope.Group), Film("p2")],
                [Adult("s1", "Ines", "Test", ConsentState.Yes), Adult("s2", "Omar", "Voorbeeld", ConsentState.No), Adult("s3", "Fenna", "Proef", ConsentState.Silent)]),
            CancellationToken.None);
    }

    [TearDown]
    public void CloseRegister() => place?.Dispose();

    [Test]
    public async Task Tells_the_answers_for_photographs_on_the_declared_channel()
    {
        var facts = await LookUpAsync(new Declaration { People = ["p2", "p1"] });
        Assert.That(facts.Known);
        Assert.That(facts.Pupils.Select(p => (p.Key, p.FirstName, p.Group, p.InGroupPhoto, p.Individually)), Is.EqualTo(new[]
        {
            ("p1", "Zoë", "Groep 5", ConsentState.Yes, ConsentState.Yes),
            ("p2", "Bram", "Groep 5", ConsentState.Silent, ConsentState.Silent),
        }));
    }

    [TestCase("p1", "p1")]
    [TestCase("Zoë van der Proef", "p1")]
    [TestCase("ZOE  Proef", "p1")]
    [TestCase("zoe", "p1")]
    [TestCase(" Bram Voorbeeld ", "p4")]
    public async Task Knows_a_pupil_by_key_full_name_or_first_name(string entry, string key)
    {
        var facts = await LookUpAsync(new Declaration { People = [entry] });
        Assert.That(facts.Pupils.Select(p => p.Key), Is.EqualTo(new[] { key }));
    }

    [TestCase("P1")]
    [TestCase("Kees")]
    [TestCase("van der Proef")]
    [TestCase("")]
    public async Task Who_is_not_in_the_register_is_not_found(string entry)
    {
        var facts = await LookUpAsync(new Declaration { People = [entry] });
        Assert.That(facts.NotFound, Is.EqualTo(new[] { entry }));
        Assert.That(facts.Pupils, Is.Empty);
    }

    [TestCase("Bram")]
    [TestCase("Sem Test")]
    public async Task A_name_of_several_is_ambiguous_and_chooses_nobody(string entry)
    {
        var facts = await LookUpAsync(new Declaration { People = [entry] });
        Assert.That(facts.Ambiguous, Is.EqualTo(new[] { entry }));
        Assert.That(facts.Pupils, Is.Empty);
    }

    [TestCase("Bram", "groep 6", "p4")]
    [TestCase("Sem Test", " GROEP  7", "p6")]
    [TestCase("Zoë Proef", "Groep 7", "p1")]
    public async Task The_declared_group_tells_namesakes_apart(string entry, string group, string key)
    {
        var facts = await LookUpAsync(new Declaration { People = [entry], Group = group });
        Assert.That(facts.Pupils.Select(p => p.Key), Is.EqualTo(new[] { key }));
    }

    [TestCase("Zoë", "Groep 6")]
    [TestCase("Noor", "Groep 5")]
    public async Task A_first_name_is_looked_for_within_the_declared_group_only(string entry, string group)
    {
        var facts = await LookUpAsync(new Declaration { People = [entry], Group = group });
        Assert.That(facts.NotFound, Is.EqualTo(new[] { entry }));
    }

    [Test]
    public async Task A_group_is_everyone_who_is_in_it_that_day_less_the_absent()
    {
        Assert.That(await KeysAsync(new Declaration { Group = "groep 5" }), Is.EqualTo(new[] { "p1", "p2" }));
        Assert.That(await KeysAsync(new Declaration { Group = "Groep 5", Absent = ["Bram"] }), Is.EqualTo(new[] { "p1" }));
        Assert.That(await KeysAsync(new Declaration { Group = "Groep 5", People = [], Absent = ["p1", "Bram Test"] }), Is.Empty);
        Assert.That(await KeysAsync(new Declaration { Group = "Groep 7" }), Is.EqualTo(new[] { "p6", "p7", "p8" }));
    }

    [Test]
    public async Task Absent_pupils_must_be_in_the_group()
    {
        var facts = await LookUpAsync(new Declaration { Group = "Groep 5", Absent = ["p4", "Kees"] });
        Assert.That(facts.NotFound, Is.EqualTo(new[] { "p4", "Kees" }));
        Assert.That(facts.Pupils, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_group_without_pupils_is_not_found()
    {
        var facts = await LookUpAsync(new Declaration { Group = "Groep 9", Absent = ["Bram"] });
        Assert.That(facts.NotFound, Is.EqualTo(new[] { "Groep 9" }));
    }

    [Test]
    public async Task Adults_come_from_the_staff_list_by_either_way_of_declaring()
    {
        var facts = await LookUpAsync(new Declaration { People = ["Omar Voorbeeld", "p1"], AdultNames = ["s1", "Fenna"] });
        Assert.That(facts.Adults, Is.EqualTo(new[]
        {
            new AdultConsent("s1", "Ines", ConsentState.Yes), new AdultConsent("s2", "Omar", ConsentState.No), new AdultConsent("s3", "Fenna", ConsentState.Silent),
        }));
        Assert.That(facts.Pupils, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task No_child_passes_for_an_adult()
    {
        var declaredAdult = await LookUpAsync(new Declaration { AdultNames = ["Zoë Proef"] });
        Assert.That(declaredAdult.Pupils.Select(p => p.Key), Is.EqualTo(new[] { "p1" }));
        Assert.That(declaredAdult.Adults, Is.Empty);

        var eitherOfTwo = await LookUpAsync(new Declaration { AdultNames = ["Ines"] });
        Assert.That(eitherOfTwo.Ambiguous, Is.EqualTo(new[] { "Ines" }));

        var elsewhere = await LookUpAsync(new Declaration { Group = "Groep 5", AdultNames = ["Ines"] });
        Assert.That(elsewhere.Adults.Select(a => a.Key), Is.EqualTo(new[] { "s1" }));
    }

    [Test]
    public async Task A_first_name_among_people_of_a_group_means_the_pupil_before_the_colleague()
    {
        Assert.That(await KeysAsync(new Declaration { Group = "Groep 7", People = ["Ines"] }), Is.EqualTo(new[] { "p7" }));

        var colleague = await LookUpAsync(new Declaration { Group = "Groep 5", People = ["Ines", "Zoë"] });
        Assert.That(colleague.Adults.Select(a => a.Key), Is.EqualTo(new[] { "s1" }));

        var asAdult = await LookUpAsync(new Declaration { Group = "Groep 7", AdultNames = ["Ines"] });
        Assert.That(asAdult.Ambiguous, Is.EqualTo(new[] { "Ines" }));
    }

    [Test]
    public async Task Nobody_is_listed_twice()
    {
        Assert.That(await KeysAsync(new Declaration { People = ["p1", "Zoë", "Zoë Proef"], AdultNames = ["p1"] }), Is.EqualTo(new[] { "p1" }));
    }

    [Test]
    public async Task Nothing_declared_finds_nobody()
    {
        var facts = await LookUpAsync(new Declaration { NobodyRecognisable = true });
        Assert.That((facts.Pupils.Count, facts.Adults.Count, facts.NotFound.Count, facts.Ambiguous.Count), Is.EqualTo((0, 0, 0, 0)));
    }

    [Test]
    public async Task An_import_takes_the_place_of_the_whole_register()
    {
        var before = await register.NamesAsync(CancellationToken.None);
        Assert.That(await register.NamesAsync(CancellationToken.None), Is.SameAs(before).And.Count.EqualTo(8));

        var elsewhere = new ConsentRegister(database, new FixedTime(Noon));
        await elsewhere.ImportAsync(new RegisterContent([Child("p9", "Roos", "de", "Proef", "Groep 1")], [], []), CancellationToken.None);

        Assert.That(await register.NamesAsync(CancellationToken.None), Is.SupersetOf(before).And.Contains(new RegisteredName("p9", "Roos", "de", "Proef")), "who has left keeps the right to be unnamed");
        var counts = await register.CountsAsync(Today.AddDays(1), CancellationToken.None);
        Assert.That((counts.Groups.Single(), counts.Answers, counts.Staff), Is.EqualTo((new GroupCount("Groep 1", 1), 4, 0)));
    }

    [Test]
    public void An_import_that_fails_leaves_the_register_as_it_was()
    {
        var twice = new RegisterContent([Child("p9", "Roos", "", "Proef", "Groep 1")], [Yes("p10", "*", ConsentScope.Group)], []);
        Assert.That(() => register.ImportAsync(twice, CancellationToken.None), Throws.Exception);
        Assert.That(async () => (await register.NamesAsync(CancellationToken.None)).Count, Is.EqualTo(8));
    }

    [Test]
    public async Task Counts_groups_without_those_who_left()
    {
        var counts = await register.CountsAsync(Today, CancellationToken.None);
        Assert.That(counts.Groups, Is.EqualTo(new[] { new GroupCount("Groep 5", 2), new GroupCount("Groep 6", 2), new GroupCount("Groep 7", 3) }));
        Assert.That((counts.Answers, counts.Staff), Is.EqualTo((4, 3)));
    }

    [Test]
    public async Task Is_empty_until_a_register_was_imported()
    {
        Assert.That(await register.IsEmptyAsync(CancellationToken.None), Is.False);
        using var elsewhere = new TestDatabase(kind);
        var fresh = await elsewhere.OpenMigratedAsync();
        Assert.That(await new ConsentRegister(fresh, TimeProvider.System).IsEmptyAsync(CancellationToken.None), Is.True);
    }

    [Test]
    public async Task Many_may_look_at_once()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => KeysAsync(new Declaration { Group = "Groep 5" }))));
        Assert.That(all, Is.All.EqualTo(new[] { "p1", "p2" }));
    }

    private Task<ConsentFacts> LookUpAsync(Declaration declaration) => register.LookUpAsync(declaration, ConsentTerms.Lenient, Noon, CancellationToken.None);

    private async Task<string[]> KeysAsync(Declaration declaration) => [.. (await LookUpAsync(declaration)).Pupils.Select(p => p.Key)];

    private static Pupil Child(string key, string first, string prefix, string surname, string group, DateOnly? left = null) =>
        new() { Key = key, FirstName = first, Prefix = prefix, Surname = surname, Group = group, LeftOn = left };

    private static StaffMember Adult(string key, string first, string surname, ConsentState permission) =>
        new() { Key = key, FirstName = first, Prefix = "", Surname = surname, Role = "leerkracht", Permission = permission };

    private static Answer Yes(string pupil, string channel, ConsentScope scope) => new()
    {
        PupilKey = pupil, Channel = channel, Kind = MediaKind.Photo, Scope = scope, IsYes = true, Date = new DateOnly(2025, 9, 1), GivenBy = "moeder",
    };

    private static Answer Film(string pupil) => new()
    {
        PupilKey = pupil, Channel = "*", Kind = MediaKind.Film, Scope = ConsentScope.Group, IsYes = true, Date = new DateOnly(2025, 9, 1), GivenBy = "moeder",
    };
}
