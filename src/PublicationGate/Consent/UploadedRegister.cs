using System.IO.Compression;
using PublicationGate.Intake;

namespace PublicationGate.Consent;

/// <summary>
/// Reads a register that somebody sends: the CSV files of <see cref="RegisterCsv"/>, a zip of them, or an EDEXML file. Nothing of it stays on disk.
/// What a zip says of sizes, folders and links is not believed: all of it is looked at before anything is unpacked, and names on disk are the gate's own.
/// </summary>
public static class UploadedRegister
{
    /// <summary>Most bytes that all files together may hold, unpacked: one EDEXML file of the largest size.</summary>
    public const long MostBytes = EdexFile.MaxMegabytes * 1024L * 1024;

    /// <summary>Most files in a zip, besides what a Mac adds.</summary>
    public const int MostEntries = 16;

    // In the attributes of a zip that was made on Linux or a Mac.
    private const int LinkMode = 0xA000;
    private const int TypeOfFile = 0xF000;

    /// <summary>The CSV files of a register.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["pupils.csv", "answers.csv", "staff.csv", "permissions.csv", "guardians.csv"];

    /// <summary>Reads the files.</summary>
    /// <param name="files">Names and contents.</param>
    /// <param name="today">The day of import.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="RegisterFileRefusedException">A file is no part of a register, or cannot be unpacked.</exception>
    /// <exception cref="InputErrorsException">Something in the files is wrong: every mistake, under the name of the file.</exception>
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
        catch (InputErrorsException mistakes) when (mistakes is not RegisterFileRefusedException)
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
            ([], []) => throw new RegisterFileRefusedException("", RegisterFileFault.Nothing),
            ([var one], []) => EdexFile.Read(one, today),
            ([], _) => RegisterCsv.Read(folder, today),
            _ => throw new RegisterFileRefusedException(Path.GetFileName(export[0]), RegisterFileFault.Mixed),
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
            foreach (var entry in Allowed(zip, file.Name))
            {
                await using var content = await entry.OpenAsync(cancellationToken);
                await LayAsync(entry.Name, content, folder, room, cancellationToken);
            }
        }
        catch (InvalidDataException)
        {
            throw new RegisterFileRefusedException(file.Name, RegisterFileFault.BrokenZip);
        }
    }

    private static List<ZipArchiveEntry> Allowed(ZipArchive zip, string name)
    {
        var meant = zip.Entries.Where(entry => IsMeant(entry.FullName)).ToList();
        return meant.Count > MostEntries ? throw new RegisterFileRefusedException(name, RegisterFileFault.TooMany)
            : meant.Sum(entry => Math.Min(entry.Length, MostBytes + 1)) > MostBytes ? throw new RegisterFileRefusedException(name, RegisterFileFault.TooLarge)
            : meant.Find(entry => entry.IsEncrypted || ((entry.ExternalAttributes >> 16) & TypeOfFile) == LinkMode) is { } closed ? throw new RegisterFileRefusedException(closed.Name, RegisterFileFault.Unknown)
            : meant;
    }

    // Folders, and what systems add to zips of their own.
    private static bool IsMeant(string entry) => !entry.EndsWith('/') && !entry.Split('/').Any(part => (part.StartsWith('.') && part is not ("." or "..")) || part == "__MACOSX");

    private static async Task LayAsync(string name, Stream content, string folder, Room room, CancellationToken cancellationToken)
    {
        // Only names that are known become names on disk.
        var known = Tables.FirstOrDefault(table => table.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) ? "edex.xml" : throw new RegisterFileRefusedException(name, RegisterFileFault.Unknown));
        var path = Path.Combine(folder, known);
        if (File.Exists(path))
        {
            throw new RegisterFileRefusedException(name, RegisterFileFault.Twice);
        }

        await using var target = File.Create(path);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            room.Left -= read;
            await target.WriteAsync(room.Left >= 0 ? buffer.AsMemory(0, read) : throw new RegisterFileRefusedException(name, RegisterFileFault.TooLarge), cancellationToken);
        }
    }

    private sealed class Room
    {
        public long Left { get; set; }
    }
}

/// <summary>A file that somebody sends.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="Content">Its bytes; the caller disposes it.</param>
public sealed record UploadedFile(string Name, Stream Content);
