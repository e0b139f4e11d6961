using System.Text;

namespace PublicationGate.Rules;

/// <summary>Writes <c>docs/protocol.md</c> from the clause catalogue, the rules and the built-in protocol: the page cannot say what the code does not.</summary>
public static class ProtocolDocument
{
    /// <summary>The whole page, as Markdown in English.</summary>
    public static string Write(RuleList rules, Protocol builtIn)
    {
        using var reader = new StreamReader(typeof(ProtocolDocument).Assembly.GetManifestResourceStream("ProtocolDocument.md")!);
        return reader.ReadToEnd()
            .Replace("{{clauses}}", Clauses(rules), StringComparison.Ordinal)
            .Replace("{{rules}}", Rules(rules), StringComparison.Ordinal)
            .Replace("{{channels}}", Channels(builtIn), StringComparison.Ordinal)
            .Replace("{{channel-ids}}", string.Join(' ', Intake.Channels.All), StringComparison.Ordinal)
            .Replace("{{social-media}}", string.Join(", ", ChannelTermsReader.SocialMedia.Select(channel => $"`{channel}`")), StringComparison.Ordinal);
    }

    /// <summary>Name of the test class that proves a rule.</summary>
    public static string TestOf(IRule rule) => rule.GetType().Name + "Tests";

    // What is planned is told as planned: a rule that runs carries a clause out, or what a test shows.
    private static string Clauses(RuleList rules) => Table(
        ["id", "kind", "what it asks", "what the gate does", "rule", "test"],
        Clause.All.Select(clause =>
        {
            var by = rules.Rules.Where(rule => rule.Clauses.Contains(clause.Id)).ToList();
            return new[]
            {
                clause.Id,
                string.Join(" + ", clause.Kinds.Select(kind => Texts.Get("clause-kind." + kind).En)),
                clause.Asks.En,
                By(clause, by) + clause.Gate.En,
                by.Count == 0 ? "-" : string.Join(", ", by.Select(rule => $"`{rule.Code}`")),
                Tests(clause, by) is { Count: > 0 } tests ? string.Join(", ", tests.Select(test => $"`{test}`")) : "not yet",
            };
        }));

    private static List<string> Tests(Clause clause, List<IRule> by) => [.. by.Select(TestOf), .. clause.Test is null ? [] : new[] { clause.Test }];

    private static string By(Clause clause, List<IRule> by) => clause.Test is not null ? "" : by.Count == 0 ? "*Not yet:* " : clause.Kinds.Any(kind => kind != ClauseKind.Rule) ? "*Its rule runs; not yet:* " : "";

    private static string Rules(RuleList rules) => Table(
        ["rule", "clauses", "what it asks", "otherwise"],
        rules.Rules.Select(rule => new[] { $"`{rule.Code}`", string.Join(", ", rule.Clauses), Texts.Get("rule.asks." + rule.Code).En, Texts.Get("rule.otherwise." + rule.Code).En }));

    private static string Channels(Protocol protocol) => Table(
        ["id", "channel", "audience", "open", "minimum group", "portrait", "names", "consent"],
        Intake.Channels.All.Select(channel =>
        {
            var terms = ProtocolSettings.Of(protocol.TermsOf(channel)).ToDictionary();
            var minimum = protocol.MinimumGroupOn(channel);
            return new[] { $"`{channel}`", Texts.ChannelName(channel).En, terms["audience"], terms["open"], minimum == 0 ? "-" : $"{minimum}", terms["portrait"], terms["names"], terms["consent"] };
        }));

    private static string Table(string[] header, IEnumerable<string[]> rows)
    {
        var table = new StringBuilder();
        foreach (var row in new[] { header, [.. header.Select(_ => "---")] }.Concat(rows))
        {
            table.Append("| ").AppendJoin(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        }

        return table.ToString().TrimEnd('\n').Replace("| --- ", "|---", StringComparison.Ordinal).Replace("|--- |", "|---|", StringComparison.Ordinal);
    }
}
