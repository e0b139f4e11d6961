using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using PublicationGate.App.Uploads;
using PublicationGate.Consent;

namespace PublicationGate.App.Api;

/// <summary>Takes in a register: a zip with the CSV files of a register folder, or an EDEXML file. What is in the zip beside them, or is larger than it says, is refused.</summary>
internal static class RegisterUpload
{
    /// <summary>Largest upload, and largest content of a zip, in bytes.</summary>
    public const long Most = EdexFile.MaxMegabytes * 1024L * 1024;

    /// <summary>The files of a zip; each at most once, in whatever folder.</summary>
    public static IReadOnlyList<string> Names { get; } = ["pupils.csv", "answers.csv", "staff.csv", "permissions.csv", "guardians.csv"];

    private const int LinkMode = 0xA000;
    private const int TypeOfFile = 0xF000;
    private const int MostEntries = 16;

    public static async Task<IResult> ImportAsync(HttpContext context, bool? preview, ConsentRegister register, TimeProvider time, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(context, time.Today(), cancellationToken);
        var changes = preview == true ? await register.PreviewAsync(content, cancellationToken) : (await register.ImportAsync(content, expected: null, context.Account().Id, cancellationToken))!;
        return Results.Json(ImportAnswer.Of(changes, preview == true));
    }

    /// <summary>Reads the register of a request's body; nothing of it is left on disk.</summary>
    /// <exception cref="UploadRefusedException">It is none.</exception>
    /// <exception cref="Intake.InputErrorsException">It holds mistakes.</exception>
    private static async Task<RegisterContent> ReadAsync(HttpContext context, DateOnly today, CancellationToken cancellationToken)
    {
        if (context.Request.Headers.ContentEncoding.Count > 0 && context.Request.Headers.ContentEncoding != "identity")
        {
            throw new UploadRefusedException(StatusCodes.Status415UnsupportedMediaType, "packed");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Most;
        }

        var folder = Directory.CreateTempSubdirectory("publication-gate-import-");
        try
        {
            var file = Path.Combine(folder.FullName, "register.xml");
            await using (var written = OwnerOnly(file))
            {
                await context.Request.Body.CopyToAsync(written, cancellationToken);
            }

            return IsZip(file) ? RegisterCsv.Read(await UnpackAsync(file, folder, cancellationToken), today) : EdexFile.Read(file, today);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The folder is its owner's alone.
    private static FileStream OwnerOnly(string path) => new(path, FileMode.CreateNew, FileAccess.Write);

    private static bool IsZip(string file)
    {
        using var stream = File.OpenRead(file);
        return stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
    }

    private static async Task<string> UnpackAsync(string file, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var unpacked = folder.CreateSubdirectory("files").FullName;
        try
        {
            using var zip = ZipFile.OpenRead(file);
            foreach (var entry in Allowed(zip))
            {
                // The names are ours; what the zip says of folders is not looked at.
                await using var from = entry.Open();
                await using var to = OwnerOnly(Path.Combine(unpacked, Names.First(name => name == entry.Name)));
                await CopyAsync(from, to, entry.Length, cancellationToken);
            }
        }
        catch (InvalidDataException)
        {
            throw new UploadRefusedException(StatusCodes.Status400BadRequest, "broken-zip");
        }

        return unpacked;
    }

    // All of it is known before anything is unpacked.
    private static List<ZipArchiveEntry> Allowed(ZipArchive zip)
    {
        var files = zip.Entries.Where(entry => entry.Name.Length > 0).ToList();
        if (files.Count > MostEntries || files.Sum(entry => Math.Min(entry.Length, Most + 1)) > Most)
        {
            throw new UploadRefusedException(StatusCodes.Status413PayloadTooLarge, "zip-too-large", ("megabytes", EdexFile.MaxMegabytes), ("files", MostEntries));
        }

        return files.Exists(entry => IsLink(entry) || entry.IsEncrypted || !Names.Contains(entry.Name)) || files.Select(entry => entry.Name).Distinct().Count() < files.Count
            ? throw new UploadRefusedException(StatusCodes.Status415UnsupportedMediaType, "zip-other-files", ("names", string.Join(", ", Names))) : files;
    }

    private static bool IsLink(ZipArchiveEntry entry) => ((entry.ExternalAttributes >> 16) & TypeOfFile) == LinkMode;

    // A zip may lie about how much is in it.
    private static async Task CopyAsync(Stream from, Stream to, long most, CancellationToken cancellationToken)
    {
        var (buffer, total) = (new byte[64 * 1024], 0L);
        int count;
        while ((count = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            total += count;
            if (total > most)
            {
                throw new UploadRefusedException(StatusCodes.Status413PayloadTooLarge, "zip-too-large", ("megabytes", EdexFile.MaxMegabytes), ("files", MostEntries));
            }

            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }
}
