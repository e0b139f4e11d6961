namespace PublicationGate.Faces;

/// <summary>
/// Reads the outputs of RetinaFace MobileNet-0.25 (shared/FACES.md): for each stride two square anchors a cell, a softmaxed score and
/// four offsets for each. Landmarks are not read: nobody needs them for counting.
/// </summary>
internal static class RetinaFaceDecoder
{
    /// <summary>The values of the output at an index of <see cref="OutputNames"/>.</summary>
    public delegate ReadOnlySpan<float> Output(int index);

    // Side of an anchor = 16 x scale; centre of the first cell = (16 - 1) / 2. From the model's training configuration.
    private const float FirstCentre = 7.5f;
    private static readonly (int Stride, float[] Sides)[] Levels = [(32, [512, 256]), (16, [128, 64]), (8, [32, 16])];

    /// <summary>Names of the outputs, scores before offsets, strides 32, 16, 8.</summary>
    public static string[] OutputNames { get; } =
        [.. Levels.SelectMany(level => new[] { $"face_rpn_cls_prob_reshape_stride{level.Stride}", $"face_rpn_bbox_pred_stride{level.Stride}" })];

    /// <summary>Boxes of at least <paramref name="lowestScore"/>, in pixels of the network's input, overlapping ones included.</summary>
    /// <param name="output">Gives the values of the output at an index of <see cref="OutputNames"/>.</param>
    /// <param name="width">Width of the input, a multiple of 32.</param>
    /// <param name="height">Height of the input, a multiple of 32.</param>
    /// <param name="lowestScore">Boxes below it are not decoded.</param>
    public static List<FaceBox> Decode(Output output, int width, int height, float lowestScore)
    {
        var boxes = new List<FaceBox>();
        for (var level = 0; level < Levels.Length; level++)
        {
            var scores = output(level * 2);
            var offsets = output((level * 2) + 1);
            var (stride, sides) = Levels[level];
            var columns = width / stride;
            var cells = columns * (height / stride);
            for (var anchor = 0; anchor < sides.Length; anchor++)
            {
                // Channels 0 and 1 hold "no face" of both anchors, 2 and 3 "face".
                var faces = scores.Slice((sides.Length + anchor) * cells, cells);
                for (var cell = 0; cell < cells; cell++)
                {
                    if (faces[cell] >= lowestScore)
                    {
                        boxes.Add(Box(offsets, anchor, cell, cells, columns, stride, sides[anchor], faces[cell]));
                    }
                }
            }
        }

        return boxes;
    }

    private static FaceBox Box(ReadOnlySpan<float> offsets, int anchor, int cell, int cells, int columns, int stride, float side, float score)
    {
        var first = (anchor * 4 * cells) + cell;
        var x = FirstCentre + (stride * (cell % columns)) + (offsets[first] * side);
        var y = FirstCentre + (stride * (cell / columns)) + (offsets[first + cells] * side);
        var width = side * MathF.Exp(offsets[first + (2 * cells)]);
        var height = side * MathF.Exp(offsets[first + (3 * cells)]);
        return new FaceBox(x - (width / 2), y - (height / 2), width, height, score);
    }
}
