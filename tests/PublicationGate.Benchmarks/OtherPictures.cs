using System.Collections.Concurrent;
using PublicationGate.Imaging;

namespace PublicationGate.Benchmarks;

/// <summary>Whether copies of pictures are taken for copies of others, by the search that the gate itself uses.</summary>
internal sealed class OtherPictures(List<(HashedPicture Picture, PictureHash Hash)> pictures)
{
    private readonly PictureHashIndex index = new(pictures.ConvertAll(pair => pair.Hash));
    private readonly ConcurrentBag<(bool IsSame, string What)> mistaken = [];
    private long held;

    /// <summary>Holds one copy against all pictures but those of the photograph that it is of, which may show the same things.</summary>
    public void Seek(int of, string manipulation, PictureHash? copy)
    {
        var own = pictures[of].Picture;
        if (copy is null)
        {
            return;
        }

        Interlocked.Add(ref held, pictures.Count(pair => pair.Picture.Photograph != own.Photograph));
        foreach (var (picture, likeness) in index.Find(copy).Where(found => pictures[found.Picture].Picture.Photograph != own.Photograph))
        {
            mistaken.Add((likeness.IsSame, $"{own.Name}, {manipulation}: {pictures[picture].Picture.Name} (waves {likeness.Waves}, steps {likeness.Steps})"));
        }
    }

    /// <summary>Prints what was mistaken.</summary>
    public void Tell()
    {
        Console.WriteLine($"\n{held} times a copy was held against a picture of another photograph: {mistaken.Count(one => one.IsSame)} taken for the same, {mistaken.Count(one => !one.IsSame)} doubtful");
        foreach (var (isSame, what) in mistaken.OrderByDescending(one => one.IsSame).ThenBy(one => one.What, StringComparer.Ordinal).Take(30))
        {
            Console.WriteLine($"  {(isSame ? "same" : "doubtful")}: {what}");
        }
    }
}
