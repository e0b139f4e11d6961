namespace PublicationGate.Faces;

/// <summary>
/// RetinaFace MobileNet-0.25 (shared/FACES.md). Outputs: scores, then offsets, for strides 32, 16 and 8; two square anchors a cell, each
/// with a softmaxed score and four offsets. Landmarks are not read: nobody needs them for counting.
/// </summary>
internal sealed class RetinaFaceDecoder : IFaceDecoder
{
    // Side of an anchor = 16 x scale; centre of the first cell = (16 - 1) / 2. From the model's training configuration.
    private const float FirstCentre = 7.5f;
    private static readonly (int Stride, float[] Sides)[] Levels = [(32, [512, 256]), (16, [128, 64]), (8, [32, 16])];

    public IReadOnlyList<int> OutputLengths(int width, int height) =>
        [.. Levels.Select(level => (width / level.Stride) * (height / level.Stride)).SelectMany(cells => (int[])[4 * cells, 8 * cells])];

    public List<FaceBox> Decode(ModelOutput output, int width, int height, float lowestScore)
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
