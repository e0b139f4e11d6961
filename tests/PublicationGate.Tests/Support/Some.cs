using PublicationGate.Consent;
using PublicationGate.Faces;
using PublicationGate.Imaging;
using PublicationGate.Intake;
using PublicationGate.Recordings;
using PublicationGate.Rules;
using PublicationGate.TakenBack;
using PublicationGate.Wording;

namespace PublicationGate.Tests.Support;

/// <summary>Facts of an invented photo that every rule approves of: each test changes what it is about.</summary>
internal static class Some
{
    public static Protocol Protocol { get; } = ProtocolReader.BuiltIn();

    /// <summary>Two pupils with every permission, each with a face, in the app and on the website.</summary>
    public static PhotoFacts Photo { get; } = new()
    {
        FileName = "sportdag.jpg",
        ContentSha256 = new string('a', 64),
        Declaration = new Declaration { People = ["p1", "p2"], Situation = "group", Origin = "school-camera" },
        Image = new ImageHeader(ImageFormat.Jpeg, 1000, 1000, 1, 1),
        Faces = FacesOf(2),
        Recordings = new RecordingFacts(),
        TakenBack = new TakenBackFacts(),
        Consent = new ConsentFacts { Pupils = [Pupil("p1"), Pupil("p2")] },
        Wording = new WordingFacts(),
    };

    public static PupilConsent Pupil(string key, ConsentState inGroup = ConsentState.Yes, ConsentState individually = ConsentState.Yes) =>
        new(key, "Noor" + key, "groep 5", inGroup, individually);

    public static AdultConsent Adult(string key, ConsentState permission = ConsentState.Yes) => new(key, "Omar" + key, permission);

    /// <summary>That many sure faces of the same size.</summary>
    public static FaceFacts FacesOf(int count) => new() { Sure = [.. Enumerable.Range(0, count).Select(i => new FaceBox(i * 100, 0, 90, 90, 0.9f))], Models = [new("m", "s")] };

    public static PhotoFacts On(this PhotoFacts photo, string channel) => photo with { Declaration = photo.Declaration with { Channel = channel } };

    public static PhotoFacts WithFaces(this PhotoFacts photo, int count) => photo with { Faces = FacesOf(count) };

    public static PhotoFacts WithPupils(this PhotoFacts photo, params PupilConsent[] pupils) => photo with { Consent = photo.Consent with { Pupils = pupils } };

    /// <summary>The protocol with other terms for one channel.</summary>
    public static Protocol With(this Protocol protocol, string channel, Func<ChannelTerms, ChannelTerms> change) =>
        protocol with { Channels = new Dictionary<string, ChannelTerms>(protocol.Channels) { [channel] = change(protocol.TermsOf(channel)) } };

    /// <summary>The photo with one finding in its caption.</summary>
    public static PhotoFacts Saying(TextFindingKind kind, string span = "span", bool isSure = true, string? pupil = null) =>
        Photo with { Wording = new WordingFacts { Findings = [new(kind, "caption", 0, span, isSure, pupil)] } };

    /// <summary>What a rule finds, as "outcome clause", in order.</summary>
    public static string Judge(IRule rule, PhotoFacts photo, Protocol? protocol = null)
    {
        var findings = rule.Judge(photo, protocol ?? Protocol).ToList();
        Assert.That(findings.Select(finding => finding.Rule), Is.All.EqualTo(rule.Code));
        Assert.That(findings.Select(finding => finding.Clause).Distinct(), Is.SubsetOf(rule.Clauses), "a finding names a clause that its rule states");
        Assert.That(findings.SelectMany(finding => new[] { finding.Reason.Nl, finding.Reason.En }), Is.All.Not.Empty.And.None.Contains("{"));
        return string.Join(", ", findings.Select(finding => $"{finding.Outcome} {finding.Clause}"));
    }
}
