using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class RuleListTests
{
    [Test]
    public void Judges_in_reading_order() =>
        Assert.That(new RuleList().Codes, Is.EqualTo(new[]
        {
            "nothing-is-unknown", "channel-is-open", "channel-takes-this-media", "account-is-the-schools", "origin-is-the-schools", "reviewers-do-not-refuse-it", "taken-back-pictures-stay-away", "recordings-keep-their-purpose",
            "others-work-has-permission", "consent-is-on-file", "parents-agreed-in-the-round", "only-first-names", "names-have-consent", "no-personal-details",
            "respectful-words", "quotes-have-permission", "nothing-confidential", "logo-is-as-designed", "metadata-names-nobody", "metadata-places-nobody", "nothing-is-hidden-in-the-file",
            "group-photos-on-public-channels", "no-individual-shot-without-permission", "every-face-is-accounted-for",
        }));

    [Test]
    public void Holds_every_rule_of_the_gate()
    {
        var rules = typeof(IRule).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IRule)) && type.IsClass).ToList();
        Assert.That(new RuleList().Codes, Has.Count.EqualTo(rules.Count));
        Assert.That(new RuleList().Codes.Order(), Is.EqualTo(rules.Select(rule => KebabCase(rule.Name[..^"Rule".Length])).Order()), "a rule's code is its name");
    }

    [Test]
    public void Approves_a_photo_against_which_nothing_stands() => Assert.That(RuleList.Worst(new RuleList().Judge(Some.Photo, Some.Protocol)), Is.EqualTo(Outcome.Approved));

    [Test]
    public void Refuses_two_rules_of_one_code() =>
        Assert.That(() => new RuleList([new Finds("a"), new Finds("b"), new Finds("a")]), Throws.InvalidOperationException.With.Message.Contains("a"));

    [Test]
    public void A_rule_that_fails_holds_and_the_others_still_run()
    {
        var findings = new RuleList([new Fails(), new Finds("b", Outcome.Rejected)]).Judge(Some.Photo, Some.Protocol);
        Assert.That(findings.Select(finding => (finding.Rule, finding.Outcome)), Is.EqualTo(new[] { ("fails", Outcome.Held), ("b", Outcome.Rejected) }));
        Assert.That(findings[0].Clause, Is.EqualTo("P4"), "the clause that the rule names first");
    }

    [Test]
    public void Runs_only_the_rules_that_an_older_verdict_names()
    {
        var only = new RuleList([new Finds("a"), new Finds("b"), new Finds("c")]).Only(["c", "gone", "a"]);
        Assert.That(only.Codes, Is.EqualTo(new[] { "c", "a" }));
    }

    [TestCase(Outcome.Approved)]
    [TestCase(Outcome.Held, Outcome.Held)]
    [TestCase(Outcome.Rejected, Outcome.Held, Outcome.Rejected, Outcome.Held)]
    public void The_worst_finding_decides(Outcome worst, params Outcome[] found) =>
        Assert.That(RuleList.Worst(found.Select(outcome => new Finding("r", "P2", outcome, new("a", "b")))), Is.EqualTo(worst));

    [Test]
    public void Keeps_every_finding_in_the_order_of_the_rules() =>
        Assert.That(new RuleList([new Finds("b"), new Finds("a", Outcome.Held, Outcome.Held)]).Judge(Some.Photo, Some.Protocol).Select(finding => finding.Rule), Is.EqualTo(new[] { "a", "a" }));

    private static string KebabCase(string name) => string.Concat(name.Select((letter, i) => (i > 0 && char.IsUpper(letter) ? "-" : "") + char.ToLowerInvariant(letter)));

    private sealed class Finds(string code, params Outcome[] outcomes) : IRule
    {
        public string Code => code;

        public IReadOnlyList<string> Clauses => ["P2"];

        public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol) => outcomes.Select(outcome => new Finding(code, "P2", outcome, new("a", "b")));
    }

    private sealed class Fails : IRule
    {
        public string Code => "fails";

        public IReadOnlyList<string> Clauses => ["P4", "P2"];

        public IEnumerable<Finding> Judge(PhotoFacts photo, Protocol protocol)
        {
            yield return new Finding(Code, "P2", Outcome.Held, new("never", "seen"));
            throw new InvalidOperationException("broken");
        }
    }
}
