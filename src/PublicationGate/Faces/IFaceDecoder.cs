namespace PublicationGate.Faces;

/// <summary>The values of the output at an index of <see cref="ModelManifest.Outputs"/>.</summary>
internal delegate ReadOnlySpan<float> ModelOutput(int index);

/// <summary>Turns what a family of networks says into boxes.</summary>
internal interface IFaceDecoder
{
    /// <summary>How many values each output holds for an input of this size, in the order of <see cref="ModelManifest.Outputs"/>.</summary>
    IReadOnlyList<int> OutputLengths(int width, int height);

    /// <summary>Boxes of at least <paramref name="lowestScore"/>, in pixels of the network's input, overlapping ones included.</summary>
    /// <param name="output">The network's outputs.</param>
    /// <param name="width">Width of the input, a multiple of 32.</param>
    /// <param name="height">Height of the input, a multiple of 32.</param>
    /// <param name="lowestScore">Boxes below it are not decoded.</param>
    List<FaceBox> Decode(ModelOutput output, int width, int height, float lowestScore);
}
