namespace PublicationGate.Faces;

/// <summary>
/// Frees a model from the picture size that its file declares. The graphs used here do not depend on it, but ONNX Runtime refuses any
/// other size. The declared height and width of each input become symbolic, and declared shapes of outputs and inner values go.
/// Field numbers are those of onnx.proto (ModelProto.graph = 7; GraphProto.input = 11, output = 12, value_info = 13, initializer = 5).
/// </summary>
internal static class OnnxShapes
{
    private delegate ReadOnlyMemory<byte>? Rewrite(int field, ReadOnlyMemory<byte> payload);

    /// <summary>The same model, accepting pictures of any height and width.</summary>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static byte[] WithFreeSize(byte[] model) => Fields(model, (field, graph) => field == 7 ? RewriteGraph(graph) : graph).ToArray();

    private static ReadOnlyMemory<byte> RewriteGraph(ReadOnlyMemory<byte> graph) => Fields(graph, (field, payload) => field switch
    {
        11 => Shape(payload, FreeHeightAndWidth),
        12 => Shape(payload, _ => null),
        13 => null,
        _ => payload,
    });

    // ValueInfoProto.type = 2, TypeProto.tensor_type = 1, TypeProto.Tensor.shape = 2.
    private static ReadOnlyMemory<byte> Shape(ReadOnlyMemory<byte> valueInfo, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?> rewrite) =>
        Fields(valueInfo, (field, type) => field != 2 ? type
            : Fields(type, (kind, tensor) => kind != 1 ? tensor
                : Fields(tensor, (part, shape) => part != 2 ? shape : rewrite(shape))));

    // TensorShapeProto.dim = 1; Dimension.dim_param = 2. Batch and channels, dimensions 0 and 1, stay.
    private static ReadOnlyMemory<byte>? FreeHeightAndWidth(ReadOnlyMemory<byte> shape)
    {
        var index = 0;
        return Fields(shape, (_, dimension) => index++ switch
        {
            2 => new byte[] { (2 << 3) | 2, 1, (byte)'h' },
            3 => new byte[] { (2 << 3) | 2, 1, (byte)'w' },
            _ => dimension,
        });
    }

    // Copies a protobuf message, passing each length-delimited field through `rewrite`; null leaves the field out.
    private static ReadOnlyMemory<byte> Fields(ReadOnlyMemory<byte> message, Rewrite rewrite)
    {
        var output = new MemoryStream(message.Length);
        var at = 0;
        while (at < message.Length)
        {
            var start = at;
            var key = ReadVarint(message.Span, ref at);
            switch (key & 7)
            {
                case 0:
                    ReadVarint(message.Span, ref at);
                    break;
                case 1:
                    Skip(8);
                    break;
                case 5:
                    Skip(4);
                    break;
                case 2:
                    var length = ReadVarint(message.Span, ref at);
                    var from = at;
                    Skip(length);
                    var payload = rewrite((int)(key >> 3), message[from..at]);
                    if (payload is { } bytes)
                    {
                        WriteVarint(output, key);
                        WriteVarint(output, (ulong)bytes.Length);
                        output.Write(bytes.Span);
                    }

                    continue;
                default:
                    throw new InvalidDataException($"wire type {key & 7} at byte {start}");
            }

            output.Write(message.Span[start..at]);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);

        void Skip(ulong length) => at = length <= (ulong)(message.Length - at) ? at + (int)length : throw CutOff();
    }

    private static InvalidDataException CutOff() => new("the model is cut off");

    private static ulong ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = at < bytes.Length ? bytes[at++] : throw CutOff();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException($"a number too long at byte {at}");
    }

    private static void WriteVarint(MemoryStream output, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            output.WriteByte((byte)(value | 0x80));
        }

        output.WriteByte((byte)value);
    }
}
