using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests;

/// <summary>What keeps the code readable as it grows.</summary>
public partial class ArchitectureTests
{
    private static readonly string[] Stages = ["Intake", "Imaging", "Faces", "Consent", "Rounds", "Recordings", "TakenBack", "Wording", "Rules", "Screening", "Submissions", "Publishing", "Review", "Removal", "Duties", "Watching"];

    // Beside the stages: the tables, of which the registers and the verdicts are kept.
    private static readonly string[] MayUseData = ["Consent", "Rounds", "Recordings", "TakenBack", "Wording", "Screening", "Submissions", "Publishing", "Review", "Removal", "Duties", "Watching", "Data", "Audit", "Links", "Mailing", "Confirmations"];

    private static readonly string[] ForbiddenWords = ["Core", "Common", "Shared", "Utils", "Util", "Helper", "Helpers", "Manager", "Base"];

    // Keys that are put together while running: the part that is written in code.
    private static readonly string[] PutTogether =
    [
        "channel.name.", "consent-cause.", "field.", "outcome.", "origin.", "intake.", "unknown.image.", "consent-state.", "measure.", "recording.by.", "recording.column.",
        "rule.asks.", "rule.otherwise.", "clause-kind.", "protocol-source.", "terms.names.", "media-kind.", "way-out.permission.", "detail.", "words.", "store.", "waiting.", "watch.part.", "result.", "audit.kind.", "audit.detail.", "erasure.what.", "retention.class.", "answer.", "register.field.", "register.legend.", "register.upload.", "protocol.page.", "review.not.", "review.step.", "role.", "scope.", "problem.", "error.", "mark.", "published.state.", "submit.origin.", "submit.situation.", "submit.names.", "submissions.state.", "submission.is.", "taken-back.for.", "take-down.why.", "removal.column.", "outbox.column.", "outbox.kind.", "outbox.state.", "output.paste.", "certificate.state.", "mail.", "mailing.failure.", "mailing.column.", "mailing.state.", "dashboard.duty.mail.", "dashboard.duty.first.", "dashboard.duty.request.call.", "published.text.", "my-child.is.", "my-child.topic.", "guardians.language.", "date.weekday.", "date.month.", "round.not.", "round.state.", "round.state-of.", "round.kind.", "round.scope.", "round.column.", "request.state.", "request.is.", "request.says.", "request.because.", "posted.state.", "posted.answer.", "guidance.part.", "recordings.purpose.", "recording.problem.", "recording.how.", "recording.place.", "incident.kind.", "incident.severity.",
    ];

    private static readonly Lazy<string> Code = new(() => string.Join('\n', Sources().Concat(Pages()).Select(File.ReadAllText)));

    [TestCaseSource(nameof(Stages))]
    public void A_stage_names_only_earlier_stages_in_its_types(string stage)
    {
        var used = typeof(Texts).Assembly.GetTypes().Where(type => StageOf(type) == stage)
            .SelectMany(type => Mentioned(type).Select(other => (Type: type, Other: other, Stage: StageOf(other))))
            .Where(pair => !MayUse(stage, pair.Stage));
        Assert.That(used.Select(pair => $"{pair.Type.Name} uses {pair.Other.FullName}"), Is.Empty);
    }

    [TestCaseSource(nameof(Stages))]
    public void A_stage_imports_only_earlier_stages(string stage)
    {
        var imported = Sources(Path.Combine("PublicationGate", stage)).SelectMany(file => Reference().Matches(File.ReadAllText(file)).Select(match => (file, Stage: match.Groups[1].Value)));
        Assert.That(imported.Where(pair => !MayUse(stage, pair.Stage)).Select(pair => $"{Path.GetFileName(pair.file)} uses {pair.Stage}"), Is.Empty);
        Assert.That(Sources(Path.Combine("PublicationGate", stage)), Is.Not.Empty);
    }

    [Test]
    public void No_name_says_nothing()
    {
        var names = typeof(Texts).Assembly.GetTypes().Select(type => type.Name.Split('`')[0])
            .Concat(Sources().SelectMany(file => Path.GetRelativePath(SourceFolder, file).Split(Path.DirectorySeparatorChar)).Select(Path.GetFileNameWithoutExtension));
        Assert.That(names.Where(name => ForbiddenWords.Any(word => name!.EndsWith(word, StringComparison.Ordinal))).Distinct(), Is.Empty);
    }

