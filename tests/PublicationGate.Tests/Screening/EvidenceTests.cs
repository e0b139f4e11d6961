using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Rounds;
using PublicationGate.Rules;
using PublicationGate.Screening;
using PublicationGate.TakenBack;
using PublicationGate.Tests.Support;
using PublicationGate.Wording;
using Outcome = PublicationGate.Rules.Outcome;

namespace PublicationGate.Tests.Screening;

public class EvidenceTests
{
    /// <summary>A verdict in which no field has its default.</summary>
    private static readonly Verdict Full = new()
    {
        Id = "0123456789abcdef",
        Outcome = Outcome.Rejected,
        Findings = [new("a-rule", "P3", Outcome.Held, new Text("Eén \"zin\" <b>", "One 'sentence' & more"))],
        ProtocolVersion = "v1",
        Rules = ["a-rule", "b-rule"],
        Facts = new PhotoFacts
        {
            FileName = "zoë 😀.jpg",
            ContentSha256 = "ab",
            Declaration = new Declaration
            {
                Channel = "app", Activity = "Sportdag", Situation = "group", Caption = "Hoera\nweer", Alt = "Kinderen", Group = "groep 5", People = ["p1"],
                NobodyRecognisable = true, Absent = ["p2"], Logo = true, Confirms = ["M6"], AdultCount = 3, AdultNames = ["s1"], Origin = "staff", Permission = "mondeling", Round = 7,
            },
            Obstacles = [new Text("Een fout", "A mistake")],
            IntakeProblem = IntakeProblem.TooLarge,
            ImageProblem = ImageProblem.TooManyPixels,
            Image = new ImageHeader(ImageFormat.Avif, 10, 20, 3, 6),
            DecodedWithWarnings = true,
            FolderName = "map",
            Metadata = new MetadataFacts { Known = false, Entries = [new(MetadataKind.Location, "GPS", "52.1, 5.1")], Camera = new("Canon", "EOS", "1") },
            Faces = new FaceFacts { Known = false, Sure = [new(0.1f, 1 / 3f, 1e-7f, 12345.678f, 0.9999999f)], Doubtful = [new(1, 2, 3, 4, 0.3f)], Models = [new("m", "s")] },
            Consent = new ConsentFacts
            {
                Known = false, Pupils = [new("p1", "Zoë", "groep 5", ConsentState.No, ConsentState.Silent)
                {
                    InGroupPhotoCause = SilenceCause.TextChanged, IndividuallyCause = SilenceCause.RanOut, Name = ConsentState.Yes, OtherChannels = ["app"], OtherChannelsAlone = ["newsletter"],
                }],
                Permission = new("museum", PermissionSubject.Repost, "Museum"), Adults = [new("s1", "Omar", ConsentState.Yes)], NotFound = ["Kees"], Ambiguous = ["Sem"],
            },
            Review = new ReviewFacts
            {
                Marks = [new(new(1, 2, 3, 4, 0), FaceMarkKind.ConcealFace)], Counted = new() { Sure = [new(5, 6, 7, 8, 0.5f)] }, Approval = new("account", "gezien", ["a-rule:00"]), Refusal = new("account", "nee"),
            },
            PictureHash = Picture(),
            Recordings = new RecordingFacts
            {
                Known = false,
                Matches = [new() { Id = 7, Purpose = RecordingPurpose.PupilHelp, By = MatchedBy.DoubtfulPicture, Likeness = new(15, 30), ParentsWereTold = true, IsOverdue = true, IsDestroyed = true }],
            },
            Rounds = new RoundFacts { Known = false, Round = new(7, "Folder", "tv", RoundKind.Notice, ConsentScope.Individual, RoundState.Closed, new(2026, 3, 1)), Pupils = [new("p1", ConsentState.No)] },
            TakenBack = new TakenBackFacts { Known = false, Matches = [new(3, TakenBackFor.Family, new(2026, 3, 1), MatchedBy.DoubtfulPicture, new(15, 30))] },
            Wording = new WordingFacts { Known = false, Findings = [new(TextFindingKind.FirstName, "caption", 3, "Proef", false, "p1")] },
        },
    };

