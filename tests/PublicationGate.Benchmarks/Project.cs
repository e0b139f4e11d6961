using System.Reflection;

namespace PublicationGate.Benchmarks;

/// <summary>Where the build put things.</summary>
internal static class Project
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The gate's executable, built in the same configuration.</summary>
    public static string Program { get; } = Metadata("Program");

    private static string Metadata(string key) =>
        typeof(Project).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
