using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Faces;

namespace PublicationGate.Tests.Faces;

public class FoundFacesTests
{
    // Whole numbers in a small area: boxes of both models meet often, one of them sometimes two of the other's.
    private static readonly Gen<FaceBox[]> Boxes =
        (from x in Gen.Choose(0, 60) from y in Gen.Choose(0, 60) from width in Gen.Choose(5, 20) from height in Gen.Choose(5, 20) from score in Gen.Choose(30, 99)
         select new FaceBox(x, y, width, height, score / 100f)).ArrayOf();

    // As one look leaves them: suppressed, then split by score.
    private static readonly Gen<FoundFaces> Found = Boxes.Select(boxes =>
    {
        var bySure = NonMaximumSuppression.Suppress(boxes, 0.4f, 0.65f).ToLookup(box => box.Score >= 0.6f);
        return new FoundFaces([.. bySure[true]], [.. bySure[false]]);
    });

    private static readonly Arbitrary<(FoundFaces One, FoundFaces Other)> Pairs = Arb.From(from one in Found from other in Found select (one, other));

    [Test]
    public void Nothing_that_only_one_of_them_sees_is_sure() =>
        Prop.ForAll(Pairs, pair => pair.One.Agree(pair.Other).Sure.All(face => All(pair.One).Any(face.Shares) && All(pair.Other).Any(face.Shares))).QuickCheckThrowOnFailure();

    [Test]
    public void No_more_is_sure_than_either_of_them_sees() =>
        Prop.ForAll(Pairs, pair => pair.One.Agree(pair.Other).Sure.Count <= Math.Min(All(pair.One).Count(), All(pair.Other).Count())).QuickCheckThrowOnFailure();

    [Test]
    public void Where_their_sure_counts_differ_something_is_doubtful_or_both_see_it() =>
        Prop.ForAll(Pairs, pair =>
        {
            var agreed = pair.One.Agree(pair.Other);
            return agreed.Doubtful.Count > 0 || All(pair.One).Count() == All(pair.Other).Count();
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Whatever_one_of_them_sees_is_in_the_result() =>
        Prop.ForAll(Pairs, pair =>
        {
            var agreed = pair.One.Agree(pair.Other);
            return All(pair.One).Concat(All(pair.Other)).All(face => All(agreed).Any(face.Shares));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Who_is_asked_first_does_not_change_the_counts() =>
        Prop.ForAll(Pairs, pair =>
        {
            var (there, back) = (pair.One.Agree(pair.Other), pair.Other.Agree(pair.One));
            return (there.Sure.Count, there.Doubtful.Count) == (back.Sure.Count, back.Doubtful.Count);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Two_of_one_opinion_change_nothing() =>
        Prop.ForAll(Arb.From(Found), found =>
        {
            var agreed = found.Agree(found);
            return agreed.Sure.ToHashSet().SetEquals(found.Sure) && agreed.Doubtful.ToHashSet().SetEquals(found.Doubtful);
        }).QuickCheckThrowOnFailure();

    [TestCase(0.9f, 0.9f, "1 0", Description = "both are sure")]
    [TestCase(0.9f, 0.4f, "1 0", Description = "one is sure and the other sees it too")]
    [TestCase(0.4f, 0.9f, "1 0")]
    [TestCase(0.4f, 0.4f, "0 1")]
    [TestCase(0.9f, 0f, "0 1", Description = "only one sees it")]
    [TestCase(0f, 0.9f, "0 1")]
    [TestCase(0.4f, 0f, "0 1")]
    [TestCase(0f, 0.4f, "0 1")]
    [TestCase(0f, 0f, "0 0")]
    public void A_face_is_sure_when_both_see_it_and_one_is_sure(float one, float other, string sureAndDoubtful)
    {
        var agreed = Seeing(one).Agree(Seeing(other));
        Assert.That($"{agreed.Sure.Count} {agreed.Doubtful.Count}", Is.EqualTo(sureAndDoubtful));
    }

    /// <summary>Two heads close together that the other model takes for one: the second one is a doubt, not certain.</summary>
    [Test]
    public void One_box_of_the_other_confirms_one_face_only()
    {
        var two = new FoundFaces([new(0, 0, 20, 20, 0.9f), new(14, 0, 20, 20, 0.8f)], []);
        var one = new FoundFaces([new(7, 0, 20, 20, 0.9f)], []);
        Assert.That((two.Agree(one).Sure.Count, two.Agree(one).Doubtful.Count), Is.EqualTo((1, 1)));
        Assert.That((one.Agree(two).Sure.Count, one.Agree(two).Doubtful.Count), Is.EqualTo((1, 1)));
    }

    private static IEnumerable<FaceBox> All(FoundFaces found) => found.Sure.Concat(found.Doubtful);

    private static FoundFaces Seeing(float score)
    {
        FaceBox[] face = [new(10, 10, 20, 20, score)];
        return new FoundFaces(score >= 0.6f ? face : [], score is > 0 and < 0.6f ? face : []);
    }
}
