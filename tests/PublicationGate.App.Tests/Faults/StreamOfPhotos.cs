using System.Collections.Concurrent;
using System.Security.Cryptography;
using PublicationGate.App.Tests.Support;
using PublicationGate.Imaging;

namespace PublicationGate.App.Tests.Faults;

/// <summary>Real photos of different bytes that come into a folder one by one: some at once under their name, some in pieces, some by renaming.</summary>
internal sealed class StreamOfPhotos
{
    private const byte Marker = 0xFF;
    private const byte Comment = 0xFE;

    private readonly byte[] photo = CleanCopy.Of(new ImageDecoder(new ImageLimits()), File.ReadAllBytes(Repository.Sample(Photos.TwoFaces)), new() { LongSide = 640 }).Bytes.ToArray();

    /// <summary>Hashes of what was written, and whether it was declared well.</summary>
    public ConcurrentDictionary<string, bool> Written { get; } = [];

    /// <summary>The folder whose photos may be approved, and one of which nothing is declared.</summary>
    public static string FolderOf(int number) => number % 3 == 0 ? "2026-11-20 uitje" : "projectweek";

    /// <summary>Writes all of them, in about the time given.</summary>
    public async Task WriteAsync(string inbox, int count, TimeSpan within)
    {
        Declare(inbox);
        for (var number = 0; number < count; number++)
        {
            var content = Photo(number);
            Written[Convert.ToHexStringLower(SHA256.HashData(content))] = FolderOf(number) == "projectweek";
            await WriteAsync(Path.Combine(inbox, FolderOf(number), $"foto{number}.jpg"), content, number);
            await Task.Delay(within / count);
        }
    }

    /// <summary>A photo like no other: a comment that names nobody makes its bytes differ.</summary>
    public byte[] Photo(int number)
    {
        var text = string.Concat(Enumerable.Range(0, 20).Select(bit => (number >> bit & 1) == 0 ? 'x' : 'q'));
        return [.. photo[..2], Marker, Comment, 0, (byte)(text.Length + 2), .. text.Select(letter => (byte)letter), .. photo[2..]];
    }

    /// <summary>The declarations of the album that the photo is of.</summary>
    public static void Declare(string inbox)
    {
        Directory.CreateDirectory(Path.Combine(inbox, FolderOf(0)));
        Directory.CreateDirectory(Path.Combine(inbox, FolderOf(1)));
        var album = Path.GetDirectoryName(Repository.Sample(Photos.TwoFaces))!;
        File.WriteAllText(Path.Combine(inbox, FolderOf(1), "album.yaml"), File.ReadAllText(Path.Combine(album, "album.yaml")) + File.ReadAllText(Path.Combine(album, "toa-heftiba.yaml")));
    }

    private static async Task WriteAsync(string path, byte[] content, int number)
    {
        switch (number % 4)
        {
            case 0:
                await File.WriteAllBytesAsync(path + ".part", content);
                File.Move(path + ".part", path);
                break;
            case 1:
                // Without waiting for its end: the next ones come meanwhile.
                _ = InPiecesAsync(path, content);
                break;
            default:
                await File.WriteAllBytesAsync(path, content);
                break;
        }
    }

    private static async Task InPiecesAsync(string path, byte[] content)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        foreach (var piece in content.Chunk((content.Length / 3) + 1))
        {
            await file.WriteAsync(piece);
            await file.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
