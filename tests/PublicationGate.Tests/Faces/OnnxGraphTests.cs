using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.OnnxRuntime;
using PublicationGate.Faces;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

public class OnnxGraphTests
{
    private static byte[] Freed { get; } = Trim(RealModel.Manifest.ReadWeights(RealModel.Weights));

    // From the model's own input, behind which its preprocessing lies.
    private static byte[] Trim(byte[] model) => OnnxGraph.Trim(model, "data", RealModel.Manifest.Outputs);

    [TestCase(320, 224)]
    [TestCase(640, 640)]
    [TestCase(32, 32)]
    [TestCase(1280, 864)]
    public void The_model_takes_any_size_and_answers_for_each_cell(int width, int height)
    {
        using var session = new InferenceSession(Freed, Quiet());
        using var input = OrtValue.CreateTensorValueFromMemory(new float[3 * width * height], [1, 3, height, width]);
        using var options = new RunOptions();

        using var outputs = session.Run(options, ["data"], [input], RealModel.Manifest.Outputs);

        var lengths = outputs.Select(output => output.GetTensorDataAsSpan<float>().Length).ToArray();
        Assert.That(lengths, Is.EqualTo(new[] { 32, 16, 8 }.SelectMany(stride => new[] { 4, 8 }.Select(channels => channels * (width / stride) * (height / stride)))));
    }

    [Test]
    public void The_model_as_it_is_would_refuse_another_size()
    {
        using var session = new InferenceSession(RealModel.Manifest.ReadWeights(RealModel.Weights), Quiet());
        using var input = OrtValue.CreateTensorValueFromMemory(new float[3 * 320 * 224], [1, 3, 224, 320]);
        using var options = new RunOptions();
        Assert.That(() => session.Run(options, ["data"], [input], RealModel.Manifest.Outputs), Throws.InstanceOf<OnnxRuntimeException>());
    }

    [Test]
    public void Freeing_twice_changes_nothing_more() => Assert.That(Trim(Freed).AsSpan().SequenceEqual(Freed));

    [Test]
    public void Normalising_while_the_input_is_written_gives_the_same_to_the_last_bit()
    {
        const int Side = 96;
        var manifest = RealModel.Manifest;
        var pixels = Enumerable.Range(0, 3 * Side * Side).Select(at => (float)(at * 7919 % 256)).ToArray();
        var normalised = pixels.Select(value => (value - manifest.Mean) * manifest.Scale).ToArray();
        var behind = OnnxGraph.Trim(manifest.ReadWeights(RealModel.Weights), manifest.Input, manifest.Outputs);
        Assert.That(Outputs(behind, manifest.Input, normalised, Side), Is.EqualTo(Outputs(Freed, "data", pixels, Side)));
    }

    [TestCase("data", "no_such_output", "no_such_output")]
    [TestCase("no_such_input", "face_rpn_bbox_pred_stride8", "no_such_input")]
    public void A_name_that_the_graph_does_not_have_is_named(string input, string output, string missing) =>
        Assert.That(() => OnnxGraph.Trim(RealModel.Manifest.ReadWeights(RealModel.Weights), input, [output]), Throws.InstanceOf<KeyNotFoundException>().With.Message.EqualTo(missing));

    [TestCase("0A FF FF FF FF 0F", Description = "a field longer than the model")]
    [TestCase("0A 05 01", Description = "a field that is cut off")]
    [TestCase("0A FF FF FF FF FF FF FF FF FF 01", Description = "a length beyond any memory")]
    [TestCase("09 01 02", Description = "eight bytes that are two")]
    [TestCase("0D 01", Description = "four bytes that are one")]
    [TestCase("0B", Description = "a kind of field that does not exist")]
    [TestCase("80 80", Description = "a number without end")]
    [TestCase("FF FF FF FF FF FF FF FF FF FF FF", Description = "a number too long")]
    [TestCase("3A 02 5A 7F", Description = "garbage inside the graph")]
    public void Garbage_is_invalid_data(string bytes) =>
        Assert.That(() => Trim(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal))), Throws.InstanceOf<InvalidDataException>().Or.InstanceOf<KeyNotFoundException>());

    [Test]
    public void No_bytes_give_anything_but_invalid_data() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            try
            {
                Trim(bytes);
                Trim([0x3A, (byte)(bytes.Length % 128), .. bytes]);
            }
            catch (Exception refused) when (refused is InvalidDataException or KeyNotFoundException)
            {
            }
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_model_cut_off_anywhere_is_invalid_data()
    {
        var model = RealModel.Manifest.ReadWeights(RealModel.Weights);
        Assert.Multiple(() =>
        {
            foreach (var share in new[] { 0.1, 0.5, 0.9, 0.999 })
            {
                Assert.That(() => Trim(model[..(int)(model.Length * share)]), Throws.InstanceOf<InvalidDataException>(), $"{share}");
            }
        });
    }

    private static float[][] Outputs(byte[] model, string name, float[] values, int side)
    {
        using var session = new InferenceSession(model, Quiet());
        using var input = OrtValue.CreateTensorValueFromMemory(values, [1, 3, side, side]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, [name], [input], RealModel.Manifest.Outputs);
        return [.. outputs.Select(output => output.GetTensorDataAsSpan<float>().ToArray())];
    }

    private static SessionOptions Quiet() => new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
}
