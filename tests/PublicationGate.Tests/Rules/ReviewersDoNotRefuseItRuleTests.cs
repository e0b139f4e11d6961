using PublicationGate.Rules;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Rules;

public class ReviewersDoNotRefuseItRuleTests
{
    private static readonly ReviewersDoNotRefuseItRule Rule = new();

    [Test]
    public void Rejects_what_a_reviewer_refused_in_their_words()
    {
        var refused = Some.Photo with { Review = new ReviewFacts { Refusal = new("a1", "Twee kinderen huilen") } };
        Assert.That(Some.Judge(Rule, refused), Is.EqualTo("Rejected M3"));
        Assert.That(Rule.Judge(refused, Some.Protocol).Single().Reason.Nl, Does.Contain("Twee kinderen huilen"));
    }

    [Test]
    public void Finds_nothing_in_a_photo_that_nobody_reviewed_or_that_somebody_approved()
    {
        Assert.That(Some.Judge(Rule, Some.Photo), Is.Empty);
        Assert.That(Some.Judge(Rule, Some.Photo with { Review = new ReviewFacts { Approval = new("a1", "Zo is het goed", []) } }), Is.Empty);
    }
}
