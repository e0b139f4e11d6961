using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicationGate.Faces;

/// <summary>What the gate knows of a face model: where it came from, what it must be, and how it is run. One JSON file in models/ each.</summary>
public sealed record ModelManifest
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>Name by which people choose the model.</summary>
    public required string Name { get; init; }

    /// <summary>File of the weights, beside the manifest.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of that file, lower-case hexadecimal. Another file is refused.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where the file came from.</summary>
    public required string Origin { get; init; }

    /// <summary>Under which terms the weights may be used; <c>doctor</c> shows it.</summary>
    public required string WeightsLicence { get; init; }

    /// <summary>Score from which a box counts as a face.</summary>
    public required float Sure { get; init; }

    /// <summary>Score from which a box may be a face, so that a person must look; below <see cref="Sure"/>.</summary>
    public required float Doubtful { get; init; }

    /// <summary>Intersection over union above which two boxes are the same face.</summary>
    public required float IntersectionOverUnion { get; init; }

    /// <summary>Intersection over the smaller box above which two boxes are the same face.</summary>
    public required float IntersectionOverSmaller { get; init; }

    /// <summary>The runs over one picture, whose boxes are merged.</summary>
    public required IReadOnlyList<DetectionPass> Passes { get; init; }

    /// <summary>Folder that the manifest was read from.</summary>
    [JsonIgnore]
    public string Folder { get; private init; } = "";

    /// <summary>The largest picture that any pass asks for: what the decoder has to deliver.</summary>
    [JsonIgnore]
    public int LongSide => Passes.Max(pass => pass.LongSide);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="ModelException">The file is missing or not a manifest.</exception>
    public static ModelManifest Read(string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<ModelManifest>(System.IO.File.ReadAllBytes(path), Strict);
            return manifest is { Passes.Count: > 0 } ? manifest with { Folder = Path.GetDirectoryName(path)! } : throw new JsonException("passes: none");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelException(Texts.Get("model.manifest-unreadable", ("file", path), ("detail", cause.Message)));
        }
    }

    /// <summary>The bytes of the model, after its checksum was found right.</summary>
    /// <exception cref="ModelException">The file is missing or another one.</exception>
    public byte[] ReadWeights()
    {
        var path = Path.Combine(Folder, File);
        try
        {
            var bytes = System.IO.File.ReadAllBytes(path);
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == Sha256 ? bytes
                : throw new ModelException(Texts.Get("model.wrong-checksum", ("file", path), ("expected", Sha256)));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(Texts.Get("model.missing", ("file", path)));
        }
    }
}

/// <summary>One run of the detector over a picture.</summary>
public sealed record DetectionPass
{
    /// <summary>Long side of the picture in this run, in pixels.</summary>
    public required int LongSide { get; init; }

    /// <summary>How many times its own size a small picture may be enlarged to; default 1, not at all.</summary>
    public float Enlarge { get; init; } = 1;

    /// <summary>Boxes whose short side is less than this, in pixels of this run, are left to the other passes; default 0, none.</summary>
    public float SmallestShortSide { get; init; }

    /// <summary>The long side that a picture of <paramref name="longSide"/> pixels gets in this run.</summary>
    public int LongSideFor(int longSide) => Math.Min(LongSide, (int)(longSide * Enlarge));
}

/// <summary>The face model cannot be used; without it the gate cannot work.</summary>
/// <param name="reason">What is wrong and what to do.</param>
public sealed class ModelException(Text reason) : Exception(reason.En)
{
    /// <summary>What is wrong and what to do.</summary>
    public Text Reason { get; } = reason;
}
