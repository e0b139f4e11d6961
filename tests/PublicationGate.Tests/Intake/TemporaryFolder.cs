using System.Diagnostics;
using PublicationGate.Intake;

namespace PublicationGate.Tests.Intake;

/// <summary>A real folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0];

    public string Path { get; } = Directory.CreateTempSubdirectory("publication-gate-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public TemporaryFolder Photo(params string[] names)
    {
        Array.ForEach(names, name => Write(name, Jpeg));
        return this;
    }

    public TemporaryFolder Text(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public TemporaryFolder Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this;
    }

    public TemporaryFolder Pipe(string name)
    {
        using var made = Process.Start("mkfifo", [this[name]]);
        made.WaitForExit();
        return this;
    }

    /// <summary>Names of the photos that a scan finds, below the folder, with slashes.</summary>
    public string[] Found() => [.. FolderScan.Of([Path]).Photos.Select(photo => System.IO.Path.GetRelativePath(Path, photo.Path))];

    public Declaration Declared(string name, string? winning = null) =>
        FolderScan.Of([Path], winning is null ? null : this[winning]).Photos.Single(photo => photo.Path == this[name]).Declaration;

    /// <summary>The errors of a scan as a person reads them, without the folder's own name.</summary>
    public string[] Errors()
    {
        var thrown = Assert.Throws<InputErrorsException>(() => FolderScan.Of([Path]));
        return [.. thrown.Errors.Select(error => error.In("en").Replace(Path + "/", "", StringComparison.Ordinal))];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
