using System.IO.Compression;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>Reads a register that somebody sends: the CSV files of <see cref="RegisterCsv"/>, a zip of them, or an EDEXML file. Nothing of it stays on disk.</summary>
public static class UploadedRegister
{
    /// <summary>Most bytes that all files together may hold, unpacked: one EDEXML file of the largest size.</summary>
    public const long MostBytes = EdexFile.MaxMegabytes * 1024L * 1024;

    // Each file of a register once, and what a Mac adds to a zip.
    private const int MostEntries = 64;

    private static readonly string[] Tables = ["pupils.csv", "answers.csv", "staff.csv", "permissions.csv", "guardians.csv"];

    /// <summary>Reads the files.</summary>
    /// <param name="files">Names and contents.</param>
    /// <param name="today">The day of import.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="InputErrorsException">Something is wrong: every mistake, under the name of the file.</exception>
    public static async Task<RegisterContent> ReadAsync(IReadOnlyList<UploadedFile> files, DateOnly today, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("gate-register-");
        try
        {
            var room = new Room { Left = MostBytes };
            foreach (var file in files)
            {
                await LayAsync(file, folder.FullName, room, cancellationToken);
            }

            return Read(folder.FullName, today);
        }
        catch (InputErrorsException mistakes)
        {
            throw new InputErrorsException([.. mistakes.Errors.Select(error => error with { File = Path.GetFileName(error.File) })]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static RegisterContent Read(string folder, DateOnly today)
    {
        var (export, tables) = (Directory.GetFiles(folder, "*.xml"), Directory.GetFiles(folder, "*.csv"));
        return (export, tables) switch
        {
            ([], []) => throw Mistake("", "register.upload.nothing"),
            ([var one], []) => EdexFile.Read(one, today),
            ([], _) => RegisterCsv.Read(folder, today),
            _ => throw Mistake(Path.GetFileName(export[0]), "register.upload.mixed"),
        };
    }

    private static async Task LayAsync(UploadedFile file, string folder, Room room, CancellationToken cancellationToken)
    {
        if (!file.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            await LayAsync(file.Name, file.Content, folder, room, cancellationToken);
            return;
        }

        try
        {
            using var zip = new ZipArchive(file.Content, ZipArchiveMode.Read);
            foreach (var entry in zip.Entries.Count > MostEntries ? throw Mistake(file.Name, "register.upload.too-many") : zip.Entries.Where(entry => IsMeant(entry.FullName)))
            {
                await using var content = await entry.OpenAsync(cancellationToken);
                await LayAsync(entry.Name, content, folder, room, cancellationToken);
            }
        }
        catch (InvalidDataException)
        {
            throw Mistake(file.Name, "register.upload.broken-zip");
        }
    }

    // Folders, and what systems add to zips of their own.
    private static bool IsMeant(string entry) => !entry.EndsWith('/') && !entry.Split('/').Any(part => part.StartsWith('.') || part == "__MACOSX");

    private static async Task LayAsync(string name, Stream content, string folder, Room room, CancellationToken cancellationToken)
    {
        // Only names that are known become names on disk.
        var known = Tables.FirstOrDefault(table => table.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) ? "edex.xml" : throw Mistake(name, "register.upload.unknown-file"));
        var path = Path.Combine(folder, known);
        if (File.Exists(path))
        {
            throw Mistake(name, "register.upload.twice");
        }

        await using var target = File.Create(path);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            room.Left -= read;
            await target.WriteAsync(room.Left >= 0 ? buffer.AsMemory(0, read) : throw Mistake(name, "register.upload.too-large"), cancellationToken);
        }
    }

    private static InputErrorsException Mistake(string file, string key) => new([new InputError(file, 0, null, Texts.Get(key, ("limit", EdexFile.MaxMegabytes)))]);

    private sealed class Room
    {
        public long Left { get; set; }
    }
}

/// <summary>A file that somebody sends.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="Content">Its bytes; the caller disposes it.</param>
public sealed record UploadedFile(string Name, Stream Content);
