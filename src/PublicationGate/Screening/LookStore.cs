using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicationGate.Data;
using PublicationGate.Faces;
using PublicationGate.Imaging;

namespace PublicationGate.Screening;

/// <summary>Keeps what was seen in photos, by the hash of their content.</summary>
public sealed class LookStore(GateDb db, FaceCounter faces)
{
    private static readonly string Program = typeof(LookStore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    // Other code, another kind of hash, another model or another policy may see something else in the same bytes.
    private string LookedBy => $"{Program} {MetadataReader.Version} {PictureHash.Version} {faces.Version}";

    /// <summary>What was seen in the photo with this content; null when it was not looked at yet by this program, models and policies.</summary>
    public async Task<PhotoLook?> FindAsync(string sha256, CancellationToken cancellationToken)
    {
        var stored = await db.Looks.AsNoTracking().SingleOrDefaultAsync(look => look.ContentSha256 == sha256 && look.LookedBy == LookedBy, cancellationToken);
        try
        {
            return stored is null ? null : Evidence.ReadLook(stored.Seen);
        }
        catch (JsonException)
        {
            // Damaged, or written by a build of the same version that knew other facts: looking again costs only time.
            return null;
        }
    }

    /// <summary>Adds a look to the unit of work. One in which the faces could not be counted is not kept: the next may succeed.</summary>
    public void Keep(string sha256, PhotoLook look)
    {
        if (look.Faces.Known)
        {
            db.Looks.Add(new StoredLook { ContentSha256 = sha256, LookedBy = LookedBy, Seen = Encoding.UTF8.GetString(Evidence.Write(look)) });
        }
    }
}
