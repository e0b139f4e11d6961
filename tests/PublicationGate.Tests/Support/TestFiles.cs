namespace PublicationGate.Tests.Support;

/// <summary>Files that tests read: of the repository, of the npm package with sample photographs, and of the shared folder beside it.</summary>
internal static class TestFiles
{
    /// <summary>The repository's folder: the nearest one upwards that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A photograph of the sample package.</summary>
    public static byte[] Photo(string name) => File.ReadAllBytes(InRepository(Path.Combine("node_modules/soft-ui-design-system/assets/img", name)));

    /// <summary>A path in the repository; the test is left out, by name, when nothing is there.</summary>
    public static string InRepository(string path) => Present(Path.Combine(Root, path));

    /// <summary>A path in the folder that is shared beside the repository; the test is left out, by name, when nothing is there.</summary>
    public static string Shared(string path) => Present(SharedPath(path));

    /// <summary>The same path, whether or not anything is there.</summary>
    public static string SharedPath(string path) => Path.GetFullPath(Path.Combine(Root, "../shared", path));

    private static string Present(string path)
    {
        if (!Path.Exists(path))
        {
            Assert.Ignore($"left out: {path} is missing");
        }

        return path;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PublicationGate.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("PublicationGate.sln stands in no folder above the tests");
        }

        return folder.FullName;
    }
}
