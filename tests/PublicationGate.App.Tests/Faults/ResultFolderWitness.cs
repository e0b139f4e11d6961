using System.Text.Json;
using PublicationGate.Imaging;

namespace PublicationGate.App.Tests.Faults;

/// <summary>Looks into result folders all the time, as people and sync programs do, and notes what is not whole.</summary>
internal sealed class ResultFolderWitness(string root)
{
    private static readonly string[] Folders = ["approved", "held", "rejected"];

    private readonly ImageDecoder decoder = new(new ImageLimits());
    private readonly HashSet<string> seen = [];

    /// <summary>What was seen half.</summary>
    public List<string> Halves { get; } = [];

    /// <summary>How many files were looked at.</summary>
    public int Seen => seen.Count;

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Look();
            await Task.Delay(20, CancellationToken.None);
        }

        Look();
    }

    private void Look()
    {
        foreach (var file in Folders.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)).Where(seen.Add))
        {
            if (Mistake(file) is { } mistake)
            {
                Halves.Add($"{file}: {mistake}");
            }
        }
    }

    private string? Mistake(string file)
    {
        try
        {
            var content = File.ReadAllBytes(file);
            switch (Path.GetExtension(file))
            {
                case ".json":
                    using (var json = JsonDocument.Parse(content))
                    {
                        return json.RootElement.TryGetProperty("outcome", out _) ? null : "no outcome";
                    }

                case ".txt":
                    return content is [.., (byte)'\n'] ? null : "no end";
                default:
                    var frames = decoder.DecodeFrames(content, decoder.ReadHeader(content), 4000, () => throw new InvalidDataException("damaged"));
                    return !frames.Any() ? "no picture" : File.Exists(file + ".json") || File.Exists(Path.ChangeExtension(file, null) + ".jpg.json") ? null : "a photo without its reasons";
            }
        }
        catch (Exception e) when (e is JsonException or UnreadableImageException or InvalidDataException)
        {
            return e.Message;
        }
        catch (IOException)
        {
            // Gone again between the look and the reading.
            return null;
        }
    }
}
