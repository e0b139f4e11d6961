using PublicationGate.Rules;

namespace PublicationGate.Tests.Rules;

public class ClauseTests
{
    private static readonly RuleList Rules = new();

    [Test]
    public void Every_clause_of_the_protocol_is_there_once_and_in_its_order() =>
        Assert.That(string.Join(' ', Clause.All.Select(clause => clause.Id)), Is.EqualTo(
            "P1 P2 P3 P4 P5 C2 C3 V1 V2 V3 V4 V5 V6 M1 M3 M4 M5 M6 M7 M8 M9 M10 M11 M12 M13 M14 M15 M16 M17 M18 L3 L4 L5 L6 L8 A1 A2 A3 A4 A5 S1 S2 S3 S4 S5 S6 S7"));

    [TestCase(ClauseKind.Rule, "P2 P3 P4 P5 C2 V3 V4 V6 M3 M4 M5 M7 M12 M14 M18 L3 L4 L5 L6 L8 A4")]
    [TestCase(ClauseKind.Flow, "V1 V2 V3 V4 V5 M1 M13 S1 S2 S3 S4 S5 S6 S7")]
    [TestCase(ClauseKind.Notice, "P1 C3 M6 M8 M9 M10 M11 M15 M16 M17 A1 A2 A3 A5")]
    public void Is_carried_out_as_the_protocol_asks(ClauseKind kind, string ids) =>
        Assert.That(string.Join(' ', Clause.All.Where(clause => clause.Kinds.Contains(kind)).Select(clause => clause.Id)), Is.EqualTo(ids));

    [Test]
    public void Each_has_its_sentences_in_both_languages() =>
        Assert.That(Clause.All.SelectMany(clause => new[] { clause.Asks.Nl, clause.Asks.En, clause.Gate.Nl, clause.Gate.En }), Is.All.Match(@"^[A-Z].+\.$"));

    [Test]
    public void Every_clause_that_a_rule_must_carry_out_has_one()
    {
        var carriedOut = Rules.Rules.SelectMany(rule => rule.Clauses).ToHashSet();
        var without = Clause.All.Where(clause => clause.Kinds.Contains(ClauseKind.Rule) && !carriedOut.Contains(clause.Id)).Select(clause => clause.Id);
        Assert.That(without, Is.Empty);
    }

    [Test]
    public void Every_rule_carries_out_clauses_that_there_are() =>
        Assert.Multiple(() =>
        {
            foreach (var rule in Rules.Rules)
            {
                Assert.That(rule.Clauses, Is.Not.Empty.And.Unique.And.SubsetOf(Clause.All.Select(clause => clause.Id)), rule.Code);
                Assert.That(Texts.Entries, Does.ContainKey("rule.asks." + rule.Code).And.ContainKey("rule.otherwise." + rule.Code));
            }
        });

    [Test]
    public void An_id_that_is_none_is_told() => Assert.That(() => Clause.Of("P9"), Throws.InstanceOf<KeyNotFoundException>().With.Message.Contains("P9"));
}
