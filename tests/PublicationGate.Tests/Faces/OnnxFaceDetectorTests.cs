using Microsoft.ML.OnnxRuntime;
using PublicationGate.Faces;
using PublicationGate.Tests.Support;

namespace PublicationGate.Tests.Faces;

/// <summary>The real session: refused when it is another network, ended in the middle of a run, right again afterwards.</summary>
public class OnnxFaceDetectorTests
{
    /// <summary>A verdict's id is the hash of what was seen: it may not depend on what else was going on.</summary>
    [TestCase("retinaface")]
    [TestCase("yunet")]
    public void A_photo_alone_has_all_cores_and_shows_the_same_to_the_last_bit(string model)
    {
        var detector = RealModel.Named(model).Detector;
        foreach (var name in new[] { "meeting.jpg", "team-2.jpg" })
        {
            using var photo = Edits.Open(TestFiles.Photo(name));
            using var first = PhotosUnderWay.Begin();
            Assert.That(PhotosUnderWay.IsOne);
            var alone = detector.Detect(photo, default);
            using var second = PhotosUnderWay.Begin();
            Assert.That(PhotosUnderWay.IsOne, Is.False);
            Assert.That(detector.Detect(photo, default), Is.EqualTo(alone).And.Not.Empty);
        }
    }

    [TestCase("retinaface")]
    [TestCase("yunet")]
    public void A_run_ended_in_the_middle_is_an_exception_and_the_next_one_is_right(string model)
    {
        var loaded = RealModel.Named(model);
        using var detector = new OnnxFaceDetector(loaded.Manifest, model == RealModel.RetinaFace ? RealModel.Weights : TestFiles.Shared("models/" + loaded.Manifest.File));
        using var photo = Edits.Open(TestFiles.Photo("team-2.jpg"));
        var before = detector.Detect(photo, default);
        using var large = photo.Shrunk(4);
        var ended = 0;
        // When a run is ended before its first or after its last node is the machine's affair: one of several ends in the middle.
        foreach (var milliseconds in new[] { 5, 10, 20, 40 })
        {
            using var limit = new CancellationTokenSource(milliseconds);
            try
            {
                detector.Detect(large, limit.Token);
            }
            catch (OnnxRuntimeException)
            {
                ended++;
            }

            Assert.That(detector.Detect(photo, default), Is.EqualTo(before));
        }

        Assert.That(before, Is.Not.Empty);
        Assert.That(ended, Is.Positive);
    }

    [Test]
    public void A_run_of_a_caller_who_has_gone_is_not_begun()
    {
        using var photo = Edits.Open(TestFiles.Photo("team-2.jpg"));
        Assert.That(() => RealModel.Named(RealModel.RetinaFace).Detector.Detect(photo, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(RealModel.Named(RealModel.RetinaFace).Detector.Detect(photo, default), Is.Not.Empty);
    }

    [Test]
    public void A_network_without_an_output_of_the_manifest_is_refused_by_its_name() =>
        AssertRefused(RealModel.Manifest with { Outputs = [.. RealModel.Manifest.Outputs.Take(5), "face_rpn_bbox_pred_stride4"] }, "face_rpn_bbox_pred_stride4");

    [Test]
    public void A_network_without_the_input_of_the_manifest_is_refused_by_its_name() => AssertRefused(RealModel.Manifest with { Input = "pixels" }, "pixels");

    [Test]
    public void A_network_whose_outputs_have_another_shape_is_refused_with_both() =>
        AssertRefused(RealModel.Manifest with { Outputs = [.. RealModel.Manifest.Outputs.Reverse()] }, "512, 256, 128, 64, 32, 16", "16, 32, 64, 128, 256, 512");

    [Test]
    public void A_network_read_by_the_other_decoder_is_refused() => AssertRefused(RealModel.Manifest with { Decoder = FaceDecoderKind.YuNet }, "16, 32");

    private static void AssertRefused(ModelManifest manifest, params string[] details)
    {
        var reason = Assert.Throws<ModelException>(() => new OnnxFaceDetector(manifest, RealModel.Weights).Dispose()).Reason;
        foreach (var told in details.Append(manifest.File))
        {
            Assert.That(reason.En, Does.Contain(told));
            Assert.That(reason.Nl, Does.Contain(told));
        }
    }
}