    [Test]
    public void Every_sentence_stands_in_both_languages_with_the_same_placeholders() =>
        Assert.Multiple(() =>
        {
            foreach (var (key, text) in Texts.Entries)
            {
                Assert.That(text.Nl, Is.Not.Null.And.Not.Empty, key);
                Assert.That(text.En, Is.Not.Null.And.Not.Empty, key);
                Assert.That(Placeholders(text.Nl), Is.EquivalentTo(Placeholders(text.En)), key);
            }
        });

    [Test]
    public void Every_key_in_code_is_a_sentence()
    {
        var keys = Key().Matches(Code.Value).Select(match => match.Groups[1].Value).Where(key => Texts.Entries.Keys.Any(known => known.Split('.')[0] == key.Split('.')[0]));
        Assert.That(TextsGet().Matches(Code.Value).Select(match => match.Groups[1].Value).Where(key => !key.EndsWith('.') && !Texts.Entries.ContainsKey(key)), Is.Empty);
        Assert.That(keys.Count(), Is.GreaterThan(50), "the pattern must find the keys for the next test to say anything");
    }

    [Test]
    public void Every_sentence_is_said_somewhere()
    {
        var literals = Key().Matches(Code.Value).Select(match => match.Groups[1].Value).ToHashSet();
        var unsaid = Texts.Entries.Keys.Where(key => !literals.Contains(key) && !PutTogether.Any(start => key.StartsWith(start, StringComparison.Ordinal)));
        Assert.That(unsaid, Is.Empty);
    }

    [TestCase(typeof(PublicationGate.Imaging.ImageProblem), "unknown.image.")]
    [TestCase(typeof(PublicationGate.Intake.IntakeProblem), "intake.")]
    [TestCase(typeof(PublicationGate.Consent.MediaKind), "answer.kind.", true)]
    [TestCase(typeof(PublicationGate.Consent.ConsentScope), "answer.scope.", true)]
    [TestCase(typeof(PublicationGate.Consent.AnswerBy), "answer.by.", true)]
    [TestCase(typeof(PublicationGate.Consent.PermissionSubject), "answer.subject.", true)]
    [TestCase(typeof(PublicationGate.Consent.RegisterFileFault), "register.upload.", true)]
    [TestCase(typeof(PublicationGate.Recordings.MatchedBy), "recording.by.", true)]
    [TestCase(typeof(PublicationGate.TakenBack.TakenBackFor), "taken-back.for.", true)]
    [TestCase(typeof(PublicationGate.Removal.TakeDownWhy), "take-down.why.", true)]
    [TestCase(typeof(PublicationGate.Removal.Requests.RequestState), "request.state.", true)]
    [TestCase(typeof(PublicationGate.Removal.Requests.RequestState), "request.says.", true)]
    [TestCase(typeof(PublicationGate.Removal.Requests.RequestState), "request.is.", true)]
    [TestCase(typeof(PublicationGate.Removal.Requests.RequestWhy), "request.because.", true)]
    [TestCase(typeof(PublicationGate.Removal.Addresses.AddressState), "posted.state.", true)]
    [TestCase(typeof(PublicationGate.Intake.ContentStoreProblem), "store.", true)]
    [TestCase(typeof(PublicationGate.Intake.WaitReason), "waiting.", true)]
    [TestCase(typeof(PublicationGate.Rules.Outcome), "outcome.", true)]
    [TestCase(typeof(PublicationGate.Rounds.RoundState), "round.state.", true)]
    [TestCase(typeof(PublicationGate.Rounds.RoundKind), "round.kind.", true)]
    [TestCase(typeof(PublicationGate.Consent.ConsentScope), "round.scope.", true)]
    [TestCase(typeof(PublicationGate.Consent.ConsentState), "round.state-of.", true)]
    [TestCase(typeof(PublicationGate.Rules.ClauseKind), "clause-kind.", true)]
    [TestCase(typeof(PublicationGate.Rules.NamesAllowed), "terms.names.", true)]
    [TestCase(typeof(PublicationGate.Screening.ProtocolSource), "protocol-source.", true)]
    [TestCase(typeof(PublicationGate.Publishing.Certificates.CertificateState), "certificate.state.", true)]
    [TestCase(typeof(PublicationGate.Consent.AnswerTopic), "my-child.topic.", true)]
    [TestCase(typeof(PublicationGate.Consent.SilenceCause), "my-child.is.", true)]
    [TestCase(typeof(PublicationGate.Duties.Destruction.DestructionProblem), "recording.problem.", true)]
    [TestCase(typeof(PublicationGate.Duties.Destruction.DestructionHow), "recording.how.", true)]
    [TestCase(typeof(PublicationGate.Duties.Incidents.IncidentEntryKind), "incident.kind.", true)]
    [TestCase(typeof(PublicationGate.Duties.Incidents.IncidentSeverity), "incident.severity.", true)]
    public void Every_value_that_people_hear_of_has_a_sentence(Type values, string start, bool alsoTheFirst = false) =>
        Assert.That(Enum.GetNames(values).Skip(alsoTheFirst ? 0 : 1).Where(name => !Texts.Entries.ContainsKey(start + name)), Is.Empty);

