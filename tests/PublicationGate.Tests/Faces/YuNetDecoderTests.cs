using PublicationGate.Faces;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

public class YuNetDecoderTests
{
    private const int Width = 96;
    private const int Height = 64;
    private static readonly int[] Strides = [8, 16, 32];

    [Test]
    public void Its_outputs_are_class_objectness_and_box_of_three_strides() =>
        Assert.That(RealModel.Store.Named(RealModel.YuNet).Outputs, Is.EqualTo(Strides.SelectMany(stride => new[] { $"cls_{stride}", $"obj_{stride}", $"bbox_{stride}" })));

    [Test]
    public void Says_how_many_values_each_output_holds() =>
        Assert.That(new YuNetDecoder().OutputLengths(Width, Height), Is.EqualTo(new[] { 96, 96, 384, 24, 24, 96, 6, 6, 24 }));

    [Test]
    public void Nothing_is_seen_in_empty_outputs() => Assert.That(Decode(Empty()), Is.Empty);

    [TestCase(0, 8)]
    [TestCase(1, 16)]
    [TestCase(2, 32)]
    public void Without_offsets_a_box_is_one_cell_around_its_corner(int level, int stride)
    {
        var tensors = Empty();
        See(tensors, level, column: 2, row: 1, 1, 0.81f);
        Assert.That(Decode(tensors), Is.EqualTo(new[] { new FaceBox(1.5f * stride, 0.5f * stride, stride, stride, 0.9f) }));
    }

    [TestCase(0, 8)]
    [TestCase(1, 16)]
    [TestCase(2, 32)]
    public void Offsets_move_by_the_stride_and_grow_by_a_power_of_e(int level, int stride)
    {
        var tensors = Empty();
        var cell = See(tensors, level, column: 1, row: 1, 1, 1);
        float[] offsets = [0.25f, -0.5f, 0.5f, 1];
        offsets.CopyTo(tensors[(level * 3) + 2], cell * 4);

        var box = Decode(tensors).Single();

        Assert.Multiple(() =>
        {
            Assert.That(box.X + (box.Width / 2), Is.EqualTo(1.25 * stride).Within(1e-3));
            Assert.That(box.Y + (box.Height / 2), Is.EqualTo(0.5 * stride).Within(1e-3));
            Assert.That(box.Width, Is.EqualTo(stride * Math.Exp(0.5)).Within(1e-3));
            Assert.That(box.Height, Is.EqualTo(stride * Math.E).Within(1e-3));
        });
    }

    [TestCase(0.25f, 1f, 0.5f)]
    [TestCase(1f, 0.25f, 0.5f)]
    [TestCase(0.64f, 0.64f, 0.64f)]
    [TestCase(1.5f, 1.5f, 1f, Description = "beyond what a probability can be")]
    public void A_score_is_the_root_of_class_times_objectness(float classScore, float objectness, float score)
    {
        var tensors = Empty();
        See(tensors, 0, 0, 0, classScore, objectness);
        Assert.That(Decode(tensors).Single().Score, Is.EqualTo(score).Within(1e-6));
    }

    [TestCase(-0.5f, -0.5f, Description = "two wrongs make no right")]
    [TestCase(1f, 0f)]
    [TestCase(0.1599f, 1f)]
    [TestCase(float.NaN, 1f)]
    public void Boxes_below_the_lowest_score_are_left_out(float classScore, float objectness)
    {
        var tensors = Empty();
        See(tensors, 0, 0, 0, classScore, objectness);
        Assert.That(Decode(tensors), Is.Empty);
    }

    [Test]
    public void The_lowest_score_itself_is_kept()
    {
        var tensors = Empty();
        See(tensors, 0, 0, 0, 0.16f, 1);
        Assert.That(Decode(tensors), Has.Count.EqualTo(1));
    }

    private static List<FaceBox> Decode(float[][] tensors) => new YuNetDecoder().Decode(index => tensors[index], Width, Height, 0.4f);

    private static float[][] Empty() => [.. new YuNetDecoder().OutputLengths(Width, Height).Select(length => new float[length])];

    private static int See(float[][] tensors, int level, int column, int row, float classScore, float objectness)
    {
        var cell = (row * (Width / Strides[level])) + column;
        tensors[level * 3][cell] = classScore;
        tensors[(level * 3) + 1][cell] = objectness;
        return cell;
    }
}
