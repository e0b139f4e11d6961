using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using PublicationGate.Consent;
using PublicationGate.Data;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;

namespace PublicationGate.Tests.Wording;

public class TextInspectionTests
{
    private SqliteGateDatabase database = null!;
    private TextInspection texts = null!;

    [SetUp]
    public async Task FillRegister()
    {
        database = SqliteGateDatabase.InMemory();
        await database.MigrateAsync(default);
        var register = new ConsentRegister(database, new FixedTime(DateTimeOffset.UnixEpoch));
        await register.ImportAsync(new RegisterContent([new Pupil { Key = "p1", FirstName = "Noor", Prefix = "", Surname = "Proef", Group = "groep 5" }], [], []), default);
        texts = new TextInspection(register, TimeProvider.System, NullLogger<TextInspection>.Instance);
    }

    [TearDown]
    public void Close() => database.Dispose();

    [Test]
    public async Task Searches_every_text_that_goes_out_or_travels_inside_the_file()
    {
        var declaration = new Declaration { Title = "Noor Proef a", Caption = "Noor Proef b", Alt = "Noor Proef c", Activity = "Noor Proef d" };
        var metadata = new MetadataFacts
        {
            Entries =
            [
                new(MetadataKind.Text, "IPTC:Caption", "Noor Proef"), new(MetadataKind.Person, "XMP-mwg-rs:RegionName", "Noor Proef"),
                new(MetadataKind.Maker, "EXIF:Artist", "Noor Proef"), new(MetadataKind.Location, "GPS", "52.37403, 4.88969"),
            ],
        };
        var facts = await texts.InspectAsync(new PhotoTexts(declaration, "noor_proef.jpg", "2026 Noor Proef", metadata), [], default);
        Assert.That(facts.Known);
        Assert.That(facts.Findings.Where(found => found.Kind == TextFindingKind.FullName).Select(found => found.Field),
            Is.EqualTo(new[] { "title", "caption", "alt", "activity", "file-name", "folder-name", "IPTC:Caption", "XMP-mwg-rs:RegionName" }));
    }

    [Test]
    public async Task A_text_too_long_to_search_is_unknown_and_the_others_are_still_searched()
    {
        var facts = await texts.InspectAsync(Texts(new Declaration { Caption = new string('a', TextSearch.LongestText + 1), Alt = "Noor Proef" }), [], default);
        Assert.That((facts.Known, facts.Findings.Count), Is.EqualTo((false, 1)));
    }

    [Test]
    public async Task Whatever_fails_makes_texts_unknown_and_is_no_exception()
    {
        var strange = new TextInspection(new ConsentRegister(new Failing(), TimeProvider.System), TimeProvider.System, NullLogger<TextInspection>.Instance);
        Assert.That((await strange.InspectAsync(Texts(new Declaration()), [], default)).Known, Is.False);
        Assert.That(() => strange.InspectAsync(Texts(new Declaration()), [], new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Texts_are_unknown_when_the_register_is_gone()
    {
        database.Dispose();
        Assert.That((await texts.InspectAsync(Texts(new Declaration()), [], default)).Known, Is.False);
    }

    private static PhotoTexts Texts(Declaration declaration) => new(declaration, "dag.jpg", null, new MetadataFacts());

    private sealed class Failing : IDbContextFactory<GateDb>
    {
        public GateDb CreateDbContext() => throw new NotSupportedException("nobody thought of this");
    }
}
