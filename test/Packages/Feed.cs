using System.Reflection;

namespace MLExtensions.Packages.Tests;

/// <summary>A folder with the packages of this build, made once.</summary>
[TestClass]
public static class Feed
{
    private static readonly AssemblyMetadataAttribute[] s_metadata = [.. typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()];

    /// <summary>The folder; beside the packages it is where consumers are built.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("mlextensions-packages-").FullName;

    public static string Version { get; } = ValueOf("Version");

    public static string TorchSharpVersion { get; } = ValueOf("TorchSharpVersion");

    /// <summary>The configuration of this build; packages are made from <c>Release</c>.</summary>
    public static string Configuration { get; } = ValueOf("Configuration");

    /// <summary>The names of the packages.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ValueOf("Packed").Split(';').Select(project => $"MLExtensions.{project}")];

    [AssemblyInitialize]
    public static void Pack(TestContext _)
    {
        foreach (string name in Names)
            Dotnet.Run(Folder, "pack", Path.Combine(ValueOf("SourceFolder"), name["MLExtensions.".Length..]), "--no-build", "-c", Configuration, "-o", Folder);
    }

    [AssemblyCleanup]
    public static void Delete() => Directory.Delete(Folder, recursive: true);

    public static string PathOf(string name, string extension) => Path.Combine(Folder, $"{name}.{Version}.{extension}");

    private static string ValueOf(string key) => s_metadata.Single(entry => entry.Key == key).Value!;
}