    [Test]
    public void Every_field_comes_back_as_it_was()
    {
        var read = Evidence.Read(Text(Full));
        Assert.That(Text(read), Is.EqualTo(Text(Full)));
        Assert.Multiple(() =>
        {
            Assert.That(read.Facts.Faces.Sure, Is.EqualTo(Full.Facts.Faces.Sure));
            Assert.That(read.Facts.Declaration.Sha256, Is.EqualTo(Full.Facts.Declaration.Sha256));
            Assert.That(read.Facts.Consent.Permission, Is.EqualTo(Full.Facts.Consent.Permission));
            Assert.That(read.Facts.PictureHash, Is.EqualTo(Full.Facts.PictureHash));
            Assert.That(read.Facts.Recordings.Matches, Is.EqualTo(Full.Facts.Recordings.Matches));
            Assert.That(read.Facts.Image, Is.EqualTo(Full.Facts.Image));
            Assert.That(read.Findings, Is.EqualTo(Full.Findings));
        });
    }

    [TestCase(typeof(Verdict))]
    [TestCase(typeof(PhotoFacts))]
    [TestCase(typeof(Declaration))]
    [TestCase(typeof(FaceFacts))]
    [TestCase(typeof(FaceBox))]
    [TestCase(typeof(ConsentFacts))]
    [TestCase(typeof(PupilConsent))]
    [TestCase(typeof(AdultConsent))]
    [TestCase(typeof(RecordingFacts))]
    [TestCase(typeof(RecordingMatch))]
    [TestCase(typeof(TakenBackFacts))]
    [TestCase(typeof(TakenBackMatch))]
    [TestCase(typeof(RoundFacts))]
    [TestCase(typeof(SeenRound))]
    [TestCase(typeof(PupilInRound))]
    [TestCase(typeof(PictureLikeness))]
    [TestCase(typeof(TextFinding))]
    [TestCase(typeof(WordingFacts))]
    [TestCase(typeof(Finding))]
    [TestCase(typeof(ImageHeader))]
    [TestCase(typeof(MetadataFacts))]
    [TestCase(typeof(MetadataEntry))]
    [TestCase(typeof(CameraIdentity))]
    public void Every_property_that_can_be_set_is_written(Type type)
    {
        var json = Text(Full);
        var properties = type.GetProperties().Where(property => property.CanWrite).Select(property => $"\"{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}\":");
        Assert.That(properties.Where(name => !json.Contains(name, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Any_texts_and_scores_come_back_as_they_were() =>
        Prop.ForAll<string, NormalFloat>((text, number) =>
        {
            var caption = new string([.. (text ?? "").Where(c => !char.IsSurrogate(c))]);
            var verdict = Full with { Facts = Full.Facts with { Declaration = new Declaration { Caption = caption }, Faces = new() { Sure = [new((float)number.Get % 1e6f, 0, 1, 1, 1)] } } };
            var read = Evidence.Read(Text(verdict));
            return read.Facts.Declaration.Caption == caption && read.Facts.Faces.Sure[0] == verdict.Facts.Faces.Sure[0] && Evidence.Write(read).AsSpan().SequenceEqual(Evidence.Write(verdict));
        }).QuickCheckThrowOnFailure();

    [TestCase("\"outcome\":", "\"outcom\":")]
    [TestCase("\"facts\":{", "\"facts\":{\"embedding\":[0.1],")]
    [TestCase("\"rejected\"", "\"maybe\"")]
    [TestCase("\"fileName\":", "\"FileNam\":")]
    public void What_is_no_verdict_of_this_gate_is_refused(string right, string wrong)
    {
        Assert.That(Text(Full), Does.Contain(right));
        Assert.That(() => Evidence.Read(Text(Full).Replace(right, wrong, StringComparison.Ordinal)), Throws.InstanceOf<JsonException>());
    }

    private static PictureHash Picture()
    {
        using var picture = Pictures.Lively(1);
        return PictureHash.Of(picture)!;
    }

    private static string Text(Verdict verdict) => Encoding.UTF8.GetString(Evidence.Write(verdict));
}
