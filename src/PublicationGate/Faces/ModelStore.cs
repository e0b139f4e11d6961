using System.Security.Cryptography;
using System.Text.Json;

namespace PublicationGate.Faces;

/// <summary>Which models there are, which is used, and where their weights lie.</summary>
/// <param name="programFolder">Folder of the manifests, and of weights that come with the program.</param>
/// <param name="dataFolder">Folder for weights that were fetched, and for the choice; need not exist.</param>
public sealed class ModelStore(string programFolder, string dataFolder)
{
    private readonly Lazy<IReadOnlyList<ModelManifest>> manifests = new(() => ReadManifests(programFolder));

    /// <summary>All models that the gate knows, most preferred first, present or not.</summary>
    /// <exception cref="ModelException">A manifest cannot be read.</exception>
    public IReadOnlyList<ModelManifest> Known => manifests.Value;

    private string ChoiceFile => Path.Combine(dataFolder, "use.json");

    /// <summary>The model of a name.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public ModelManifest Named(string name) => Known.FirstOrDefault(manifest => manifest.Name == name)
        ?? throw new ModelException(Texts.Get("model.unknown", ("name", name), ("known", string.Join(", ", Known.Select(manifest => manifest.Name))))) { IsMistake = true };

    /// <summary>Where the weights of a model lie: as fetched, else with the program; null when they are not there.</summary>
    public string? WeightsOf(ModelManifest manifest) => AllWeightsOf(manifest).FirstOrDefault();

    /// <summary>Every place where a file of the weights' name lies; the first is used.</summary>
    public IEnumerable<string> AllWeightsOf(ModelManifest manifest) => new[] { dataFolder, programFolder }.Select(folder => Path.Combine(folder, manifest.File)).Where(File.Exists);

    /// <summary>Where <c>models get</c> puts the weights of a model.</summary>
    public string FetchedPath(ModelManifest manifest) => Path.Combine(dataFolder, manifest.File);

    /// <summary>The models in use: the first counts, a second one gives a second opinion.</summary>
    /// <exception cref="ModelException">The chosen model is not there, or none is.</exception>
    public IReadOnlyList<ModelManifest> InUse()
    {
        var choice = ReadChoice();
        var first = choice.Use is { } name ? Chosen(name) : Known.FirstOrDefault(manifest => WeightsOf(manifest) is not null) ?? Known[^1];
        return choice.SecondOpinion is { } second && second != first.Name ? [first, Chosen(second)] : [first];
    }

    /// <summary>Makes a model that was just brought the one that counts, unless it is in use already.</summary>
    /// <exception cref="ModelException">The choice cannot be read, or the model for the second opinion is not there.</exception>
    /// <exception cref="IOException">The choice cannot be written.</exception>
    public void SwitchTo(ModelManifest brought)
    {
        if (InUse().All(manifest => manifest.Name != brought.Name))
        {
            Use(brought.Name, SecondOpinion);
        }
    }

    /// <summary>Name of the model that was chosen for a second opinion.</summary>
    /// <exception cref="ModelException">The choice cannot be read.</exception>
    public string? SecondOpinion => ReadChoice().SecondOpinion;

    /// <summary>Chooses the model, and a second one whose differing opinion makes a face doubtful; null for none.</summary>
    /// <exception cref="ModelException">One of them is not known or not there.</exception>
    /// <exception cref="IOException">The choice cannot be written.</exception>
    public void Use(string name, string? secondOpinion)
    {
        if (name == secondOpinion)
        {
            throw new ModelException(Texts.Get("model.second-is-first", ("name", name))) { IsMistake = true };
        }

        foreach (var chosen in new[] { name, secondOpinion }.OfType<string>().Select(Named))
        {
            chosen.ReadWeights(WeightsOf(chosen) ?? FetchedPath(chosen));
        }

        Directory.CreateDirectory(dataFolder);
        var unfinished = ChoiceFile + ".partial";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(new Choice(name, secondOpinion), JsonSerializerOptions.Web));
        File.Move(unfinished, ChoiceFile, overwrite: true);
    }

    /// <summary>Opens the models in use for counting.</summary>
    /// <exception cref="ModelException">One of them is missing, another file, or no such network.</exception>
    public FaceCounter Open() => new([.. InUse().Select(Open)]);

    /// <summary>Opens one model for counting.</summary>
    /// <exception cref="ModelException">It is missing, another file, or no such network.</exception>
    public FaceModel Open(ModelManifest manifest)
    {
        var weights = WeightsOf(manifest) ?? FetchedPath(manifest);
        return new FaceModel(manifest, new RecoveringDetector(() => new OnnxFaceDetector(manifest, weights)));
    }

    /// <summary>Opens weights that lie anywhere, known by their checksum.</summary>
    /// <exception cref="ModelException">They are the weights of no known model.</exception>
    public FaceModel OpenFile(string weights)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(weights)));
        var manifest = Known.FirstOrDefault(manifest => manifest.Sha256 == sha256)
            ?? throw new ModelException(Texts.Get("model.unknown-file", ("file", weights), ("known", string.Join(", ", Known.Select(manifest => manifest.File))))) { IsMistake = true };
        return new FaceModel(manifest, new RecoveringDetector(() => new OnnxFaceDetector(manifest, weights)));
    }

    private Choice ReadChoice()
    {
        try
        {
            return File.Exists(ChoiceFile) ? JsonSerializer.Deserialize<Choice>(File.ReadAllText(ChoiceFile), JsonSerializerOptions.Web) ?? throw new JsonException("null") : new Choice(null, null);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelException(Texts.Get("model.choice-unusable", ("file", ChoiceFile), ("detail", cause.Message)));
        }
    }

    // A name in the choice is no longer what somebody just typed.
    private ModelManifest Chosen(string name) => Known.FirstOrDefault(manifest => manifest.Name == name)
        ?? throw new ModelException(Texts.Get("model.choice-unusable", ("file", ChoiceFile), ("detail", name)));

    private static IReadOnlyList<ModelManifest> ReadManifests(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        return files.Length > 0 ? [.. files.Select(ModelManifest.Read).OrderByDescending(manifest => manifest.Preference)]
            : throw new ModelException(Texts.Get("model.missing", ("file", Path.Combine(folder, "*.json")), ("remedy", Texts.Get("model.remedy-build"))));
    }

    private sealed record Choice(string? Use, string? SecondOpinion);
}

/// <summary>A model that is ready to look.</summary>
/// <param name="Manifest">What it is and how it is run.</param>
/// <param name="Detector">The model itself.</param>
public sealed record FaceModel(ModelManifest Manifest, IFaceDetector Detector);
