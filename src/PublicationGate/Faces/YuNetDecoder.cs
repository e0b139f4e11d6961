namespace PublicationGate.Faces;

/// <summary>
/// YuNet (shared/FACES.md). Outputs: for strides 8, 16 and 32 the class score, the objectness and the box of one prior a cell, row by row.
/// A score is the root of class score times objectness. Landmarks are not read.
/// </summary>
internal sealed class YuNetDecoder : IFaceDecoder
{
    private static readonly int[] Strides = [8, 16, 32];

    public IReadOnlyList<int> OutputLengths(int width, int height) =>
        [.. Strides.Select(stride => (width / stride) * (height / stride)).SelectMany(cells => (int[])[cells, cells, 4 * cells])];

    public List<FaceBox> Decode(ModelOutput output, int width, int height, float lowestScore)
    {
        var boxes = new List<FaceBox>();
        for (var level = 0; level < Strides.Length; level++)
        {
            var stride = Strides[level];
            var columns = width / stride;
            var classes = output(level * 3);
            var objectness = output((level * 3) + 1);
            var offsets = output((level * 3) + 2);
            for (var cell = 0; cell < classes.Length; cell++)
            {
                var score = MathF.Sqrt(Math.Clamp(classes[cell], 0, 1) * Math.Clamp(objectness[cell], 0, 1));
                if (score >= lowestScore)
                {
                    boxes.Add(Box(offsets.Slice(cell * 4, 4), cell % columns, cell / columns, stride, score));
                }
            }
        }

        return boxes;
    }

    private static FaceBox Box(ReadOnlySpan<float> offsets, int column, int row, int stride, float score)
    {
        var width = MathF.Exp(offsets[2]) * stride;
        var height = MathF.Exp(offsets[3]) * stride;
        return new FaceBox(((column + offsets[0]) * stride) - (width / 2), ((row + offsets[1]) * stride) - (height / 2), width, height, score);
    }
}
