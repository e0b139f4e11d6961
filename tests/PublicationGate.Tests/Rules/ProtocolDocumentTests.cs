using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class ProtocolDocumentTests
{
    private static readonly RuleList Rules = new();

    private static readonly string Page = ProtocolDocument.Write(Rules, ProtocolReader.BuiltIn());

    [Test]
    public void The_page_in_docs_is_what_the_code_says() =>
        Assert.That(File.ReadAllText(Path.Combine(TestFiles.Root, "docs/protocol.md")), Is.EqualTo(Page),
            "docs/protocol.md is behind: dotnet run --project src/PublicationGate.App -- protocol document docs/protocol.md");

    [Test]
    public void Names_every_clause_and_every_rule() =>
        Assert.Multiple(() =>
        {
            Assert.That(Clause.All.Where(clause => !Page.Contains($"\n| {clause.Id} |", StringComparison.Ordinal)).Select(clause => clause.Id), Is.Empty);
            Assert.That(Rules.Codes.Where(code => !Page.Contains($"\n| `{code}` |", StringComparison.Ordinal)), Is.Empty);
            Assert.That(Page, Does.Not.Contain("{{"));
        });

    [Test]
    public void The_tests_that_it_names_are_there()
    {
        var missing = Rules.Rules.Select(rule => Path.Combine(TestFiles.Root, $"tests/PublicationGate.Tests/Rules/{ProtocolDocument.TestOf(rule)}.cs")).Where(file => !File.Exists(file));
        Assert.That(missing, Is.Empty);
        var tests = Directory.GetFiles(Path.Combine(TestFiles.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        Assert.That(Clause.All.Select(clause => clause.Test).OfType<string>().Where(test => !tests.Contains(test)), Is.Empty);
    }

    [Test]
    public void Says_not_yet_of_what_neither_a_rule_nor_a_page_carries_out()
    {
        var notYet = Page.Split('\n').Where(line => line.EndsWith("| - | not yet |", StringComparison.Ordinal)).Select(line => line.Split('|')[1].Trim());
        Assert.That(notYet, Is.EquivalentTo(Clause.All.Where(clause => clause.Test is null && clause.Kinds is not [ClauseKind.Notice]).Select(clause => clause.Id).Except(Rules.Rules.SelectMany(rule => rule.Clauses))));
    }

    [Test]
    public void Describes_every_key_of_the_protocol_file()
    {
        string[] top = [.. ProtocolReader.Required, .. ProtocolReader.Optional];
        string[] ofChannels = [.. ChannelTermsReader.Required, .. ChannelTermsReader.Optional];
        var rows = top.Except(["dominant-face", "channels", "clauses", "retention"]).Concat(RetentionTerms.Keys.Select(key => "retention: " + key)).Concat(ProtocolReader.OfDominantFace.Select(key => "dominant-face: " + key)).Concat(ofChannels.Select(key => "channels: ID: " + key));
        Assert.That(rows.Where(row => !Page.Contains($"\n| `{row}` |", StringComparison.Ordinal)), Is.Empty);
        Assert.That(ChannelTermsReader.OfAgreement.Concat(ProtocolReader.OfCamera).Where(key => !Page.Contains($"`{key}`", StringComparison.Ordinal)), Is.Empty);
    }
}
