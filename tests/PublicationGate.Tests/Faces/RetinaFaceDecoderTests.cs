using PublicationGate.Faces;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

public class RetinaFaceDecoderTests
{
    private const int Width = 96;
    private const int Height = 64;

    [Test]
    public void Its_outputs_are_scores_and_offsets_of_three_strides() =>
        Assert.That(RealModel.Manifest.Outputs, Is.EqualTo(new[]
        {
            "face_rpn_cls_prob_reshape_stride32", "face_rpn_bbox_pred_stride32", "face_rpn_cls_prob_reshape_stride16", "face_rpn_bbox_pred_stride16",
            "face_rpn_cls_prob_reshape_stride8", "face_rpn_bbox_pred_stride8",
        }));

    [Test]
    public void Says_how_many_values_each_output_holds() =>
        Assert.That(new RetinaFaceDecoder().OutputLengths(Width, Height), Is.EqualTo(Empty().Select(tensor => tensor.Length)));

    [Test]
    public void Nothing_is_seen_in_empty_outputs() => Assert.That(Decode(Empty()), Is.Empty);

    [TestCase(0, 32, 0, 512)]
    [TestCase(0, 32, 1, 256)]
    [TestCase(1, 16, 0, 128)]
    [TestCase(1, 16, 1, 64)]
    [TestCase(2, 8, 0, 32)]
    [TestCase(2, 8, 1, 16)]
    public void Without_offsets_a_box_is_its_anchor(int level, int stride, int anchor, int side)
    {
        var tensors = Empty();
        SetScore(tensors, level, stride, anchor, column: 1, row: 1, score: 0.75f);

        var centre = 7.5f + stride;
        Assert.That(Decode(tensors), Is.EqualTo(new[] { new FaceBox(centre - (side / 2), centre - (side / 2), side, side, 0.75f) }));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Offsets_move_by_the_anchors_side_and_grow_by_a_power_of_e(int anchor)
    {
        var (dx, dy, dw, dh) = (0.25f, -0.5f, 0.5f, -1f);
        float side = anchor == 0 ? 128 : 64;
        var tensors = Empty();
        SetScore(tensors, 1, 16, anchor, column: 5, row: 2, score: 0.9f);
        foreach (var (index, value) in new[] { dx, dy, dw, dh }.Index())
        {
            tensors[3][(((anchor * 4) + index) * 24) + (2 * 6) + 5] = value;
        }

        var box = Decode(tensors).Single();

        Assert.Multiple(() =>
        {
            Assert.That(box.X + (box.Width / 2), Is.EqualTo(7.5f + (16 * 5) + (dx * side)).Within(1e-3));
            Assert.That(box.Y + (box.Height / 2), Is.EqualTo(7.5f + (16 * 2) + (dy * side)).Within(1e-3));
            Assert.That(box.Width, Is.EqualTo(side * Math.Exp(dw)).Within(1e-3));
            Assert.That(box.Height, Is.EqualTo(side * Math.Exp(dh)).Within(1e-3));
            Assert.That(box.Score, Is.EqualTo(0.9f));
        });
    }

    [TestCase(0.29f, 0)]
    [TestCase(0.3f, 1)]
    [TestCase(1f, 1)]
    public void Boxes_below_the_lowest_score_are_left_out(float score, int boxes)
    {
        var tensors = Empty();
        SetScore(tensors, 2, 8, 1, column: 11, row: 7, score);
        Assert.That(Decode(tensors), Has.Count.EqualTo(boxes));
    }

    [Test]
    public void The_probability_of_no_face_is_not_a_face()
    {
        var tensors = Empty();
        foreach (var level in new[] { 0, 2, 4 })
        {
            tensors[level].AsSpan(0, tensors[level].Length / 2).Fill(1);
        }

        Assert.That(Decode(tensors), Is.Empty);
    }

    private static List<FaceBox> Decode(float[][] tensors) => new RetinaFaceDecoder().Decode(index => tensors[index], Width, Height, 0.3f);

    private static float[][] Empty() =>
        [.. new[] { 32, 16, 8 }.SelectMany(stride => new[] { 4, 8 }.Select(channels => new float[channels * (Width / stride) * (Height / stride)]))];

    private static void SetScore(float[][] tensors, int level, int stride, int anchor, int column, int row, float score)
    {
        var (columns, cells) = (Width / stride, Width / stride * (Height / stride));
        tensors[level * 2][((2 + anchor) * cells) + (row * columns) + column] = score;
    }
}
