namespace PublicationGate.App.Tests.Support;

/// <summary>Where things stand in the repository that these tests were built from.</summary>
internal static class Repository
{
    // tests/PublicationGate.App.Tests/bin/Debug/net10.0: the program was built in the same configuration.
    private static readonly DirectoryInfo Built = new(AppContext.BaseDirectory.TrimEnd('/'));

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Built.FullName, "../../../../.."));

    public static string ProgramFolder { get; } = Path.Combine(Root, "src/PublicationGate.App/bin", Built.Parent!.Name, Built.Name);

    public static string Register { get; } = Path.Combine(Root, "samples/register");

    public static string Corpus { get; } = Path.GetFullPath(Path.Combine(Root, "../shared/corpora/bad"));

    /// <summary>Copies the built program, for a test that spoils it; gives the copy to start.</summary>
    public static string CopyProgram(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(ProgramFolder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(ProgramFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return Path.Combine(folder, "publication-gate");
    }

    /// <summary>One photograph of the sample album.</summary>
    public static string Sample(string name) => Path.Combine(Root, "samples/album", name);
}

/// <summary>Sample photographs by what they show.</summary>
internal static class Photos
{
    public const string OneFace = "2026-09-04 kunstmuur/brooke.jpg";
    public const string TwoFaces = "2026-10-02 groep 7 de wereld rond/toa-heftiba.jpg";
    public const string Doubtful = "2026-10-02 groep 7 de wereld rond/anastasia.jpg";
    public const string FourFaces = "2026-10-02 groep 7 de wereld rond/meeting.jpg";
    public const string Nobody = "2026-11-20 groep 6 atelier/golven.jpg";
}
