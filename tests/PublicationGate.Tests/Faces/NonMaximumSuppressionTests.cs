using FsCheck;
using FsCheck.Fluent;
using PublicationGate.Faces;

namespace PublicationGate.Tests.Faces;

public class NonMaximumSuppressionTests
{
    private const float Union = 0.4f;
    private const float Smaller = 0.65f;

    // Whole numbers in a small area: boxes overlap, and ties are common.
    private static readonly Arbitrary<FaceBox[]> Boxes = Arb.From(
        (from x in Gen.Choose(0, 30) from y in Gen.Choose(0, 30) from width in Gen.Choose(1, 20) from height in Gen.Choose(1, 20) from score in Gen.Choose(3, 10)
         select new FaceBox(x, y, width, height, score / 10f)).ArrayOf());

    [Test]
    public void Keeps_the_same_boxes_as_the_plain_definition() =>
        Prop.ForAll(Boxes, boxes => Suppress(boxes).SequenceEqual(Naive(boxes))).QuickCheckThrowOnFailure();

    [Test]
    public void Kept_boxes_never_share_more_than_allowed() =>
        Prop.ForAll(Boxes, boxes =>
        {
            var kept = Suppress(boxes);
            return kept.SelectMany((a, i) => kept.Skip(i + 1).Select(b => (a, b))).All(pair => !SharesTooMuch(pair.a, pair.b));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Every_dropped_box_shares_too_much_with_a_kept_one_of_at_least_its_score() =>
        Prop.ForAll(Boxes, boxes =>
        {
            var kept = Suppress(boxes);
            return boxes.Except(kept).All(dropped => kept.Exists(better => better.Score >= dropped.Score && SharesTooMuch(better, dropped)));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void The_order_in_which_boxes_come_does_not_matter() =>
        Prop.ForAll(Boxes, boxes =>
            Suppress(boxes).SequenceEqual(Suppress([.. boxes.Reverse()])) && Suppress(boxes).SequenceEqual(Suppress([.. boxes.OrderBy(box => box.Width).ThenByDescending(box => box.X)])))
            .QuickCheckThrowOnFailure();

    [Test]
    public void What_was_suppressed_once_stays_as_it_is() =>
        Prop.ForAll(Boxes, boxes => Suppress([.. Suppress(boxes)]).SequenceEqual(Suppress(boxes))).QuickCheckThrowOnFailure();

    [Test]
    public void Nothing_in_nothing_out() => Assert.That(Suppress([]), Is.Empty);

    [TestCase(10, 2, Description = "side by side")]
    [TestCase(5, 2, Description = "a third of the union")]
    [TestCase(4, 1, Description = "3/7 of the union")]
    [TestCase(0, 1)]
    public void Two_boxes_are_one_face_above_the_allowed_union(int offset, int kept) =>
        Assert.That(Suppress([new FaceBox(0, 0, 10, 10, 0.9f), new FaceBox(offset, 0, 10, 10, 0.8f)]), Has.Count.EqualTo(kept));

    [TestCase(6, 2)]
    [TestCase(7, 1)]
    public void A_small_box_mostly_inside_a_large_one_is_the_same_face(int inside, int kept) =>
        Assert.That(Suppress([new FaceBox(0, 0, 100, 100, 0.9f), new FaceBox(100 - inside, 0, 10, 10, 0.8f)]), Has.Count.EqualTo(kept));

    [Test]
    public void The_higher_score_stays() =>
        Assert.That(Suppress([new FaceBox(0, 0, 10, 10, 0.5f), new FaceBox(1, 0, 10, 10, 0.9f)]), Is.EqualTo(new[] { new FaceBox(1, 0, 10, 10, 0.9f) }));

    private static List<FaceBox> Suppress(FaceBox[] boxes) => NonMaximumSuppression.Suppress(boxes, Union, Smaller);

    // Again and again the best box that is left, and away with all that share too much with it.
    private static List<FaceBox> Naive(FaceBox[] boxes)
    {
        var left = boxes.ToList();
        var kept = new List<FaceBox>();
        while (left.Count > 0)
        {
            var best = left.MinBy(box => (-box.Score, box.Y, box.X, box.Width, box.Height));
            kept.Add(best);
            left.RemoveAll(box => box == best || SharesTooMuch(best, box));
        }

        return kept;
    }

    private static bool SharesTooMuch(FaceBox a, FaceBox b)
    {
        var shared = Math.Max(0, Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X)) * Math.Max(0, Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y));
        var (areaOfA, areaOfB) = (a.Width * a.Height, b.Width * b.Height);
        return shared > Union * (areaOfA + areaOfB - shared) || shared > Smaller * Math.Min(areaOfA, areaOfB);
    }
}