    [Test]
    public void Every_channel_has_a_name() =>
        Assert.That(PublicationGate.Intake.Channels.All.Where(channel => !Texts.Entries.ContainsKey("channel.name." + channel)), Is.Empty);

    [Test]
    public void No_source_file_is_longer_than_three_hundred_lines()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", TestFiles.Root, "ls-files", "-z", "*.cs", "*.mjs", "*.js", "*.css", "*.cshtml", "*.razor"]) { RedirectStandardOutput = true })!;
        var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            Assert.Ignore("left out: this copy of the source is no git repository");
        }

        Assert.That(files.Select(file => Path.Combine(TestFiles.Root, file)).Where(File.Exists).Where(file => File.ReadLines(file).Count() > 300), Is.Empty);
    }

    private static string SourceFolder => TestFiles.InRepository("src");

    private static string[] Sources(string below = "") =>
        [.. Directory.GetFiles(Path.Combine(SourceFolder, below), "*.cs", SearchOption.AllDirectories).Where(file => !BuildOutput().IsMatch(Path.GetRelativePath(SourceFolder, file)))];

    private static string[] Pages() =>
        [.. Directory.GetFiles(Path.Combine(SourceFolder, "PublicationGate.App", "Pages"), "*.cshtml", SearchOption.AllDirectories)];

    private static bool MayUse(string stage, string? other) =>
        other is null || Array.IndexOf(Stages, other) is var index && (index >= 0 ? index <= Array.IndexOf(Stages, stage) : other != "Data" || MayUseData.Contains(stage));

    private static string? StageOf(Type type) => type.Namespace?.StartsWith("PublicationGate.", StringComparison.Ordinal) == true ? type.Namespace.Split('.')[1] : null;

    private static IEnumerable<Type> Mentioned(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).ToList();
        var direct = type.GetInterfaces().Append(type.BaseType ?? type)
            .Concat(type.GetFields(All).Select(field => field.FieldType))
            .Concat(methods.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(methods.OfType<MethodInfo>().Select(method => method.ReturnType))
            .Concat(methods.SelectMany(method => method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []));
        return direct.SelectMany(Parts).Distinct();
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];

    private static string[] Placeholders(string sentence) => [.. Placeholder().Matches(sentence).Select(match => match.Value).Distinct()];

    [GeneratedRegex(@"\bPublicationGate\.(Intake|Imaging|Faces|Consent|Rounds|Recordings|TakenBack|Wording|Rules|Screening|Publishing|Watching|Removal|Duties|Audit|Data|App)\b")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(^|[\\/])(bin|obj)[\\/]")]
    private static partial Regex BuildOutput();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""Texts\.Get\("([a-z][\w.-]*)"[,)]""")]
    private static partial Regex TextsGet();

    [GeneratedRegex("\"([a-z][a-zA-Z0-9-]*(?:\\.[a-zA-Z0-9-]+)+)\"")]
    private static partial Regex Key();
}
