using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicationGate.Faces;

/// <summary>Families of networks whose outputs the gate can read.</summary>
public enum FaceDecoderKind
{
    /// <summary>RetinaFace with two square anchors a cell.</summary>
    RetinaFace,

    /// <summary>YuNet, without anchors.</summary>
    YuNet,
}

/// <summary>What the gate knows of a face model: where it came from, what it must be, and how it is run. One JSON file in models/ each.</summary>
public sealed record ModelManifest
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Name by which people choose the model.</summary>
    public required string Name { get; init; }

    /// <summary>Of the models that are there, the one with the highest preference is used unless another was chosen.</summary>
    public required int Preference { get; init; }

    /// <summary>How its outputs are read.</summary>
    public required FaceDecoderKind Decoder { get; init; }

    /// <summary>Name of the file of the weights.</summary>
    public required string File { get; init; }

    /// <summary>Size of that file in bytes. A download that brings more is broken off.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of that file, lower-case hexadecimal. Another file is refused.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where the file came from.</summary>
    public required string Origin { get; init; }

    /// <summary>Address to fetch the file from; null when it comes with the program.</summary>
    public Uri? Download { get; init; }

    /// <summary>Under which terms the weights may be used; <c>doctor</c> shows it.</summary>
    public required Text WeightsLicence { get; init; }

    /// <summary>
    /// Name of the value that is fed: float32 [1, 3, height, width]. It may lie behind the model's own input; what leads to it is then
    /// done by <see cref="Mean"/> and <see cref="Scale"/>, in the same pass that writes the values.
    /// </summary>
    public required string Input { get; init; }

    /// <summary>Taken off each value of 0 to 255; default 0.</summary>
    public float Mean { get; init; }

    /// <summary>What the rest is multiplied by; default 1.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>True when the planes of the input are red, green, blue; false for blue, green, red.</summary>
    public required bool RedFirst { get; init; }

    /// <summary>Names of the outputs, in the order in which the decoder reads them.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>How the model is run over a picture and which boxes count.</summary>
    public required DetectionPolicy Policy { get; init; }

    /// <summary>What was measured with these settings, in words.</summary>
    public required Text Measured { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="ModelException">The file is missing or not a manifest.</exception>
    public static ModelManifest Read(string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<ModelManifest>(System.IO.File.ReadAllBytes(path), Strict);
            return manifest is { Policy.Passes.Count: > 0, Bytes: > 0 and < int.MaxValue } ? manifest : throw new JsonException("passes, bytes: none");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelException(Texts.Get("model.manifest-unreadable", ("file", path), ("detail", cause.Message)));
        }
    }

    /// <summary>The bytes of the weights at <paramref name="path"/>, after their checksum was found right.</summary>
    /// <exception cref="ModelException">The file is missing or another one.</exception>
    public byte[] ReadWeights(string path)
    {
        try
        {
            var bytes = System.IO.File.ReadAllBytes(path);
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == Sha256 ? bytes
                : throw new ModelException(Texts.Get("model.wrong-checksum", ("file", path), ("expected", Sha256), ("remedy", Remedy)));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(Texts.Get("model.missing", ("file", path), ("remedy", Remedy)));
        }
    }

    /// <summary>Whether the weights, and no other file, lie at <paramref name="path"/>.</summary>
    public bool IsAt(string? path)
    {
        try
        {
            return path is not null && ReadWeights(path).Length > 0;
        }
        catch (ModelException)
        {
            return false;
        }
    }

    private Text Remedy => Texts.Get(Download is null ? "model.remedy-build" : "model.remedy-get", ("name", Name));
}

/// <summary>The face model cannot be used; without it the gate cannot work.</summary>
/// <param name="reason">What is wrong and what to do.</param>
public sealed class ModelException(Text reason) : Exception(reason.En)
{
    /// <summary>What is wrong and what to do.</summary>
    public Text Reason { get; } = reason;

    /// <summary>True when what a person gave is at fault, a name or a file, and not the gate.</summary>
    public bool IsMistake { get; init; }
}
