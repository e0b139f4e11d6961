using System.Text;

namespace PublicationGate.Faces;

/// <summary>
/// Trims a model to what counting needs, and frees it from the picture size that its file declares. ONNX Runtime computes every node of a
/// graph, asked for or not, and refuses any size but the declared one, although the graphs used here do not depend on it. Field numbers
/// are those of onnx.proto (ModelProto.graph = 7; GraphProto.node = 1, input = 11, output = 12, value_info = 13).
/// </summary>
internal static class OnnxGraph
{
    // A plain null would become an empty field: memory converts from a null array.
    private static ReadOnlyMemory<byte>? LeftOut => default(ReadOnlyMemory<byte>?);

    private delegate ReadOnlyMemory<byte>? Rewrite(int field, ReadOnlyMemory<byte> payload);

    /// <summary>
    /// The part of the model that leads from a value named <paramref name="input"/>, which may lie behind its own input, to
    /// <paramref name="outputs"/>, accepting pictures of any height and width.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    /// <exception cref="KeyNotFoundException">The graph has no values of the names in the message.</exception>
    public static byte[] Trim(byte[] model, string input, IReadOnlyList<string> outputs) =>
        Fields(model, (field, graph) => field == 7 ? TrimGraph(graph, input, outputs) : graph).ToArray();

    private static ReadOnlyMemory<byte> TrimGraph(ReadOnlyMemory<byte> graph, string input, IReadOnlyList<string> outputs)
    {
        var nodes = Nodes(graph);
        var needed = NeededNodes(nodes, input, outputs);
        var node = 0;
        return Fields(graph, (field, payload) => field switch
        {
            1 => needed.Contains(node++) ? payload : LeftOut,
            11 => Shape(Renamed(payload, input), FreeHeightAndWidth),
            12 => outputs.Contains(Name(payload)) ? Shape(payload, _ => LeftOut) : LeftOut,
            13 => LeftOut,
            _ => payload,
        });
    }

    // NodeProto.input = 1, output = 2.
    private static List<(List<string> Inputs, List<string> Outputs)> Nodes(ReadOnlyMemory<byte> graph)
    {
        var nodes = new List<(List<string> Inputs, List<string> Outputs)>();
        Fields(graph, (field, payload) =>
        {
            if (field == 1)
            {
                var (inputs, outputs) = (new List<string>(), new List<string>());
                Fields(payload, (part, name) =>
                {
                    (part == 1 ? inputs : part == 2 ? outputs : null)?.Add(Encoding.UTF8.GetString(name.Span));
                    return name;
                });
                nodes.Add((inputs, outputs));
            }

            return payload;
        });
        return nodes;
    }

    private static HashSet<int> NeededNodes(List<(List<string> Inputs, List<string> Outputs)> nodes, string input, IReadOnlyList<string> outputs)
    {
        var maker = nodes.SelectMany((node, index) => node.Outputs.Select(name => (name, index))).ToLookup(made => made.name, made => made.index);
        var missing = outputs.Append(input).Where(name => !maker[name].Any() && !nodes.Exists(node => node.Inputs.Contains(name))).ToList();
        if (missing.Count > 0)
        {
            throw new KeyNotFoundException(string.Join(", ", missing));
        }

        var needed = new HashSet<int>();
        var wanted = new Stack<string>(outputs);
        while (wanted.TryPop(out var name))
        {
            foreach (var node in maker[name].Where(_ => name != input).Where(needed.Add))
            {
                nodes[node].Inputs.ForEach(wanted.Push);
            }
        }

        return needed;
    }

    // ValueInfoProto.name = 1.
    private static string Name(ReadOnlyMemory<byte> valueInfo)
    {
        var found = "";
        Fields(valueInfo, (field, payload) =>
        {
            found = field == 1 ? Encoding.UTF8.GetString(payload.Span) : found;
            return payload;
        });
        return found;
    }

    private static ReadOnlyMemory<byte> Renamed(ReadOnlyMemory<byte> valueInfo, string name) =>
        Fields(valueInfo, (field, payload) => field == 1 ? Encoding.UTF8.GetBytes(name) : payload);

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
