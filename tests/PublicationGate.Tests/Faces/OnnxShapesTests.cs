using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.OnnxRuntime;
using PublicationGate.Faces;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

public class OnnxShapesTests
{
    private static byte[] Freed { get; } = OnnxShapes.WithFreeSize(RealModel.Manifest.ReadWeights(RealModel.Weights));

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
    public void Freeing_twice_changes_nothing_more() => Assert.That(OnnxShapes.WithFreeSize(Freed).AsSpan().SequenceEqual(Freed));

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
        Assert.That(() => OnnxShapes.WithFreeSize(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal))), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void No_bytes_give_anything_but_invalid_data() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            try
            {
                OnnxShapes.WithFreeSize(bytes);
                OnnxShapes.WithFreeSize([0x3A, (byte)(bytes.Length % 128), .. bytes]);
            }
            catch (InvalidDataException)
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
                Assert.That(() => OnnxShapes.WithFreeSize(model[..(int)(model.Length * share)]), Throws.InstanceOf<InvalidDataException>(), $"{share}");
            }
        });
    }

    private static SessionOptions Quiet() => new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
}
